package report

import (
	"charm.land/lipgloss/v2"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// effectTags are the ids of what a command does to the cluster; reading does nothing.
var effectTags = map[diagnosis.Effect]string{diagnosis.Changes: "diagnose.changes", diagnosis.Destructive: "diagnose.deletes"}

// remedies writes what to do next: what each command is for and does, and the command on a line of its own, which is
// never broken, so that it can be pasted.
func (w *diagnosisWriter) remedies(remedies []diagnosis.Remedy) {
	for _, remedy := range remedies {
		label, tag := "diagnose.look", ""
		if remedy.Effect != diagnosis.ReadOnly {
			label = "diagnose.fix"
		}
		if id := effectTags[remedy.Effect]; id != "" && !remedy.Command.IsZero() {
			tag = w.text(id, nil)
		}
		w.purpose(w.labelled(label), oneCell(w.text(remedy.ID, remedy.Args)), tag)
		if !remedy.Command.IsZero() {
			w.command(w.labelled(""), remedy.Command)
		}
	}
}

// purpose writes what a command is for, and what it does to the cluster: at the right edge, or in brackets when the line
// is full.
func (w *diagnosisWriter) purpose(head, text, tag string) {
	if tag != "" && widthOf(head)+widthOf(text)+2+widthOf(tag) > w.width {
		text, tag = w.text("diagnose.aside", message.Args{"Text": text, "Tag": tag}), ""
	}
	w.tagged(head, text, tag, lipgloss.NewStyle())
}

// command writes a command on a line of its own, or why there is no line for it.
func (w *diagnosisWriter) command(head string, command shellword.Command) {
	line, refusal := command.Called(w.view.Kubectl).Line()
	if refusal != "" {
		w.tagged(head, w.text(string(refusal), nil), "", w.inks.faint)
		return
	}
	w.commands = append(w.commands, head+line)
	w.Line(head + w.inks.command.Render(line))
}
