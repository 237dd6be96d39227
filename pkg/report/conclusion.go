package report

import (
	"io"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Conclusion is the short form of what was found about a pod.
type Conclusion struct {
	// Verdict is how the pod does, in a sentence.
	Verdict string
	// Cause is the root cause in a sentence; empty when nothing is wrong.
	Cause string
	// Remedies are what to do next, with the names filled in. One without a command is advice.
	Remedies []Command
}

// Conclude puts what was found about a pod into the reader's words. now is when it was read, kubectl how kubectl is called.
func Conclude(target *diagnosis.Target, now time.Time, messages *message.Catalog, kubectl string) Conclusion {
	w := newDiagnosisWriter(NewPage(io.Discard, messages, Terminal{}), now, DiagnosisView{Kubectl: kubectl})
	concluded := Conclusion{Verdict: w.verdictText(target, true, true)}
	root := target.Root()
	if root == nil {
		return concluded
	}
	concluded.Cause = w.sentence(root)
	for _, remedy := range root.Remedies {
		next := Command{Note: oneCell(w.text(remedy.ID, remedy.Args))}
		if !remedy.Command.IsZero() {
			next.Command = remedy.Command.Called(kubectl)
			if id := effectTags[remedy.Effect]; id != "" {
				next.Note = w.text("diagnose.aside", message.Args{"Text": next.Note, "Tag": w.text(id, nil)})
			}
		}
		concluded.Remedies = append(concluded.Remedies, next)
	}
	return concluded
}

// Found writes how the pod does and why, after the opening.
func (t *Transcript) Found(found Conclusion) {
	t.line("")
	t.paragraph("", found.Verdict)
	if found.Cause != "" {
		t.paragraph(t.inks.bad.Render("✗")+" ", found.Cause)
	}
}

// Remedies writes the verdict once more, and what to do next.
func (t *Transcript) Remedies(found Conclusion) {
	t.Found(found)
	if len(found.Remedies) == 0 {
		return
	}
	t.label("debug.label.remedies")
	for _, remedy := range found.Remedies {
		t.paragraph("  • ", remedy.Note)
		t.command(remedy.Command)
	}
}

// Plan writes what a step would do, before it is agreed to.
func (t *Transcript) Plan(title string, plan Plan) {
	t.heading(title)
	t.paragraph("", plan.Touches)
	t.commands("debug.label.plan", plan.Commands)
	for _, right := range plan.Rights {
		t.paragraph("  ", t.messages.Text("consent.right", message.Args{"Right": right}))
	}
}

// Plan is what a step would do.
type Plan struct {
	// Touches says what is reached into.
	Touches string
	// Commands do the same by hand.
	Commands []Command
	// Rights are what the API server will ask for: "create pods/exec".
	Rights []string
}
