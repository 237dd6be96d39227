package cluster_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// TestKindsAroundPodsCostNoDiscovery: the server tells nothing of its types, and fails the test when it is asked for them.
func TestKindsAroundPodsCostNoDiscovery(t *testing.T) {
	tests := map[metav1.TypeMeta]string{
		{APIVersion: "apps/v1", Kind: "ReplicaSet"}:       "/apis/apps/v1/namespaces/shop/replicasets/x",
		{APIVersion: "apps/v1", Kind: "Deployment"}:       "/apis/apps/v1/namespaces/shop/deployments/x",
		{APIVersion: "apps/v1", Kind: "StatefulSet"}:      "/apis/apps/v1/namespaces/shop/statefulsets/x",
		{APIVersion: "apps/v1", Kind: "DaemonSet"}:        "/apis/apps/v1/namespaces/shop/daemonsets/x",
		{APIVersion: "batch/v1", Kind: "Job"}:             "/apis/batch/v1/namespaces/shop/jobs/x",
		{APIVersion: "batch/v1", Kind: "CronJob"}:         "/apis/batch/v1/namespaces/shop/cronjobs/x",
		{APIVersion: "v1", Kind: "ReplicationController"}: "/api/v1/namespaces/shop/replicationcontrollers/x",
		{APIVersion: "v1", Kind: "ConfigMap"}:             "/api/v1/namespaces/shop/configmaps/x",
		{APIVersion: "v1", Kind: "Secret"}:                "/api/v1/namespaces/shop/secrets/x",
		{APIVersion: "v1", Kind: "ServiceAccount"}:        "/api/v1/namespaces/shop/serviceaccounts/x",
		{APIVersion: "v1", Kind: "Pod"}:                   "/api/v1/namespaces/shop/pods/x",
		{APIVersion: "v1", Kind: "Service"}:               "/api/v1/namespaces/shop/services/x",
		{APIVersion: "v1", Kind: "Node"}:                  "/api/v1/nodes/x",
		{APIVersion: "v1", Kind: "Namespace"}:             "/api/v1/namespaces/x",
	}
	for kind, path := range tests {
		t.Run(kind.Kind, func(t *testing.T) {
			s := serve(t)
			s.expect(path, text(`{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"x","uid":"u1"}}`))
			answer := s.connect().Metadata(t.Context(), kind, casefile.Query{Namespace: "shop", Names: []string{"x"}})
			if answer.Err != nil || len(answer.Value) != 1 || answer.Value[0].UID != "u1" {
				t.Errorf("got %+v", answer)
			}
		})
	}
}

func TestWhole(t *testing.T) {
	const web = `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"web"},"data":{"url":"x"}}`
	s := serve(t)
	s.expect("/api/v1/namespaces/shop/configmaps/web", text(web))
	s.expect("/api/v1/namespaces/shop/configmaps", text(`{"apiVersion":"v1","kind":"ConfigMapList","metadata":{},"items":[`+web+`]}`))
	s.expect("/api/v1/nodes", text(`{"apiVersion":"v1","kind":"NodeList","metadata":{},"items":[{"metadata":{"name":"n1"}}]}`))
	reader := s.connect()
	configMap, node := metav1.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"}, metav1.TypeMeta{APIVersion: "v1", Kind: "Node"}
	one := reader.Whole(t.Context(), configMap, casefile.Query{Namespace: "shop", Names: []string{"web"}})
	all := reader.Whole(t.Context(), configMap, casefile.Query{Namespace: "shop"})
	for _, answer := range [][]map[string]any{{one.Value[0].Object}, {all.Value[0].Object}} {
		if diff := cmp.Diff(map[string]any{"url": "x"}, answer[0]["data"]); diff != "" {
			t.Errorf("data (-want +got):\n%s", diff)
		}
	}
	// A namespace means nothing for nodes.
	if nodes := reader.Whole(t.Context(), node, casefile.Query{Namespace: "shop"}); nodes.Err != nil || nodes.Value[0].GetName() != "n1" {
		t.Errorf("nodes: %+v", nodes)
	}
}

func TestWholeOfOtherKinds(t *testing.T) {
	s := serve(t).discoverable()
	s.expect("/apis/x.io/v2/gizmos", text(`{"apiVersion":"x.io/v2","kind":"GizmoList","metadata":{},"items":[{"metadata":{"name":"g"}}]}`))
	reader := s.connect()
	if answer := reader.Whole(t.Context(), metav1.TypeMeta{APIVersion: "x.io/v2", Kind: "Gizmo"}, casefile.Query{Namespace: "shop"}); answer.Err != nil || len(answer.Value) != 1 {
		t.Errorf("got %+v", answer)
	}
	for _, kind := range []metav1.TypeMeta{{APIVersion: "gone.io/v1", Kind: "Gone"}, {APIVersion: "a/b/c", Kind: "Odd"}} {
		if answer := reader.Whole(t.Context(), kind, casefile.Query{}); answer.State != casefile.Failed || answer.Err == nil {
			t.Errorf("%v: got %v %v, want Failed and an error", kind, answer.State, answer.Err)
		}
	}
}

// TestWholeSecretsAreRefused: by their kind, no request is made for them; their metadata is asked for as metadata alone.
func TestWholeSecretsAreRefused(t *testing.T) {
	s := serve(t)
	s.expect("/api/v1/namespaces/shop/secrets", text(`{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":{},"items":[{"metadata":{"name":"db"}}]}`))
	reader := s.connect()
	secret := metav1.TypeMeta{APIVersion: "v1", Kind: "Secret"}
	for _, query := range []casefile.Query{{Namespace: "shop"}, {Namespace: "shop", Names: []string{"db"}}, {}} {
		checkFailure(t, asString(reader.Whole(t.Context(), secret, query)), casefile.Failed, "error.secret", "podkit does not read Secrets")
	}
	if asked := s.requests(); len(asked) != 0 {
		t.Fatalf("asked for %q", asked)
	}
	if answer := reader.Metadata(t.Context(), secret, casefile.Query{Namespace: "shop"}); len(answer.Value) != 1 || answer.Value[0].Name != "db" {
		t.Errorf("got %+v", answer)
	}
	if accepts := s.headers[0].Get("Accept"); !metadataOnly(accepts) {
		t.Errorf("whole Secrets were asked for: %q", accepts)
	}
}
