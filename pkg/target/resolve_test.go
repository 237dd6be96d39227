package target_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

func TestResolvePods(t *testing.T) {
	tests := map[string]struct {
		spec target.Spec
		want []casefile.Query
	}{
		"all of a namespace": {target.Spec{Namespace: "shop"}, []casefile.Query{{Namespace: "shop"}}},
		"everywhere":         {target.Spec{}, []casefile.Query{{}}},
		"selectors": {
			target.Spec{Namespace: "shop", Labels: "app=web", Fields: "spec.nodeName=n1"},
			[]casefile.Query{{Namespace: "shop", Labels: "app=web", Fields: "spec.nodeName=n1"}},
		},
		"names fold into one query": {
			target.Spec{Namespace: "shop", Names: []target.Name{{Name: "a"}, {Name: "b"}, {Name: "a"}}},
			[]casefile.Query{{Namespace: "shop", Names: []string{"a", "b"}}},
		},
		"names of -f bring their namespace": {
			target.Spec{Namespace: "shop", Names: []target.Name{{Name: "a", Namespace: "x"}, {Name: "b"}, {Name: "c", Namespace: "x"}}},
			[]casefile.Query{{Namespace: "x", Names: []string{"a", "c"}}, {Namespace: "shop", Names: []string{"b"}}},
		},
		"names of -f with -A": {
			target.Spec{Names: []target.Name{{Name: "a", Namespace: "x"}}},
			[]casefile.Query{{Namespace: "x", Names: []string{"a"}}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := &reader{t: t}
			selections, err := test.spec.Resolve(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			var got []casefile.Query
			for _, selection := range selections {
				if selection.Owner != (target.Name{}) {
					t.Errorf("pods named by themselves have the owner %v", selection.Owner)
				}
				got = append(got, selection.Query)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("queries (-want +got):\n%s", diff)
			}
			if len(r.asked) != 0 {
				t.Errorf("pods cost no reads, but got %q", r.asked)
			}
		})
	}
}

func TestResolvePodsAndOwnersInTheirOrder(t *testing.T) {
	service := object(t, "{apiVersion: v1, kind: Service, metadata: {name: api, namespace: shop}, spec: {selector: {app: api}}}")
	r := &reader{t: t, objects: map[string][]unstructured.Unstructured{"svc shop api": {service}}}
	spec := target.Spec{Namespace: "shop", Names: []target.Name{{Name: "a"}, {Resource: "svc", Name: "api"}, {Name: "b"}}}
	got, err := spec.Resolve(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	want := []target.Selection{
		{Query: casefile.Query{Namespace: "shop", Names: []string{"a", "b"}}},
		{Query: casefile.Query{Namespace: "shop", Labels: "app=api"}, Owner: target.Name{Resource: "svc", Name: "api"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("selections (-want +got):\n%s", diff)
	}
}

func TestResolveRefuses(t *testing.T) {
	tests := map[string]struct {
		spec target.Spec
		id   string
	}{
		"names and labels":   {target.Spec{Namespace: "shop", Names: []target.Name{{Name: "a"}}, Labels: "x"}, "error.names-and-selector"},
		"names and fields":   {target.Spec{Namespace: "shop", Names: []target.Name{{Name: "a"}}, Fields: "x=y"}, "error.names-and-selector"},
		"a pod in all of -A": {target.Spec{Names: []target.Name{{Name: "a"}}}, "error.name-in-all-namespaces"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := test.spec.Resolve(t.Context(), &reader{t: t})
			var told *message.Error
			if !errors.As(err, &told) || told.ID != test.id {
				t.Errorf("got %v, want %s", err, test.id)
			}
		})
	}
}

func pod(namespace, name string) corev1.Pod {
	return corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: name}}
}

func TestPodsAreReadOnce(t *testing.T) {
	service := object(t, "{apiVersion: v1, kind: Service, metadata: {name: api, namespace: shop}, spec: {selector: {app: api}}}")
	r := &reader{
		t:       t,
		objects: map[string][]unstructured.Unstructured{"svc shop api": {service}},
		pods:    []corev1.Pod{pod("shop", "a"), pod("shop", "b"), pod("other", "a")},
	}
	spec := target.Spec{Namespace: "shop", Names: []target.Name{{Name: "a"}, {Resource: "svc", Name: "api"}, {Name: "a", Namespace: "other"}}}
	pods, err := target.Pods(t.Context(), r, spec)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range pods {
		got = append(got, pods[i].Namespace+"/"+pods[i].Name)
	}
	// The pods named themselves come first by query, a namesake of another namespace is another pod.
	if diff := cmp.Diff([]string{"shop/a", "shop/b", "other/a"}, got); diff != "" {
		t.Errorf("pods (-want +got):\n%s", diff)
	}
}

func TestReadExplainsATypeAlone(t *testing.T) {
	r := &reader{t: t, types: []string{"deploy"}}
	for name, id := range map[string]string{"deploy": "error.type-alone", "web-0": "error.not-found"} {
		answer := target.Read(t.Context(), r, target.Selection{Query: casefile.Query{Namespace: "shop", Names: []string{name}}})
		var told *message.Error
		if !errors.As(answer.Err, &told) || told.ID != id || answer.State != casefile.Absent {
			t.Errorf("%s: got %v, %v; want Absent and %s", name, answer.State, answer.Err, id)
		}
	}
}
