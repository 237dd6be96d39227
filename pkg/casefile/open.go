package casefile

import (
	"context"
	"slices"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// nodeEvents is the namespace in which the events of nodes are kept: that of objects without a namespace
// (client-go tools/record/event.go, makeEvent).
const nodeEvents = metav1.NamespaceDefault

// Open gathers what there is to know about pods: their events, their nodes and those's events, and their owners. The
// number of requests depends on the number of namespaces (one, or all at once) and kinds of owners, not on that of pods.
func Open(ctx context.Context, reader Reader, pods []corev1.Pod, now time.Time) *File {
	file := &File{TakenAt: now, Pods: pods, owners: map[types.UID]Answer[*metav1.PartialObjectMetadata]{}}
	var together sync.WaitGroup
	together.Go(func() { file.readEvents(ctx, reader) })
	together.Go(func() { file.readNodes(ctx, reader) })
	together.Go(func() { file.readOwners(ctx, reader) })
	together.Wait()
	return file
}

// scope is the namespace of the pods, or all of them when there are several.
func (f *File) scope() string {
	if len(f.Pods) == 0 {
		return metav1.NamespaceAll
	}
	first := f.Pods[0].Namespace
	if slices.ContainsFunc(f.Pods, func(pod corev1.Pod) bool { return pod.Namespace != first }) {
		return metav1.NamespaceAll
	}
	return first
}

func (f *File) readEvents(ctx context.Context, reader Reader) {
	queries := []Query{{Namespace: f.scope()}}
	if f.scope() != nodeEvents && f.scope() != metav1.NamespaceAll {
		queries = append(queries, Query{Namespace: nodeEvents, Fields: "involvedObject.kind=Node"})
	}
	var all []corev1.Event
	for _, query := range queries {
		events, err := reader.Events(ctx, query).Get()
		if err != nil {
			f.unread = append(f.unread, err)
			continue
		}
		all = append(all, events...)
	}
	f.events = indexEvents(all)
}

func (f *File) readNodes(ctx context.Context, reader Reader) {
	var names []string
	for i := range f.Pods {
		if name := f.Pods[i].Spec.NodeName; name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	f.nodes.State = Known
	if len(names) == 0 {
		return
	}
	query := Query{Names: names}
	if len(names) > 1 {
		query.Names = nil // Of several nodes one may be gone; the others must be known all the same.
	}
	answer := reader.Nodes(ctx, query)
	f.nodes = Answer[map[string]*corev1.Node]{State: answer.State, Err: answer.Err, Value: map[string]*corev1.Node{}}
	for i := range answer.Value {
		f.nodes.Value[answer.Value[i].Name] = &answer.Value[i]
	}
}

// readOwners climbs all chains at once: one read for each kind of owner at each height.
func (f *File) readOwners(ctx context.Context, reader Reader) {
	var references []metav1.OwnerReference
	for i := range f.Pods {
		references = append(references, controllers(&f.Pods[i])...)
	}
	for height := 0; len(references) > 0 && height < maxClimb; height++ {
		var above []metav1.OwnerReference
		for _, kind := range byKind(references) {
			above = append(above, f.readKind(ctx, reader, kind)...)
		}
		references = above
	}
}

// readKind reads the owners of one kind and returns the references to theirs.
func (f *File) readKind(ctx context.Context, reader Reader, references []metav1.OwnerReference) []metav1.OwnerReference {
	query := Query{Namespace: f.scope()}
	if len(references) == 1 && query.Namespace != metav1.NamespaceAll {
		query.Names = []string{references[0].Name}
	}
	answer := reader.Owners(ctx, references[0], query)
	for _, reference := range references {
		state := answer.State
		if state == Known {
			state = Absent // Until it is found below.
		}
		f.owners[reference.UID] = Unanswered[*metav1.PartialObjectMetadata](state, answer.Err)
	}
	var above []metav1.OwnerReference
	for i := range answer.Value {
		owner := &answer.Value[i]
		if _, asked := f.owners[owner.UID]; !asked {
			continue
		}
		f.owners[owner.UID] = Answered(owner)
		above = append(above, controllers(owner)...)
	}
	// What was read at a lower height is known: references may form a circle.
	return slices.DeleteFunc(above, func(reference metav1.OwnerReference) bool {
		_, asked := f.owners[reference.UID]
		return asked
	})
}

// controllers returns the reference to an object's controller, if it has one.
func controllers(object metav1.Object) []metav1.OwnerReference {
	if reference := metav1.GetControllerOf(object); reference != nil {
		return []metav1.OwnerReference{*reference}
	}
	return nil
}

// byKind groups references by API version and kind, each object once, in a stable order.
func byKind(references []metav1.OwnerReference) [][]metav1.OwnerReference {
	var groups [][]metav1.OwnerReference
	seen := map[types.UID]bool{}
	for _, reference := range references {
		if seen[reference.UID] {
			continue
		}
		seen[reference.UID] = true
		at := slices.IndexFunc(groups, func(group []metav1.OwnerReference) bool {
			return group[0].Kind == reference.Kind && group[0].APIVersion == reference.APIVersion
		})
		if at < 0 {
			groups = append(groups, []metav1.OwnerReference{reference})
			continue
		}
		groups[at] = append(groups[at], reference)
	}
	return groups
}
