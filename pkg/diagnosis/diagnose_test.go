package diagnosis_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

func diagnose(t *testing.T, l *library, pods []corev1.Pod, rules ...diagnosis.Rule) *diagnosis.Diagnosis {
	t.Helper()
	return diagnosis.Diagnose(t.Context(), l, casefile.New(pods, now), rules)
}

// asks is a rule that asks and finds nothing.
func asks(questions ...func(*diagnosis.Case)) diagnosis.Rule {
	return toy(func(c *diagnosis.Case) []diagnosis.Finding {
		for _, ask := range questions {
			ask(c)
		}
		return nil
	})
}

func configMap(name string) func(*diagnosis.Case) {
	return func(c *diagnosis.Case) { c.ConfigMap(name) }
}

func secret(name string) func(*diagnosis.Case) {
	return func(c *diagnosis.Case) { c.Secret(name) }
}

func events(c *diagnosis.Case) { c.Events() }

func TestQuestionsAreFolded(t *testing.T) {
	several := func(count int) []corev1.Pod {
		var pods []corev1.Pod
		for i := range count {
			pods = append(pods, crashing(fmt.Sprintf("web-%d", i), 1))
		}
		return pods
	}
	elsewhere := func(names ...string) []corev1.Pod {
		pods := several(len(names))
		for i := range pods {
			pods[i].Namespace = names[i]
		}
		return pods
	}
	tests := map[string]struct {
		pods  []corev1.Pod
		rules []diagnosis.Rule
		want  []string
	}{
		"nobody asks":             {several(3), []diagnosis.Rule{asks()}, nil},
		"one object is one GET":   {several(1), []diagnosis.Rule{asks(configMap("a"))}, []string{"get ConfigMap shop/a"}},
		"equal questions are one": {several(40), []diagnosis.Rule{asks(configMap("a")), asks(configMap("a"))}, []string{"get ConfigMap shop/a"}},
		"several GETs are one LIST": {
			several(2),
			[]diagnosis.Rule{asks(configMap("a")), asks(configMap("b"), secret("s"))},
			[]string{"get Secret shop/s", "list ConfigMap shop"},
		},
		"events are one LIST a namespace": {several(40), []diagnosis.Rule{asks(events)}, []string{"list Event shop"}},
		"of few namespaces, each":         {elsewhere("a", "b", "a"), []diagnosis.Rule{asks(events)}, []string{"list Event a", "list Event b"}},
		"of many namespaces, one for all": {elsewhere("a", "b", "c", "d", "e"), []diagnosis.Rule{asks(events, configMap("x"))}, []string{"list ConfigMap", "list Event"}},
		"a node is one GET":               {several(40), []diagnosis.Rule{asks(func(c *diagnosis.Case) { c.Node() })}, []string{"get Node /n1"}},
		"healthy pods ask nothing": {
			[]corev1.Pod{owned(healthy("a"), "ReplicaSet", "rs"), healthy("b")}, []diagnosis.Rule{asks(events, configMap("a"))}, nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			l := &library{}
			found := diagnose(t, l, test.pods, test.rules...)
			if diff := cmp.Diff(test.want, l.requests()); diff != "" {
				t.Errorf("requests (-want +got):\n%s", diff)
			}
			if rounds := min(len(test.want), 1); found.Rounds != rounds {
				t.Errorf("%d rounds, want %d", found.Rounds, rounds)
			}
			if len(found.Targets) != len(test.pods) {
				t.Errorf("%d targets of %d pods", len(found.Targets), len(test.pods))
			}
		})
	}
}

// TestWhatIsKnownIsNotAskedAgain: a second round asks for what the first led to, and for nothing else.
func TestWhatIsKnownIsNotAskedAgain(t *testing.T) {
	l := &library{there: []string{"ConfigMap shop/a"}}
	runs := 0
	chain := toy(func(c *diagnosis.Case) []diagnosis.Finding {
		runs++
		if c.ConfigMap("a").State == casefile.Known && c.Secret("b").State == casefile.Absent {
			return []diagnosis.Finding{{ID: "found", Confidence: diagnosis.Certain}}
		}
		return nil
	}, diagnosis.Cause{ID: "found", Severity: diagnosis.Error})
	found := diagnose(t, l, []corev1.Pod{crashing("web-0", 1)}, chain)
	if diff := cmp.Diff([]string{"get ConfigMap shop/a", "get Secret shop/b"}, l.requests()); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	if found.Rounds != 2 || runs != 3 {
		t.Errorf("%d rounds and %d runs, want 2 and 3", found.Rounds, runs)
	}
	if diff := cmp.Diff([]string{"found"}, ids(found.Targets[0].Findings)); diff != "" {
		t.Errorf("only the findings of the last run count (-want +got):\n%s", diff)
	}
}

// TestRefusalsAreUnknownAndFinal: a refusal proves nothing, is told with the pods it matters to, and is not asked again.
func TestRefusalsAreUnknownAndFinal(t *testing.T) {
	for _, state := range []casefile.State{casefile.Denied, casefile.Failed} {
		l := &library{refuse: map[string]casefile.State{"get Secret shop/a": state, "list Event shop": state}}
		rule := toy(func(c *diagnosis.Case) []diagnosis.Finding {
			if got := c.Secret("a").State; got != casefile.NotYet && got != state {
				t.Errorf("a Secret that is %v is told as %v", state, got)
			}
			c.Events()
			c.ConfigMap("there is none")
			return nil
		})
		found := diagnose(t, l, []corev1.Pod{crashing("web-0", 1), crashing("web-1", 1), healthy("db-0")}, rule)
		if diff := cmp.Diff([]string{"get ConfigMap shop/there is none", "get Secret shop/a", "list Event shop"}, l.requests()); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
		var got []string
		for _, unknown := range found.Unknowns {
			got = append(got, fmt.Sprintf("%s %s/%s %v %v", unknown.State, unknown.Kind, unknown.Name, unknown.Pods, unknown.Err))
		}
		want := []string{
			fmt.Sprintf("%s Event/ [shop/web-0 shop/web-1] refused", state),
			fmt.Sprintf("%s Secret/a [shop/web-0 shop/web-1] refused", state),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("unknowns (-want +got):\n%s", diff)
		}
	}
}

// TestNobodyAsksForever: a rule that always asks for something new is broken, and must not keep podkit from its end.
func TestNobodyAsksForever(t *testing.T) {
	l, asked := &library{}, 0
	insatiable := toy(func(c *diagnosis.Case) []diagnosis.Finding {
		asked++
		c.ConfigMap(fmt.Sprint("c", asked))
		return []diagnosis.Finding{{ID: "x", Confidence: diagnosis.Certain}}
	}, diagnosis.Cause{ID: "x", Severity: diagnosis.Error})
	found := diagnose(t, l, []corev1.Pod{crashing("web-0", 1)}, insatiable)
	if found.Rounds != 6 || len(l.requests()) != 6 {
		t.Errorf("%d rounds and %d requests, want 6 of each", found.Rounds, len(l.requests()))
	}
	if diff := cmp.Diff([]string{"x"}, ids(found.Targets[0].Findings)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestInterruptionEndsTheRounds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	l := &library{}
	rule := toy(func(c *diagnosis.Case) []diagnosis.Finding {
		if c.ConfigMap("a").State != casefile.NotYet {
			cancel()
			c.ConfigMap("b")
		}
		return nil
	})
	found := diagnosis.Diagnose(ctx, l, casefile.New([]corev1.Pod{crashing("web-0", 1)}, now), []diagnosis.Rule{rule})
	if diff := cmp.Diff([]string{"get ConfigMap shop/a"}, l.requests()); diff != "" || len(found.Targets) != 1 {
		t.Errorf("%d targets; requests (-want +got):\n%s", len(found.Targets), diff)
	}
}

// TestWhatTheFileKnowsIsFree: a command may have read something before.
func TestWhatTheFileKnowsIsFree(t *testing.T) {
	l := &library{}
	file := casefile.New([]corev1.Pod{crashing("web-0", 1)}, now).Gather(t.Context(), l, []casefile.Question{casefile.EventsIn("shop")})
	found := diagnosis.Diagnose(t.Context(), l, file, []diagnosis.Rule{asks(events)})
	if diff := cmp.Diff([]string{"list Event shop"}, l.requests()); diff != "" || found.Rounds != 0 {
		t.Errorf("%d rounds; requests (-want +got):\n%s", found.Rounds, diff)
	}
}

// TestGlanceReadsNothing: rules run with every answer NotYet, and the order of the pods is kept.
func TestGlanceReadsNothing(t *testing.T) {
	cause := diagnosis.Cause{ID: "status-tells", Severity: diagnosis.Error}
	rule := toy(func(c *diagnosis.Case) []diagnosis.Finding {
		if c.Events().State != casefile.NotYet || c.DeathLog("app").State != casefile.NotYet || c.Node().State != casefile.NotYet {
			t.Error("something is known that nobody has read")
		}
		return []diagnosis.Finding{{ID: cause.ID, Confidence: diagnosis.Likely, Container: "app"}}
	}, cause)
	pods := []corev1.Pod{healthy("a"), crashing("b", 1), healthy("c")}
	targets := diagnosis.Glance(pods, now, []diagnosis.Rule{rule})
	var got []string
	for i := range targets {
		got = append(got, fmt.Sprintln(targets[i].Pod.Name, targets[i].Verdict, ids(targets[i].Findings)))
	}
	want := []string{"a Healthy []\n", "b Failing [status-tells app]\n", "c Healthy []\n"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("targets (-want +got):\n%s", diff)
	}
	if targets[1].Since != ago(10*60e9).Time || !targets[0].Since.IsZero() {
		t.Errorf("not ready since %v and %v", targets[1].Since, targets[0].Since)
	}
}

func TestTargetsAreSortedWorstFirst(t *testing.T) {
	young := healthy("b-young")
	young.Status.Conditions[0].Status = corev1.ConditionFalse
	young.Status.ContainerStatuses[0] = corev1.ContainerStatus{
		Name: "app", State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "ContainerCreating"}},
	}
	young.CreationTimestamp = ago(3e9)
	restarted := healthy("a-restarted")
	restarted.Status.ContainerStatuses[0].RestartCount = 1
	flaky := always(diagnosis.Cause{ID: "flaky", Severity: diagnosis.Warning}, diagnosis.Finding{Confidence: diagnosis.Certain})
	only := toy(func(c *diagnosis.Case) []diagnosis.Finding {
		if c.Pod.Name == "a-restarted" {
			return flaky.Check(c)
		}
		return nil
	}, flaky.Causes...)
	found := diagnose(t, &library{}, []corev1.Pod{healthy("z"), healthy("y"), young, restarted, crashing("x", 1), crashing("w", 1)}, only)
	var got []string
	for i := range found.Targets {
		got = append(got, fmt.Sprint(found.Targets[i].Pod.Name, " ", found.Targets[i].Verdict))
	}
	want := []string{"w Failing", "x Failing", "a-restarted Degraded", "b-young Progressing", "y Healthy", "z Healthy"}
	if !slices.Equal(want, got) {
		t.Errorf("got %v, want %v", got, want)
	}
}
