package scenario

import (
	"math/rand/v2"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/kubectl-podkit/podkit/pkg/internal/mutation"
)

// mostChanges is how many parts of a scenario's objects a mutant differs in at most.
const mostChanges = 6

// strange are values that no part of an object expects, or that it expects and cannot stand.
func strange() []any {
	return []any{
		nil, "", "x", "-1", "2026-03-14T15:00:00Z", "9999-12-31T23:59:59Z", "a\x1b[31m\u202eb\n", "${HOME} {{.X}} %s <nil>", strings.Repeat("long ", 400),
		int64(0), int64(-1), int64(1) << 40, true, false,
		map[string]any{},
		[]any{},
		map[string]any{"x": "y"},
		[]any{nil},
		[]any{"x"},
	}
}

// Mutant is the scenario with some parts of its objects left out or exchanged, always the same for a seed: objects as they come
// in from a recording that nobody checked. What cannot be decoded any more stays as it was.
func (s *Scenario) Mutant(seed uint64) *Scenario {
	random := rand.New(rand.NewPCG(seed, 0))
	mutant := *s
	changed := *s.library
	changed.pods, changed.objects = nil, nil
	for i := range s.library.pods {
		changed.pods = append(changed.pods, mutantPod(random, &s.library.pods[i]))
	}
	for i := range s.library.objects {
		object := *s.library.objects[i].DeepCopy()
		mutate(random, object.Object, random.IntN(3))
		if named(&object) {
			changed.objects = append(changed.objects, object)
		}
	}
	mutant.library = &changed
	return &mutant
}

// named reports whether an object still has what any decoder asks for.
func named(object *unstructured.Unstructured) bool {
	metadata, isObject := object.Object["metadata"].(map[string]any)
	if !isObject {
		return false
	}
	name, isText := metadata["name"].(string)
	return isText && name != "" && object.GetKind() != ""
}

func mutantPod(random *rand.Rand, pod *corev1.Pod) corev1.Pod {
	tree, err := runtime.DefaultUnstructuredConverter.ToUnstructured(pod)
	if err != nil {
		return *pod
	}
	changed := *pod
	for range 1 + random.IntN(mostChanges) {
		trial, next := runtime.DeepCopyJSON(tree), corev1.Pod{}
		mutate(random, trial, 1)
		if runtime.DefaultUnstructuredConverter.FromUnstructured(trial, &next) == nil {
			tree, changed = trial, next
		}
	}
	return changed
}

func mutate(random *rand.Rand, tree map[string]any, changes int) {
	for range changes {
		places := mutation.Places(tree)
		if len(places) == 0 {
			return
		}
		values := strange()
		place := places[random.IntN(len(places))]
		switch random.IntN(4) {
		case 0:
			mutation.Set(tree, place, values[random.IntN(len(values))])
		case 1: // Another part of the object stands here.
			mutation.Set(tree, place, runtime.DeepCopyJSONValue(mutation.Get(tree, places[random.IntN(len(places))])))
		default:
			mutation.Drop(tree, place)
		}
	}
}
