package report

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// verdictSymbols stand before verdicts, so that they are told without colour.
var verdictSymbols = map[diagnosis.Verdict]string{
	diagnosis.Failing: "✗", diagnosis.Degraded: "!", diagnosis.Progressing: "…", diagnosis.Undecided: "?", diagnosis.Healthy: "✓",
}

// verdictWords are the ids of the verdicts' words.
var verdictWords = map[diagnosis.Verdict]string{
	diagnosis.Failing: "diagnose.failing", diagnosis.Degraded: "diagnose.degraded", diagnosis.Progressing: "diagnose.progressing",
	diagnosis.Undecided: "diagnose.undecided", diagnosis.Healthy: "diagnose.healthy",
}

// symbol is a verdict's mark in its colour.
func (w *diagnosisWriter) symbol(verdict diagnosis.Verdict) string {
	style := w.inks.warn
	switch verdict {
	case diagnosis.Failing:
		style = w.inks.bad
	case diagnosis.Healthy:
		style = w.inks.good
	case diagnosis.Progressing:
		style = lipgloss.NewStyle()
	}
	return style.Render(verdictSymbols[verdict])
}

// verdict writes how a pod does, in as many words as fit on one line.
func (w *diagnosisWriter) verdict(target *diagnosis.Target) {
	text := w.verdictText(target, true, true)
	for _, brief := range [][2]bool{{false, true}, {true, false}, {false, false}} {
		if widthOf(text)+2 <= w.width {
			break
		}
		text = w.verdictText(target, brief[0], brief[1])
	}
	w.tagged(w.symbol(target.Verdict)+" ", text, "", w.inks.label)
}

// verdictText is a pod's verdict in words, with the workload that it is of, and with its restarts.
func (w *diagnosisWriter) verdictText(target *diagnosis.Target, owned, restarts bool) string {
	args := message.Args{"Pod": w.podName(target, owned), "Since": "", "State": w.state(target), "History": ""}
	if !target.Since.IsZero() {
		args["Since"] = duration.HumanDuration(w.now.Sub(target.Since))
	}
	if restarts {
		args["History"] = w.history(target)
	}
	return w.cell(w.text(verdictWords[target.Verdict], args))
}

// podName is "pod/web-7c9f-x2lqp -n shop (deploy/web)".
func (w *diagnosisWriter) podName(target *diagnosis.Target, owned bool) string {
	name := "pod/" + target.Pod.Name + w.namespace(target.Pod.Namespace)
	if owned && !target.Workload.Bare() {
		name += w.text("diagnose.owned", message.Args{"Workload": target.Workload.String()})
	}
	return name
}

func (w *diagnosisWriter) namespace(namespace string) string {
	if !w.view.Namespaced {
		return ""
	}
	return " -n " + namespace
}

// StateText is a pod's own state in words; one that is well has none.
func StateText(target *diagnosis.Target, messages *message.Catalog) string {
	if target.State.ID == "" {
		return ""
	}
	return messages.Text(target.State.ID, target.State.Args)
}

// state is what a pod without a root cause is doing, and until when it may.
func (w *diagnosisWriter) state(target *diagnosis.Target) string {
	if target.Root() != nil {
		return ""
	}
	state := StateText(target, w.messages)
	if until := Until(target); until.After(w.now) {
		state = w.text("diagnose.until", message.Args{"State": state, "Left": duration.HumanDuration(until.Sub(w.now))})
	}
	return state
}

// history counts the restarts of a pod's containers: of the one that the root cause is about, else of all.
func (w *diagnosisWriter) history(target *diagnosis.Target) string {
	count, last := 0, metav1.Time{}
	root := target.Root()
	for _, container := range podstate.Containers(target.Pod) {
		if root != nil && root.Container != "" && root.Container != container.Name() {
			continue
		}
		count += int(container.Status.RestartCount)
		if died := container.LastDeath(); died != nil && died.FinishedAt.After(last.Time) {
			last = died.FinishedAt
		}
	}
	if count == 0 {
		return ""
	}
	args := message.Args{"Count": count, "Ago": ""}
	if !last.IsZero() {
		args["Ago"] = duration.HumanDuration(w.now.Sub(last.Time))
	}
	return w.text("diagnose.restarts", args)
}

// namespaces are those of the targets.
func namespaces(targets []diagnosis.Target) map[string]bool {
	found := map[string]bool{}
	for i := range targets {
		found[targets[i].Pod.Namespace] = true
	}
	return found
}

// counts tells how many targets do how: "12 failing, 25 healthy".
func (w *diagnosisWriter) counts(targets []diagnosis.Target) string {
	var counted []string
	for _, verdict := range diagnosis.Verdicts() {
		if n := countVerdict(targets, verdict); n > 0 {
			counted = append(counted, w.text(verdictWords[verdict]+"-count", message.Args{"Number": n}))
		}
	}
	return strings.Join(counted, w.text("diagnose.comma", nil))
}

func countVerdict(targets []diagnosis.Target, verdict diagnosis.Verdict) int {
	n := 0
	for i := range targets {
		if targets[i].Verdict == verdict {
			n++
		}
	}
	return n
}

// place is where the targets are: "in namespace shop", "in 3 namespaces".
func (w *diagnosisWriter) place(targets []diagnosis.Target) string {
	found := namespaces(targets)
	if len(found) == 1 {
		return w.text("diagnose.in-namespace", message.Args{"Namespace": targets[0].Pod.Namespace})
	}
	return w.text("diagnose.in-namespaces", message.Args{"Number": fmt.Sprint(len(found))})
}
