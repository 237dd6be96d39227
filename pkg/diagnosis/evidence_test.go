package diagnosis_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// words is a command as it is written, with the placeholder of a manifest.
func words(line string) shellword.Command {
	if before, found := strings.CutSuffix(line, "<manifest.yaml>"); found {
		return shellword.Fill(before+"%s", shellword.Placeholder("manifest.yaml"))
	}
	return shellword.Fill(line)
}

func TestEvidenceSaysWhereItWasRead(t *testing.T) {
	pod := crashing("web-0", 137)
	always := corev1.ContainerRestartPolicyAlways
	pod.Spec.InitContainers = []corev1.Container{{Name: "setup"}, {Name: "proxy", RestartPolicy: &always}}
	died := &corev1.ContainerStateTerminated{Reason: "Error", ExitCode: 2, Message: "no disk", FinishedAt: ago(time.Hour)}
	pod.Status.InitContainerStatuses = []corev1.ContainerStatus{{Name: "setup", State: corev1.ContainerState{Terminated: died}}}
	containers := podstate.Containers(&pod)
	setup, proxy, app := containers[0], containers[1], containers[2]
	happened := event("uid-web-0", "BackOff", "spec.containers{app}")
	happened.Count, happened.Message = 7, "Back-off pulling image"
	happened.InvolvedObject.Kind, happened.InvolvedObject.Name = "Pod", "web-0"
	log := diagnosis.DeathLog{Log: lines("one", "two"), Pod: "web-3", Container: "app", Previous: true}
	tests := map[string]struct{ got, want diagnosis.Evidence }{
		"a container that waits": {diagnosis.StateOf(app), diagnosis.Evidence{
			Source: diagnosis.Status, Container: "app", Field: "status.containerStatuses[app].state.waiting", Value: "CrashLoopBackOff: back-off 40s",
		}},
		"one that has ended": {diagnosis.StateOf(setup), diagnosis.Evidence{
			Source: diagnosis.Status, Container: "setup", Field: "status.initContainerStatuses[setup].state.terminated", Value: "Error: exitCode 2: no disk", At: ago(time.Hour).Time,
		}},
		"the death before": {diagnosis.DeathOf(app), diagnosis.Evidence{
			Source: diagnosis.Status, Container: "app", Field: "status.containerStatuses[app].lastState.terminated", Value: "Error: exitCode 137", At: ago(time.Minute).Time,
		}},
		"no death": {diagnosis.DeathOf(proxy), diagnosis.Evidence{}},
		"a field": {diagnosis.SpecOf(app, "image", "web:1"), diagnosis.Evidence{
			Source: diagnosis.Spec, Container: "app", Field: "spec.containers[app].image", Value: "web:1",
		}},
		"a sidecar's": {diagnosis.SpecOf(proxy, "image", "p"), diagnosis.Evidence{
			Source: diagnosis.Spec, Container: "proxy", Field: "spec.initContainers[proxy].image", Value: "p",
		}},
		"an event": {diagnosis.EventOf(&happened), diagnosis.Evidence{
			Source: diagnosis.Events, Reason: "BackOff", Value: "Back-off pulling image", Times: 7, At: casefile.LastSeen(&happened),
			Object: diagnosis.Object{Kind: "Pod", Name: "web-0", UID: "uid-web-0"},
		}},
		"a line": {diagnosis.LineOf(log, 1, "two\n\tat three"), diagnosis.Evidence{
			Source: diagnosis.LogEnd, Container: "app", Value: "two\n\tat three", Line: 2, Previous: true, At: log.Lines[1].At,
			Object: diagnosis.Object{APIVersion: "v1", Kind: "Pod", Name: "web-3"},
		}},
	}
	for name, test := range tests {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestRemediesArePasted(t *testing.T) {
	down := crashing("web-0", 1)
	down.Status.ContainerStatuses[0].State = corev1.ContainerState{Terminated: down.Status.ContainerStatuses[0].LastTerminationState.Terminated}
	for want, pod := range map[string]corev1.Pod{
		"kubectl -n shop logs web-0 -c app":            down,
		"kubectl -n shop logs web-0 -c app --previous": crashing("web-0", 1),
	} {
		last(t, &library{}, pod, func(c *diagnosis.Case) {
			got := []diagnosis.Remedy{
				c.SeeLog("app"), c.SeeLog("other"), c.Look("a", nil, "get cm"), c.Change("b", nil, "edit cm"), diagnosis.Advice("c", nil),
			}
			wanted := []diagnosis.Remedy{
				{ID: "remedy.see-log", Args: map[string]any{"Container": "app"}, Command: words(want), Effect: diagnosis.ReadOnly},
				{ID: "remedy.see-log", Args: map[string]any{"Container": "other"}, Command: words("kubectl -n shop logs web-0 -c other"), Effect: diagnosis.ReadOnly},
				{ID: "a", Command: words("kubectl -n shop get cm"), Effect: diagnosis.ReadOnly},
				{ID: "b", Command: words("kubectl -n shop edit cm"), Effect: diagnosis.Changes},
				{ID: "c", Effect: diagnosis.Changes},
			}
			if diff := cmp.Diff(wanted, got); diff != "" {
				t.Errorf("remedies (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWords(t *testing.T) {
	finding := diagnosis.Finding{ID: "x"}
	if got := finding.Summary(); got != "finding.x.summary" {
		t.Errorf("got %s", got)
	}
	finding.Form = "optional"
	if got := finding.Summary(); got != "finding.x.summary-optional" {
		t.Errorf("got %s", got)
	}
	for want, got := range map[string]string{
		"info": diagnosis.Info.String(), "warning": diagnosis.Warning.String(), "error": diagnosis.Error.String(),
		"possible": diagnosis.Possible.String(), "likely": diagnosis.Likely.String(), "certain": diagnosis.Certain.String(),
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
