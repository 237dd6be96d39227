package target_test

import (
	"context"
	"slices"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// reader answers from fixed objects and remembers what it was asked. A question that the test did not prepare for
// fails it.
type reader struct {
	t *testing.T
	// objects are by "TYPE namespace name"; a list of all of a type is under "TYPE namespace ".
	objects map[string][]unstructured.Unstructured
	// failure is the answer to everything, when set.
	failure error
	pods    []corev1.Pod
	types   []string
	asked   []string
}

var _ target.PodReader = (*reader)(nil)

func (r *reader) Objects(_ context.Context, resource string, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	key := resource + " " + query.Namespace + " "
	if len(query.Names) > 0 {
		key += query.Names[0]
	}
	r.asked = append(r.asked, key)
	if r.failure != nil {
		return casefile.Unanswered[[]unstructured.Unstructured](casefile.Denied, r.failure)
	}
	found, ok := r.objects[key]
	if !ok || query.Labels != "" || query.Fields != "" || len(query.Names) > 1 {
		r.t.Errorf("unexpected question: %s %+v", resource, query)
	}
	return casefile.Answered(found)
}

func (r *reader) Pods(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Pod] {
	var found []corev1.Pod
	for _, pod := range r.pods {
		if query.Namespace != "" && pod.Namespace != query.Namespace {
			continue
		}
		if len(query.Names) == 0 || slices.Contains(query.Names, pod.Name) {
			found = append(found, pod)
		}
	}
	if len(found) < len(query.Names) {
		return casefile.Unanswered[[]corev1.Pod](casefile.Absent, message.Errorf(nil, "error.not-found", nil))
	}
	return casefile.Answered(found)
}

func (r *reader) IsType(word string) bool { return slices.Contains(r.types, word) }

// object reads one object from YAML.
func object(t *testing.T, text string) unstructured.Unstructured {
	t.Helper()
	var content map[string]any
	if err := yaml.Unmarshal([]byte(text), &content); err != nil {
		t.Fatal(err)
	}
	return unstructured.Unstructured{Object: content}
}
