package repertoire

import (
	"context"
	"regexp"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// verdictPattern recognises one reason for which the scheduler passes over nodes.
type verdictPattern struct {
	fact string
	text *regexp.Regexp
}

// schedulerWords are the reasons in the scheduler's own words (Kubernetes v1.36, pkg/scheduler/framework/plugins: the
// ErrReason constants of each plugin).
func schedulerWords() []verdictPattern {
	var patterns []verdictPattern
	for _, pair := range [][2]string{
		{"cpu", `Insufficient cpu`},
		{"memory", `Insufficient memory`},
		{"storage", `Insufficient ephemeral-storage`},
		{"pods", `Too many pods`},
		{"extended", `Insufficient [a-z0-9.-]+/`},
		{"taint", `untolerated taint`},
		{"cordoned", `were unschedulable`},
		{"affinity", `didn't match Pod's node affinity/selector|node\(s\) didn't match node selector`},
		{"pod-affinity", `didn't match pod affinity rules`},
		{"anti-affinity", `anti-affinity rules`},
		{"spread", `topology spread constraints`},
		{"ports", `free ports for the requested pod ports`},
		{"claim-missing", `persistentvolumeclaim "[^"]*" not found`},
		{"claim-unbound", `unbound immediate PersistentVolumeClaims|didn't find available persistent volumes to bind`},
		{"volume-zone", `volume node affinity conflict|no available volume zone`},
		{"volume-limit", `exceed max volume count`},
		{"resource-claim", `resourceclaim|ResourceClaim|cannot allocate all claims`},
	} {
		patterns = append(patterns, verdictPattern{pair[0], regexp.MustCompile(pair[1])})
	}
	return patterns
}

// schedulerFacts names all that schedulerFactsIn can find, for the vocabulary.
func schedulerFacts() []string {
	facts := []string{"on-a-node", "gated", "unheard", "other"}
	for _, pattern := range schedulerWords() {
		facts = append(facts, pattern.fact)
	}
	return facts
}

// scheduler shows what the scheduler says of the pod: the condition PodScheduled and its latest event.
func (t Tools) scheduler(ctx context.Context, subject *Subject, _ map[string]string) Result {
	pod := subject.Pod
	result := Result{
		Commands: listed(
			t.Kubectl.command(pod.Namespace, `get pod %s -o jsonpath={.status.conditions[?(@.type=="PodScheduled")]}`, pod.Name),
			t.Kubectl.command(pod.Namespace, "get events --field-selector involvedObject.name=%s", pod.Name),
		),
		Args: message.Args{"Said": "", "Scheduler": pod.Spec.SchedulerName, "Gates": gatesOf(pod)},
	}
	var rows [][]string
	said := ""
	if condition := conditionOf(pod, corev1.PodScheduled); condition != nil {
		rows = append(rows, []string{"PodScheduled=" + string(condition.Status), condition.Reason, condition.Message})
		said = condition.Message
	}
	file := casefile.Open(ctx, t.Cluster, []corev1.Pod{*pod}, t.Now())
	events := file.Events(pod.UID)
	for i := len(events) - 1; i >= 0; i-- {
		if slices.Contains([]string{"FailedScheduling", "Scheduled", "Preempted"}, events[i].Reason) {
			if events[i].Message != said {
				rows = append(rows, []string{"Event", events[i].Reason, events[i].Message})
			}
			if said == "" {
				said = events[i].Message
			}
			break
		}
	}
	result.Args["Said"] = firstSentence(said)
	result.Facts = schedulerFactsOf(pod, said)
	if len(rows) == 0 {
		return result
	}
	return t.firstLines(result, columns(rows), tableLines, result.Commands[0].Command)
}

// schedulerFactsOf says what the scheduler's words mean.
func schedulerFactsOf(pod *corev1.Pod, said string) []string {
	switch {
	case pod.Spec.NodeName != "":
		return []string{"on-a-node"}
	case len(pod.Spec.SchedulingGates) > 0:
		return []string{"gated"}
	case said == "":
		return []string{"unheard"}
	}
	var facts []string
	// What preemption would bring follows the reasons, and repeats some of their words.
	reasons, _, _ := strings.Cut(said, "preemption:")
	for _, pattern := range schedulerWords() {
		if pattern.text.MatchString(reasons) {
			facts = append(facts, pattern.fact)
		}
	}
	if len(facts) == 0 {
		return []string{"other"}
	}
	return facts
}

// firstSentence is what the scheduler says before it tells of preemption.
func firstSentence(said string) string {
	reasons, _, _ := strings.Cut(said, " preemption:")
	reasons, _, _ = strings.Cut(reasons, " no new claims to deallocate")
	return strings.TrimRight(strings.TrimSpace(reasons), ".")
}

func gatesOf(pod *corev1.Pod) string {
	var names []string
	for _, gate := range pod.Spec.SchedulingGates {
		names = append(names, gate.Name)
	}
	return strings.Join(names, ", ")
}

// schedulerAction is what a workflow may know of it.
func schedulerAction() workflow.Action {
	return workflow.Action{Facts: schedulerFacts(), Args: []string{"Said", "Scheduler", "Gates"}}
}
