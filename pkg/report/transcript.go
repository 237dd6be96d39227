package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// The widths of a transcript, in columns. Prose wider than proseWidth is tiring to read; output takes all there is.
const (
	proseWidth = 100
	leastWidth = 40
)

// Transcript writes a guided run for people, step by step: what a step is for, the kubectl line that does the same, what
// came of it and what that means. Everything it is given is neutralised here; all prose is in the reader's language.
// After the first error of the writer it writes no more; Err returns that error.
type Transcript struct {
	out      io.Writer
	messages *message.Catalog
	terminal Terminal
	inks     inks
	prose    int
	output   int
	err      error
}

// Inset is a terminal as wide as a transcript on this one is for the output of a step. It has no colours, which would be shown
// as text there.
func (t Terminal) Inset() Terminal {
	return Terminal{Width: max(t.Width, leastWidth) - len("  | "), Kubectl: t.Kubectl}
}

// NewTranscript returns a transcript that is written to out for a terminal of this kind.
func NewTranscript(out io.Writer, messages *message.Catalog, terminal Terminal) *Transcript {
	width := max(terminal.Width, leastWidth)
	return &Transcript{
		out: out, messages: messages, terminal: terminal, inks: newInks(terminal),
		prose: min(width, proseWidth), output: terminal.Inset().Width,
	}
}

// Err is the first error met while writing.
func (t *Transcript) Err() error { return t.err }

// Opening writes what the run is and what it is about.
func (t *Transcript) Opening(title, summary, about string) {
	t.line(t.inks.heading.Render(Escape(title)))
	t.paragraph("", summary)
	t.line("")
	t.paragraph("", about)
}

// Say writes a paragraph between two steps.
func (t *Transcript) Say(text string) {
	t.line("")
	t.paragraph("", text)
}

// heading writes a title with a rule to the right edge of the prose.
func (t *Transcript) heading(title string) {
	title = "── " + Escape(title) + " "
	t.line("")
	t.line(t.inks.heading.Render(title + strings.Repeat("─", max(t.prose-widthOf(title), 2))))
}

// label writes the name of a part of a step.
func (t *Transcript) label(id string) {
	t.line("")
	t.line(t.inks.label.Render(t.messages.Text(id)))
}

// paragraph writes prose behind a mark, its further lines indented below the first.
func (t *Transcript) paragraph(mark, text string) {
	indent := strings.Repeat(" ", widthOf(mark))
	ink := t.inks.prose
	for _, line := range t.terminal.told(Escape(text), t.prose-widthOf(mark)) {
		t.line(mark + ink(line, t.terminal.Color))
		mark, ink = indent, t.inks.told
	}
}

// line writes one line, which must be neutral by now, without spaces at its end.
func (t *Transcript) line(text string) {
	if t.err == nil {
		_, t.err = io.WriteString(t.out, strings.TrimRight(text, " ")+"\n")
	}
}

// Entry writes a workflow as it stands in a list of them: its name, what it gives, its steps.
func (t *Transcript) Entry(name, title, summary string, steps []string) {
	t.line(t.inks.heading.Render(Escape(name)) + " · " + Escape(title))
	t.paragraph("  ", summary)
	for i, step := range steps {
		t.paragraph(fmt.Sprintf("    %d  ", i+1), step)
	}
}
