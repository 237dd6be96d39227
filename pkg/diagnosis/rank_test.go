package diagnosis_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// finding is one of a rule that finds it always.
func finding(id, container string, severity diagnosis.Severity, confidence diagnosis.Confidence, explains ...string) diagnosis.Rule {
	cause := diagnosis.Cause{ID: id, Severity: severity, Explains: explains}
	return always(cause, diagnosis.Finding{Container: container, Confidence: confidence})
}

// pair returns a crashing pod of two containers, app and side.
func pair() corev1.Pod {
	pod := crashing("web-0", 1)
	pod.Spec.Containers = append(pod.Spec.Containers, corev1.Container{Name: "side"})
	side := *pod.Status.ContainerStatuses[0].DeepCopy()
	side.Name = "side"
	pod.Status.ContainerStatuses = append(pod.Status.ContainerStatuses, side)
	return pod
}

const (
	info, warning, severe    = diagnosis.Info, diagnosis.Warning, diagnosis.Error
	certain, likely, perhaps = diagnosis.Certain, diagnosis.Likely, diagnosis.Possible
)

func TestRanking(t *testing.T) {
	tests := map[string]struct {
		rules []diagnosis.Rule
		want  []string
	}{
		"the worse one first": {
			[]diagnosis.Rule{finding("small", "", warning, certain), finding("big", "", severe, perhaps)}, []string{"big", "small"},
		},
		"the surer one first": {
			[]diagnosis.Rule{finding("guess", "", severe, likely), finding("sure", "", severe, certain)}, []string{"sure", "guess"},
		},
		"the pod's own before a container's, and those in the order of the containers": {
			[]diagnosis.Rule{finding("of-side", "side", severe, certain), finding("of-app", "app", severe, certain), finding("of-pod", "", severe, certain)},
			[]string{"of-pod", "of-app app", "of-side side"},
		},
		"else the order of the rules": {
			[]diagnosis.Rule{finding("b", "app", severe, certain), finding("a", "app", severe, certain)}, []string{"b app", "a app"},
		},
		"a cause before its symptom, though it be surer": {
			[]diagnosis.Rule{finding("symptom", "app", severe, certain), finding("cause", "app", severe, perhaps, "symptom")}, []string{"cause app", "symptom app"},
		},
		"a small cause of a bad symptom before what is half as bad": {
			[]diagnosis.Rule{
				finding("symptom", "app", severe, certain), finding("middle", "app", warning, certain, "symptom"),
				finding("root", "app", info, perhaps, "middle"), finding("other", "app", warning, certain),
			},
			[]string{"root app", "middle app", "symptom app", "other app"},
		},
		"the deepest end of the worst chain is the root, wherever the rules stand": {
			[]diagnosis.Rule{
				finding("root", "app", severe, certain, "middle"), finding("short", "side", warning, certain, "end"),
				finding("middle", "app", severe, certain, "symptom"), finding("symptom", "app", severe, certain), finding("end", "side", warning, certain),
			},
			[]string{"root app", "middle app", "symptom app", "short side", "end side"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			found := diagnose(t, &library{}, []corev1.Pod{pair()}, append(test.rules, finding("explained", "app", info, certain), finding("explained-too", "side", info, certain))...)
			got := ids(found.Targets[0].Findings)
			if diff := cmp.Diff(append(test.want, "explained app", "explained-too side"), got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRootIsWhatIsWrong(t *testing.T) {
	pod := healthy("web-0")
	pod.Status.ContainerStatuses[0].RestartCount = 1
	for severity, want := range map[diagnosis.Severity]bool{info: false, warning: true, severe: true} {
		target := diagnose(t, &library{}, []corev1.Pod{pod}, finding("x", "app", severity, certain)).Targets[0]
		if root := target.Root(); (root != nil) != want || len(target.Findings) != 1 {
			t.Errorf("%v: root %v of %v", severity, root, ids(target.Findings))
		}
	}
	harmless := diagnose(t, &library{}, []corev1.Pod{pod}, finding("x", "app", warning, certain), finding("why", "app", info, certain, "x")).Targets[0]
	if root := harmless.Root(); root == nil || root.ID != "why" {
		t.Errorf("the root is %v, want what explains the trouble, though it be none by itself", root)
	}
	if root := (&diagnosis.Target{}).Root(); root != nil {
		t.Errorf("nothing has the root %v", root)
	}
}

// TestLinks: causes explain what is wrong in their own container, or with the pod, and of another container nothing.
func TestLinks(t *testing.T) {
	rules := []diagnosis.Rule{
		finding("cause", "app", severe, certain, "symptom", "of-pod"),
		always(diagnosis.Cause{ID: "symptom", Severity: severe},
			diagnosis.Finding{Container: "app", Confidence: certain}, diagnosis.Finding{Container: "side", Confidence: certain}),
		finding("of-pod", "", severe, certain, "side-only"),
		finding("side-only", "side", severe, certain),
		always(diagnosis.Cause{ID: "thing", Severity: severe, Explains: []string{"cause"}},
			diagnosis.Finding{Confidence: certain, Object: diagnosis.Object{Kind: "ConfigMap", Name: "web"}}),
	}
	target := diagnose(t, &library{}, []corev1.Pod{pair()}, rules...).Targets[0]
	got := map[string][]diagnosis.Key{}
	for _, finding := range target.Findings {
		got[finding.ID+" "+finding.Container] = finding.Because
	}
	want := map[string][]diagnosis.Key{
		"thing ":         nil,
		"cause app":      {{ID: "thing", Object: "ConfigMap/web"}},
		"symptom app":    {{ID: "cause", Container: "app"}},
		"symptom side":   nil,
		"of-pod ":        {{ID: "cause", Container: "app"}},
		"side-only side": {{ID: "of-pod"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("because (-want +got):\n%s", diff)
	}
}

func TestWhatRulesLeaveOutIsFilledIn(t *testing.T) {
	rules := []diagnosis.Rule{
		finding("plain", "app", severe, certain),
		always(diagnosis.Cause{ID: "milder", Severity: severe}, diagnosis.Finding{Severity: warning, Confidence: certain, Container: "side", Object: diagnosis.Object{Kind: "Node", Name: "n1"}}),
	}
	findings := diagnose(t, &library{}, []corev1.Pod{pair()}, rules...).Targets[0].Findings
	pod := diagnosis.Object{APIVersion: "v1", Kind: "Pod", Namespace: "shop", Name: "web-0", UID: "uid-web-0"}
	if got := findings[0]; got.ID != "plain" || got.Severity != severe || got.Object != pod {
		t.Errorf("got %+v, want the cause's severity and the pod", got)
	}
	if got := findings[1]; got.ID != "milder" || got.Severity != warning || got.Object.Name != "n1" {
		t.Errorf("got %+v, want what the rule said", got)
	}
}

// TestCirclesEnd: causes that explain each other are a mistake in the rules, and no reason to hang.
func TestCirclesEnd(t *testing.T) {
	names := []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"}
	rules := []diagnosis.Rule{finding("root", "", warning, perhaps, "l")}
	for _, name := range names {
		rules = append(rules, finding(name, "", severe, certain, names...))
	}
	target := diagnose(t, &library{}, []corev1.Pod{crashing("web-0", 1)}, rules...).Targets[0]
	if got := target.Root(); got == nil || got.ID != "root" || len(target.Findings) != 13 {
		t.Errorf("the root is %v of %v, want the only one with nothing behind it", got, ids(target.Findings))
	}
}
