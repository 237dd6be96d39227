package repertoire

import (
	"bytes"
	"context"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// verdictFacts are the facts that stand for verdicts.
func verdictFacts() map[diagnosis.Verdict]string {
	return map[diagnosis.Verdict]string{
		diagnosis.Healthy: "healthy", diagnosis.Progressing: "progressing", diagnosis.Degraded: "degraded",
		diagnosis.Failing: "failing", diagnosis.Undecided: "undecided",
	}
}

// diagnose shows the verdict about the pod, its root cause, the chain and the proof. Shown again, it is read again; "changed"
// tells that another root cause came out than before.
func (t Tools) diagnose(ctx context.Context, subject *Subject, _ map[string]string) Result {
	if subject.Pod == nil { // Nothing was looked at before this step.
		if found := t.pods(ctx, subject); found.Err != nil {
			return Result{Err: found.Err}
		}
	}
	before := ""
	if root := subject.Root(); root != nil {
		before = root.ID
	}
	if subject.Target() == nil || subject.shown {
		if err := t.Examine(ctx, subject); err != nil {
			return Result{Err: err}
		}
	}
	again := subject.shown
	subject.shown = true
	found := subject.Target()
	result := Result{Commands: []report.Command{{
		Note: t.Messages.Text("debug.note.diagnose"), Command: t.Kubectl.command(subject.Pod.Namespace, "podkit diagnose %s", subject.Pod.Name),
	}}}
	if found == nil {
		return result
	}
	result.Facts = []string{verdictFacts()[found.Verdict]}
	after := ""
	if root := found.Root(); root != nil {
		after = root.ID
		result.Facts = append(result.Facts, "root")
	}
	if again && after != before {
		result.Facts = append(result.Facts, "changed")
	}
	if len(subject.Diagnosis.Unknowns) > 0 {
		result.Facts = append(result.Facts, "unread")
	}
	var text bytes.Buffer
	page := report.NewPage(&text, t.Messages, t.Terminal.Inset())
	page.Target(found, subject.Diagnosis.File.TakenAt, report.DiagnosisView{Kubectl: t.Kubectl.Name})
	result.Unbroken = page.Commands()
	return t.firstLines(result, text.String(), pageLines, result.Commands[0].Command.With("-v"))
}

// pageLines is how many lines of a diagnosis are shown.
const pageLines = 40

// diagnoseAction is what a workflow may know of it.
func diagnoseAction() workflow.Action {
	return workflow.Action{Facts: []string{"healthy", "progressing", "degraded", "failing", "undecided", "root", "changed", "unread"}}
}
