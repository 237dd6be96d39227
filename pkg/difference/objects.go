package difference

import (
	"cmp"
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// name identifies an object, whatever its UID.
type name struct {
	kind            metav1.TypeMeta
	namespace, name string
}

func compareNames(a, b name) int {
	return cmp.Or(
		cmp.Compare(a.namespace, b.namespace), cmp.Compare(a.kind.Kind, b.kind.Kind), cmp.Compare(a.kind.APIVersion, b.kind.APIVersion), cmp.Compare(a.name, b.name),
	)
}

// passing are kinds that come and go by themselves, so that their changes tell nothing.
var passing = []string{"Event", "Lease"}

func byName(objects []unstructured.Unstructured) map[name]*unstructured.Unstructured {
	all := map[name]*unstructured.Unstructured{}
	for i := range objects {
		object := &objects[i]
		if !slices.Contains(passing, object.GetKind()) {
			all[name{metav1.TypeMeta{APIVersion: object.GetAPIVersion(), Kind: object.GetKind()}, object.GetNamespace(), object.GetName()}] = object
		}
	}
	return all
}

func (d *Difference) compareObjects(before, after Snapshot) {
	was, is := byName(before.Objects), byName(after.Objects)
	open := map[Uncovered]int{}
	for _, key := range union(was, is, compareNames) {
		old, now := was[key], is[key]
		object := Object{APIVersion: key.kind.APIVersion, Kind: key.kind.Kind, Namespace: key.namespace, Name: key.name}
		switch {
		case old == nil && !before.Covers(key.kind, key.namespace):
			open[Uncovered{Kind: key.kind.Kind, Namespace: key.namespace, In: "before"}]++
			continue
		case now == nil && !after.Covers(key.kind, key.namespace):
			open[Uncovered{Kind: key.kind.Kind, Namespace: key.namespace, In: "after"}]++
			continue
		case old == nil:
			object.Change = Came
		case now == nil:
			object.Change = Went
		default:
			object.Fields = fields(old.Object, now.Object)
			object.Change = Changed
			if old.GetUID() != now.GetUID() {
				object.Change = Replaced
			} else if len(object.Fields) == 0 {
				continue
			}
		}
		d.Objects = append(d.Objects, object)
	}
	d.uncovered(open)
}

func (d *Difference) uncovered(open map[Uncovered]int) {
	for what, count := range open {
		what.Count = count
		d.NotCompared = append(d.NotCompared, what)
	}
	slices.SortFunc(d.NotCompared, func(a, b Uncovered) int {
		return cmp.Or(cmp.Compare(a.In, b.In), cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Kind, b.Kind))
	})
}
