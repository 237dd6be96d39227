package describe

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/kubectl/pkg/describe"
	"sigs.k8s.io/randfill"

	"github.com/kubectl-podkit/podkit/pkg/internal/mutation"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// full is a Pod of which every field is set, all alternatives beside each other.
func full(t *testing.T) map[string]any {
	t.Helper()
	pod := &corev1.Pod{}
	filler := randfill.NewWithSeed(1).NilChance(0).NumElements(1, 1).MaxDepth(40).Funcs(
		func(at *metav1.Time, _ randfill.Continue) { *at = metav1.NewTime(now) },
		func(at *metav1.MicroTime, _ randfill.Continue) { *at = metav1.NewMicroTime(now) },
		func(q *resource.Quantity, _ randfill.Continue) { *q = resource.MustParse("1") },
		func(v *intstr.IntOrString, _ randfill.Continue) { *v = intstr.FromInt32(8080) },
		func(f *metav1.FieldsV1, _ randfill.Continue) { f.SetRawString("{}") },
		func(s *corev1.SeccompProfileType, _ randfill.Continue) { *s = corev1.SeccompProfileTypeLocalhost },
		func(s *string, _ randfill.Continue) { *s = "x" },
		func(n *int32, _ randfill.Continue) { *n = 1 },
		func(n *int64, _ randfill.Continue) { *n = 1 },
		func(b *bool, _ randfill.Continue) { *b = true },
	)
	filler.Fill(pod)
	pod.Status.Phase = corev1.PodRunning
	tree, err := runtime.DefaultUnstructuredConverter.ToUnstructured(pod)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// mutants calls a function with Pods of which one field is not set: without the objects that stand beside it, so
// that every alternative comes to its turn.
func mutants(t *testing.T, visit func(name string, pod *corev1.Pod)) {
	t.Helper()
	whole := full(t)
	for _, place := range mutation.Places(whole) {
		tree := runtime.DeepCopyJSON(whole)
		mutation.Alone(tree, place)
		mutation.Drop(tree, place)
		pod := &corev1.Pod{}
		if runtime.DefaultUnstructuredConverter.FromUnstructured(tree, pod) == nil {
			visit(fmt.Sprint(place), pod)
		}
	}
}

// TestDescribeUndefaulted: whatever of a Pod is not set, kubectl describes it, though its describer takes much for granted.
func TestDescribeUndefaulted(t *testing.T) {
	raw, all := 0, 0
	mutants(t, func(name string, pod *corev1.Pod) {
		all++
		err := attempt(func() error {
			_, err := describe.DefaultObjectDescriber.DescribeObject(pod, (*corev1.EventList)(nil))
			return err
		})
		if err != nil {
			raw++
		}
		before := pod.DeepCopy()
		if err := attempt(func() error { _, err := kubectl(pod); return err }); err != nil {
			t.Errorf("without %s: %v", name, err)
		}
		if !equality.Semantic.DeepEqual(before, pod) {
			t.Errorf("without %s: the Pod itself was changed", name)
		}
	})
	if raw < 15 || all < 1000 {
		t.Errorf("%d of %d Pods are too much for kubectl's describer: is anything tested here?", raw, all)
	}
}

// TestOnePodSpoilsNoOther: the Pod whose description fails says so in a sentence and shows the rest, the others are whole, and the
// command fails at the end.
func TestOnePodSpoilsNoOther(t *testing.T) {
	text, _, err := run(t, &double{pods: crashing(3)}, message.English, func(o *Options) {
		o.kubectl = func(pod *corev1.Pod) (string, error) {
			if pod.Name == "web-1" {
				panic("a field is not there\x1b[31m")
			}
			return kubectl(pod)
		}
	})
	var told *message.Error
	if !errors.As(err, &told) || told.ID != "error.described-in-part" || told.Args["Pods"] != "web-1" {
		t.Errorf("the command ends with %v", err)
	}
	if got := strings.Count(text, "As kubectl describes it"); got != 2 {
		t.Errorf("%d of 3 Pods are described:\n%s", got, text)
	}
	if got := strings.Count(text, "What happened"); got != 3 {
		t.Errorf("%d of 3 Pods have a timeline:\n%s", got, text)
	}
	if !strings.Contains(text, "description of Pod web-1 failed") || strings.Contains(text, "\x1b") {
		t.Errorf("the Pod does not say that its description failed:\n%s", text)
	}
}
