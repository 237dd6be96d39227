package cluster_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// discoverable lets the server tell its types: those of core/v1 that the tests need, Deployments, and a custom kind.
func (s *server) discoverable() *server {
	s.always = map[string]reply{
		"/api":    text(`{"kind":"APIVersions","versions":["v1"]}`),
		"/api/v1": text(`{"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","shortNames":["po"],"verbs":["list"]},{"name":"secrets","singularName":"secret","namespaced":true,"kind":"Secret","verbs":["get","list"]},{"name":"nodes","singularName":"node","namespaced":false,"kind":"Node","shortNames":["no"],"verbs":["list"]}]}`),
		"/apis": text(`{"kind":"APIGroupList","groups":[
			{"name":"apps","versions":[{"groupVersion":"apps/v1","version":"v1"}],"preferredVersion":{"groupVersion":"apps/v1","version":"v1"}},
			{"name":"x.io","versions":[{"groupVersion":"x.io/v2","version":"v2"}],"preferredVersion":{"groupVersion":"x.io/v2","version":"v2"}}]}`),
		"/apis/apps/v1": text(`{"kind":"APIResourceList","groupVersion":"apps/v1","resources":[{"name":"deployments","singularName":"deployment","namespaced":true,"kind":"Deployment","shortNames":["deploy"],"verbs":["list"]},{"name":"replicasets","singularName":"replicaset","namespaced":true,"kind":"ReplicaSet","shortNames":["rs"],"verbs":["list"]}]}`),
		"/apis/x.io/v2": text(`{"kind":"APIResourceList","groupVersion":"x.io/v2","resources":[{"name":"gizmos","singularName":"gizmo","namespaced":false,"kind":"Gizmo","verbs":["list"]}]}`),
	}
	return s
}

func TestObjectsAreFoundUnderEverySpellingOfTheirType(t *testing.T) {
	const web = "/apis/apps/v1/namespaces/shop/deployments/web"
	type found struct{ path, version, kind string }
	deployment := found{web, "apps/v1", "Deployment"}
	tests := map[string]found{
		"deploy": deployment, "deployment": deployment, "Deployments": deployment, "deployments.apps": deployment, "deployments.v1.apps": deployment,
		"node": {"/api/v1/nodes/web", "v1", "Node"}, "gizmos.x.io": {"/apis/x.io/v2/gizmos/web", "x.io/v2", "Gizmo"}, "po": {shopPods + "/web", "v1", "Pod"},
	}
	for resource, at := range tests {
		t.Run(resource, func(t *testing.T) {
			s := serve(t).discoverable()
			s.expect(at.path, text(`{"apiVersion":"`+at.version+`","kind":"`+at.kind+`","metadata":{"name":"web"},"spec":{"unknown":{"field":1}}}`))
			answer := s.connect().Objects(t.Context(), resource, casefile.Query{Namespace: "shop", Names: []string{"web"}})
			want := map[string]any{
				"apiVersion": at.version, "kind": at.kind, "metadata": map[string]any{"name": "web"},
				"spec": map[string]any{"unknown": map[string]any{"field": int64(1)}},
			}
			if answer.Err != nil || len(answer.Value) != 1 {
				t.Fatalf("got %+v", answer)
			}
			if diff := cmp.Diff(want, answer.Value[0].Object); diff != "" {
				t.Errorf("the object (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTypeThatDoesNotExist(t *testing.T) {
	s := serve(t).discoverable()
	reader := s.connect()
	answer := reader.Objects(t.Context(), "gadget", casefile.Query{Namespace: "shop"})
	checkFailure(t, asString(answer), casefile.Failed, "error.no-such-type", `the server has no resource type "gadget"`)
	for word, want := range map[string]bool{"deploy": true, "rs": true, "pods": true, "gadget": false, "web-0": false} {
		if got := reader.IsType(word); got != want {
			t.Errorf("IsType(%q) = %v, want %v", word, got, want)
		}
	}
}

// TestSecretsAreNeverRead names a Secret in every way; the server fails the test on a request for it.
func TestSecretsAreNeverRead(t *testing.T) {
	for _, resource := range []string{"secret", "secrets", "Secrets", "secrets.v1."} {
		s := serve(t).discoverable()
		answer := s.connect().Objects(t.Context(), resource, casefile.Query{Namespace: "shop", Names: []string{"db"}})
		checkFailure(t, asString(answer), casefile.Failed, "error.secret", "podkit does not read Secrets")
		if got := s.requests(); len(got) != 0 {
			t.Errorf("%s was asked for: %q", resource, got)
		}
	}
}

func TestOneNameNeedsOneNamespace(t *testing.T) {
	s := serve(t).discoverable()
	reader := s.connect()
	answer := reader.Objects(t.Context(), "deploy", casefile.Query{Names: []string{"web"}})
	checkFailure(t, asString(answer), casefile.Failed, "error.name-in-all-namespaces", `"deploy/web" cannot be looked up by name in all namespaces`)
	if got := s.requests(); len(got) != 0 {
		t.Errorf("asked in vain: %q", got)
	}
}

func TestRawPodsKeepEveryField(t *testing.T) {
	s := serve(t)
	s.expect(shopPods,
		text(`{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"42","continue":"t1"},"items":[{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"spec":{"newer":true}}]}`),
		text(`{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"42"},"items":[{"kind":"Pod","apiVersion":"v1","metadata":{"name":"b"}}]}`))
	answer := s.connect().RawPods(t.Context(), casefile.Query{Namespace: "shop", Labels: "app=web"})
	if answer.Err != nil || len(answer.Value) != 2 {
		t.Fatalf("got %+v", answer)
	}
	want := map[string]any{
		"apiVersion": "v1", "kind": "Pod", "metadata": map[string]any{"name": "a"}, "spec": map[string]any{"newer": true},
	}
	if diff := cmp.Diff(want, answer.Value[0].Object); diff != "" {
		t.Errorf("the first pod (-want +got):\n%s", diff)
	}
	if got, want := s.requests()[1], "GET "+shopPods+"?continue=t1&labelSelector=app%3Dweb&limit=500"; got != want {
		t.Errorf("second page asked with %q, want %q", got, want)
	}
}

func TestOwnersAreMetadataOnly(t *testing.T) {
	const list = `{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":{},"items":[{"metadata":{"name":"web","uid":"u1"}}]}`
	const one = `{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"web","uid":"u1"}}`
	tests := map[string]struct {
		owner metav1.TypeMeta
		query casefile.Query
		path  string
		reply string
	}{
		"a list":         {metav1.TypeMeta{APIVersion: "apps/v1", Kind: "ReplicaSet"}, casefile.Query{Namespace: "shop"}, "/apis/apps/v1/namespaces/shop/replicasets", list},
		"everywhere":     {metav1.TypeMeta{APIVersion: "apps/v1", Kind: "ReplicaSet"}, casefile.Query{}, "/apis/apps/v1/replicasets", list},
		"one":            {metav1.TypeMeta{APIVersion: "apps/v1", Kind: "ReplicaSet"}, casefile.Query{Namespace: "shop", Names: []string{"web"}}, "/apis/apps/v1/namespaces/shop/replicasets/web", one},
		"a cluster-wide": {metav1.TypeMeta{APIVersion: "x.io/v2", Kind: "Gizmo"}, casefile.Query{Namespace: "shop", Names: []string{"web"}}, "/apis/x.io/v2/gizmos/web", one},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := serve(t).discoverable()
			s.expect(test.path, text(test.reply))
			answer := s.connect().Metadata(t.Context(), test.owner, test.query)
			if answer.Err != nil || len(answer.Value) != 1 || answer.Value[0].UID != "u1" {
				t.Errorf("got %+v", answer)
			}
			for _, header := range s.headers {
				if accepts := header.Get("Accept"); !metadataOnly(accepts) {
					t.Errorf("whole objects were asked for: %q", accepts)
				}
			}
		})
	}
}

func metadataOnly(accepts string) bool {
	return strings.HasPrefix(accepts, "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata")
}

func TestOwnerOfAKindThatIsGone(t *testing.T) {
	s := serve(t).discoverable()
	reader := s.connect()
	for _, owner := range []metav1.TypeMeta{{APIVersion: "gone.io/v1", Kind: "Gone"}, {APIVersion: "a/b/c", Kind: "Odd"}} {
		answer := reader.Metadata(t.Context(), owner, casefile.Query{Namespace: "shop"})
		var told *message.Error
		if answer.State != casefile.Failed || !errors.As(answer.Err, &told) {
			t.Errorf("%v: got %v %v, want Failed and a sentence", owner, answer.State, answer.Err)
		}
	}
}
