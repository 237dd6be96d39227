package selection

import (
	"context"
	"errors"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// cluster is a double with one answer to all questions for pods.
type cluster struct {
	pods casefile.Answer[[]corev1.Pod]
}

func (c cluster) Pods(context.Context, casefile.Query) casefile.Answer[[]corev1.Pod] { return c.pods }

func (c cluster) Objects(_ context.Context, _ string, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	object := map[string]any{
		"kind": "Service", "apiVersion": "v1", "metadata": map[string]any{"name": query.Names[0], "namespace": query.Namespace},
		"spec": map[string]any{"selector": map[string]any{"app": "web"}},
	}
	return casefile.Answered([]unstructured.Unstructured{{Object: object}})
}

func (c cluster) IsType(string) bool { return false }

func TestPods(t *testing.T) {
	none, some := casefile.Answered([]corev1.Pod(nil)), casefile.Answered(make([]corev1.Pod, 1))
	failed := casefile.Unanswered[[]corev1.Pod](casefile.Failed, errors.New("boom"))
	owner := []target.Name{{Resource: "svc", Name: "web"}, {Resource: "deploy", Name: "web"}}
	tests := map[string]struct {
		answer casefile.Answer[[]corev1.Pod]
		spec   target.Spec
		want   string
	}{
		"some":              {some, target.Spec{Namespace: "shop"}, ""},
		"an error":          {failed, target.Spec{Namespace: "shop"}, "boom"},
		"none":              {none, target.Spec{Namespace: "shop"}, `no pod matches in namespace "shop"; to see what is there: kubectl podkit get -n shop`},
		"none anywhere":     {none, target.Spec{}, "no pod matches in any namespace; to see what is there: kubectl podkit get -A"},
		"owners of nothing": {none, target.Spec{Namespace: "shop", Names: owner}, `svc/web, deploy/web has no pods in namespace "shop"; to see why: kubectl describe svc/web -n shop`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			pods, err := Pods(t.Context(), cluster{test.answer}, test.spec)
			if err == nil && (test.want != "" || len(pods) != 1) || err != nil && err.Error() != test.want {
				t.Errorf("got %d pods, %v; want %s", len(pods), err, test.want)
			}
		})
	}
}
