package report

import (
	"cmp"
	"regexp"
	"strings"

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
		if id := effectTags[remedy.Effect]; id != "" && len(remedy.Command) > 0 {
			tag = w.text(id, nil)
		}
		w.purpose(w.labelled(label), oneCell(w.text(remedy.ID, remedy.Args)), tag)
		if len(remedy.Command) > 0 {
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

// command writes a command on a line of its own.
func (w *diagnosisWriter) command(head string, words []string) {
	w.Line(head + w.inks.command.Render(PasteLine(words, w.view.Kubectl)))
}

// placeholder ends in what the reader replaces, and is shown without quotes: ORDERS_DSN=<value>.
var placeholder = regexp.MustCompile(`^[A-Za-z0-9_./:=,@%+-]*<[a-z][a-z.-]*>$`)

// CommandLine is a command as it is pasted into a POSIX shell: its words quoted where needed, and kubectl under the name
// by which it is called.
func CommandLine(words []string, kubectl string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		if i == 0 && word == "kubectl" {
			word = cmp.Or(kubectl, word)
		}
		quoted[i] = quote(word)
	}
	return strings.Join(quoted, " ")
}

// quote makes a word safe for a POSIX shell, but for placeholders.
func quote(word string) string {
	if placeholder.MatchString(word) {
		return word
	}
	return shellword.Quote(word)
}
