package report

import (
	"fmt"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// Summary writes what kubectl's description of a pod leaves out: who owns it, why its conditions are not met, why its
// containers wait, and how their last run ended.
func (p *Page) Summary(file *casefile.File, pod *corev1.Pod) {
	columns := podstate.ColumnsOf(pod, file.TakenAt)
	title := fmt.Sprintf("pod/%s -n %s · %s · %s", pod.Name, pod.Namespace, columns.Status, columns.Ready)
	p.Line(p.bold(oneCell(title)))
	p.Fact(p.text("describe.owners", nil), p.ownerChain(file, pod))
	p.Fact(p.text("describe.node", nil), p.nodeLine(file, pod))
	for i := range pod.Status.Conditions {
		if condition := &pod.Status.Conditions[i]; notable(condition) {
			p.Fact(p.text("describe.condition", nil), p.conditionLine(condition, file.TakenAt))
		}
	}
	for _, statuses := range [][]corev1.ContainerStatus{pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses} {
		for i := range statuses {
			p.container(&statuses[i], file.TakenAt)
		}
	}
}

// ownerChain reads "Pod web-x ← ReplicaSet web-7c9f ← Deployment web", and says where the climb had to end.
func (p *Page) ownerChain(file *casefile.File, pod *corev1.Pod) string {
	chain := file.Owners(pod)
	if len(chain) == 0 {
		return p.text("describe.no-owner", nil)
	}
	var links strings.Builder
	links.WriteString("Pod " + pod.Name)
	for _, owner := range chain {
		links.WriteString(" ← " + owner.Kind + " " + owner.Name)
	}
	last := chain[len(chain)-1].Metadata
	switch last.State {
	case casefile.Absent:
		links.WriteString(" " + p.text("describe.owner-gone", nil))
	case casefile.Denied, casefile.Failed:
		links.WriteString(" " + p.text("describe.unread", message.Args{"Cause": Sentence(last.Err, p.messages)}))
	}
	return links.String()
}

// nodeLine names the pod's node and says whether it works.
func (p *Page) nodeLine(file *casefile.File, pod *corev1.Pod) string {
	name := pod.Spec.NodeName
	if name == "" {
		return p.text("describe.no-node", nil)
	}
	node := file.Node(name)
	switch node.State {
	case casefile.Absent:
		return name + " " + p.text("describe.node-gone", nil)
	case casefile.Denied, casefile.Failed:
		return name + " " + p.text("describe.unread", message.Args{"Cause": Sentence(node.Err, p.messages)})
	case casefile.NotYet:
		return name
	}
	for i := range node.Value.Status.Conditions {
		ready := &node.Value.Status.Conditions[i]
		if ready.Type != corev1.NodeReady {
			continue
		}
		if ready.Status == corev1.ConditionTrue {
			return name + " (Ready)"
		}
		since := duration.HumanDuration(file.TakenAt.Sub(ready.LastTransitionTime.Time))
		return fmt.Sprintf("%s (Ready=%s, %s: %s, %s)", name, ready.Status, ready.Reason, ready.Message, since)
	}
	return name
}

// notable reports whether a condition has something to say: it is not met, or it is one of those that tell of trouble
// by being met. A condition that is True is not healthy for that.
func notable(condition *corev1.PodCondition) bool {
	switch condition.Type {
	case corev1.DisruptionTarget, corev1.PodResizePending, corev1.PodResizeInProgress:
		return condition.Status == corev1.ConditionTrue
	}
	return condition.Status != corev1.ConditionTrue && (condition.Reason != "PodCompleted")
}

func (p *Page) conditionLine(condition *corev1.PodCondition, now time.Time) string {
	parts := []string{string(condition.Type) + "=" + string(condition.Status)}
	if condition.Reason != "" {
		parts = append(parts, condition.Reason)
	}
	if condition.Message != "" {
		parts = append(parts, condition.Message)
	}
	if !condition.LastTransitionTime.IsZero() {
		parts = append(parts, duration.HumanDuration(now.Sub(condition.LastTransitionTime.Time)))
	}
	return strings.Join(parts, " · ")
}

// container writes why a container waits, and how its latest run ended.
func (p *Page) container(status *corev1.ContainerStatus, now time.Time) {
	if waiting := status.State.Waiting; waiting != nil && waiting.Message != "" {
		p.Fact(status.Name, p.text("describe.waiting", message.Args{"Reason": waiting.Reason, "Message": waiting.Message}))
	}
	died := status.State.Terminated
	if died == nil {
		died = status.LastTerminationState.Terminated
	}
	if died != nil {
		p.Fact(status.Name, p.death(died, now))
	}
}

// death is how a run of a container ended, in words.
func (p *Page) death(died *corev1.ContainerStateTerminated, now time.Time) string {
	args := message.Args{"Death": podstate.Death(died), "Ran": "?", "Ago": "?"}
	if !died.FinishedAt.IsZero() {
		args["Ago"] = duration.HumanDuration(now.Sub(died.FinishedAt.Time))
		if !died.StartedAt.IsZero() {
			args["Ran"] = duration.HumanDuration(died.FinishedAt.Sub(died.StartedAt.Time))
		}
	}
	lines := []string{p.text("describe.ended", args)}
	if meaning := exitMeaning(died); meaning != "" {
		lines = append(lines, p.text(meaning, nil))
	}
	if text := strings.TrimSpace(died.Message); text != "" {
		lines = append(lines, p.text("describe.termination-message", message.Args{"Message": text}))
	}
	return strings.Join(lines, "\n")
}

// exitMeaning is the message that explains an exit, or empty when the code is the application's own. 126 and 127 are
// POSIX' (Shell Command Language, 2.8.2); above 128 it is 128 + a signal.
func exitMeaning(died *corev1.ContainerStateTerminated) string {
	if died.Reason == "OOMKilled" {
		return "exit.oom"
	}
	switch signal, _ := podstate.Signal(died); signal {
	case 9:
		return "exit.sigkill"
	case 15:
		return "exit.sigterm"
	case 11:
		return "exit.sigsegv"
	case 6:
		return "exit.sigabrt"
	}
	switch died.ExitCode {
	case 126:
		return "exit.not-executable"
	case 127:
		return "exit.not-found"
	}
	return ""
}
