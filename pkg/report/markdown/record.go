package markdown

import (
	"fmt"
	"strconv"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/report/dossier"
)

// Record is a guided run as a document that can be shown to others: the same as a report.Transcript, with times and notes.
// Prose is never wrapped, so that the document does not depend on a terminal. Texts made by message.Marked keep their code.
//
// Its parts are kept as they were told, and written when they are asked for: what is found out to be a secret in one of them is
// taken out of all.
type Record struct {
	messages *message.Catalog
	now      func() time.Time
	// earlier is what was written by a run that this one goes on with.
	earlier string
	parts   []part
}

// part is one thing that was told, and when; it writes itself.
type part struct {
	at    time.Time
	write func(*scribe)
}

// NewRecord returns an empty record; now dates its parts.
func NewRecord(messages *message.Catalog, now func() time.Time) *Record {
	return &Record{messages: messages, now: now}
}

// Continue puts what was written before in front.
func (r *Record) Continue(text string) { r.earlier = text }

// Text is the document so far, without its secrets when there is a redactor.
func (r *Record) Text(redactor dossier.Redactor) string {
	text := r.write(redactor)
	if redactor != nil { // By now it knows what is secret in the last part.
		text = r.write(redactor)
	}
	return text
}

func (r *Record) write(redactor dossier.Redactor) string {
	s := &scribe{messages: r.messages, redactor: redactor}
	s.text.WriteString(s.again(r.earlier))
	for _, part := range r.parts {
		s.at = part.at
		part.write(s)
	}
	return s.text.String()
}

func (r *Record) keep(write func(*scribe)) { r.parts = append(r.parts, part{r.now(), write}) }

// Opening keeps what the run is and what it is about.
func (r *Record) Opening(title, summary, about string) {
	r.keep(func(s *scribe) {
		s.block("# " + s.said(title))
		s.stamp()
		s.block(s.said(summary))
		s.block(s.said(about))
	})
}

// Found keeps how the pod does and why.
func (r *Record) Found(found report.Conclusion) { r.keep(func(s *scribe) { s.found(found) }) }

// Say keeps a paragraph between two steps.
func (r *Record) Say(text string) { r.keep(func(s *scribe) { s.block(s.said(text)) }) }

// Note keeps what the reader noted.
func (r *Record) Note(text string) {
	r.keep(func(s *scribe) {
		s.block("> **" + inline(s.messages.Text("debug.label.note")) + "** (" + s.time() + "): " + s.inline(text))
	})
}

// Step keeps one step.
func (r *Record) Step(step report.Step) {
	r.keep(func(s *scribe) {
		s.block("## " + s.said(s.messages.Text("debug.step", message.Args{
			"Number": strconv.Itoa(step.Number), "Total": strconv.Itoa(step.Total), "Title": step.Title,
		})))
		s.stamp()
		s.block(s.said(step.Purpose))
		s.commands("debug.label.commands", step.Commands)
		s.label("debug.label.output")
		if len(step.Output) > 0 {
			s.fence("text", step.Output)
		}
		if step.LeftOut != "" {
			s.block(s.said(step.LeftOut))
		}
		if step.Skipped != "" {
			s.block("– " + s.said(s.messages.Text("debug.skipped", message.Args{"Why": step.Skipped})))
		}
		if step.Failure != "" {
			s.block("✗ " + s.said(s.messages.Text("debug.failed", message.Args{"Why": step.Failure})))
		}
		if len(step.Meaning) > 0 {
			s.label("debug.label.meaning")
			s.list(step.Meaning)
		}
	})
}

// Plan keeps what a step would do.
func (r *Record) Plan(title string, plan report.Plan) {
	r.keep(func(s *scribe) {
		s.block("## " + s.said(title))
		s.block(s.said(plan.Touches))
		s.commands("debug.label.plan", plan.Commands)
		for _, right := range plan.Rights {
			s.block(s.inline(s.messages.Text("consent.right", message.Args{"Right": right})))
		}
	})
}

// Closing keeps how each step ended, and where to go from here.
func (r *Record) Closing(title string, endings []report.Ending, onward []string) {
	r.keep(func(s *scribe) {
		s.block("## " + s.said(title))
		s.stamp()
		var lines []string
		for _, ending := range endings {
			mark := "–"
			if ending.Good {
				mark = "✓"
			}
			if ending.Bad {
				mark = "✗"
			}
			lines = append(lines, fmt.Sprintf("%s %d %s · %s", mark, ending.Number, ending.Title, s.messages.Text(ending.Status)))
		}
		s.list(lines)
		if len(onward) > 0 {
			s.label("debug.label.onward")
			s.list(onward)
		}
	})
}

// Remedies keeps the verdict, and what to do next.
func (r *Record) Remedies(found report.Conclusion) {
	r.keep(func(s *scribe) {
		s.found(found)
		if len(found.Remedies) > 0 {
			s.label("debug.label.remedies")
		}
		for _, remedy := range found.Remedies {
			s.block("- " + s.inline(remedy.Note))
			s.command(remedy.Command)
		}
	})
}
