package report

import (
	"strings"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Words says the parts of a diagnosis in a reader's language, neutral and on one line each, and leaves it to others how
// they are laid out. It is what reports beyond the terminal are made of.
type Words struct{ w *diagnosisWriter }

// Redactor takes secrets out of a text and leaves placeholders. Log is for several lines, whose number it keeps. It is given
// texts as they came from the cluster: in one that was neutralised colours hide secrets.
type Redactor interface {
	Text(text string) string
	Log(text string) string
}

// NewWords returns the words for a diagnosis that was made at a time, without secrets where there is a redactor.
func NewWords(messages *message.Catalog, now time.Time, view DiagnosisView, redactor Redactor) Words {
	w := newDiagnosisWriter(&Page{messages: messages, terminal: Terminal{Piped: true}}, now, view)
	w.redactor = redactor
	return Words{w}
}

// Text is a message of the catalogue.
func (w Words) Text(id string, args ...message.Args) string { return w.w.messages.Text(id, args...) }

// Summary counts how many targets do how: "3 Pods in namespace shop: 1 failing, 2 healthy".
func (w Words) Summary(targets []diagnosis.Target) string {
	if len(targets) > 0 && countVerdict(targets, diagnosis.Healthy) == len(targets) {
		return w.w.cell(w.w.text("diagnose.all-healthy", message.Args{"Count": len(targets), "Place": w.w.place(targets)}))
	}
	args := message.Args{"Count": len(targets), "Place": "", "Counts": w.w.counts(targets)}
	if len(targets) > 0 {
		args["Place"] = w.w.place(targets)
	}
	return w.w.cell(w.w.text("diagnose.summary", args))
}

// Verdict is how a pod does, with its workload and its restarts.
func (w Words) Verdict(target *diagnosis.Target) string { return w.w.verdictText(target, true, true) }

// verdictName is the short name of a verdict: "failing".
func (p *Page) verdictName(verdict diagnosis.Verdict) string {
	return p.text("report.verdict-"+strings.ToLower(string(verdict)), nil)
}

// VerdictWord is the short name of a verdict: "failing".
func (w Words) VerdictWord(verdict diagnosis.Verdict) string {
	return w.w.verdictName(verdict)
}

// Group tells how many pods of a workload share a cause, and since when. members are those that do.
func (w Words) Group(group *diagnosis.Group, members []diagnosis.Target) string {
	return w.w.cell(w.w.text("diagnose.group", w.w.groupArgs(group, members)))
}

// Sentence is a finding in a sentence.
func (w Words) Sentence(finding *diagnosis.Finding) string { return w.w.sentence(finding) }

// Place says of what a piece of evidence is: a container and its instance, another object than the pod, and when.
func (w Words) Place(target *diagnosis.Target, evidence *diagnosis.Evidence) string {
	return w.w.cell(w.w.placeOf(target, evidence))
}

// Cell neutralises a text of the cluster and brings it on one line.
func (w Words) Cell(text string) string { return w.w.cell(text) }

// Value is the lines of what was read, neutral.
func (w Words) Value(evidence *diagnosis.Evidence) []string {
	clipped := *evidence
	clipped.Value = clip(clipped.Value)
	return w.w.value(&clipped)
}

// Source is the label of where a piece of evidence was read: "log".
func (w Words) Source(source diagnosis.Source) string { return w.w.text(sourceLabels[source], nil) }

// Unread tells what could not be read, why, and what it would tell, a sentence each; and how a recording comes by it, with a
// command that is refused where it holds a secret.
func (w Words) Unread(found *diagnosis.Diagnosis) []string {
	var told []string
	var redact func(string) string
	if w.w.redactor != nil {
		redact = w.w.redactor.Text
	}
	for _, u := range foldUnknowns(found.Unknowns) {
		told = append(told, w.w.unreadText(u))
	}
	for _, remedy := range recapture(found) {
		line, refusal := PublicLine(remedy.Command.Called(w.w.view.Kubectl), redact)
		if refusal != "" {
			line = w.w.messages.Refusal(refusal)
		}
		told = append(told, w.w.cell(w.w.text(remedy.ID, remedy.Args))+": "+line)
	}
	return told
}

// Symbol is the mark of a verdict, which tells it without colour.
func Symbol(verdict diagnosis.Verdict) string { return verdictSymbols[verdict] }

// Example chooses the target that shows a cause best: the one whose own log was read, else the first.
func Example(members []diagnosis.Target) *diagnosis.Target { return exampleOf(members) }

// Symptoms are the findings that a root cause leads to, in chains from the cause to what is seen.
func Symptoms(findings []diagnosis.Finding, root diagnosis.Key) [][]diagnosis.Finding {
	return chainsFrom(findings, root)
}

// Proof is the evidence of a root cause: its own, and then what proves its symptoms best.
func Proof(findings []diagnosis.Finding, chains [][]diagnosis.Finding) []diagnosis.Evidence {
	return shown(findings, chains, false)
}

// Clip leaves out the middle of a text of more than some kilobytes.
func Clip(text string) string { return clip(text) }
