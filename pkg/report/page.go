package report

import (
	"fmt"
	"io"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Page writes a text for people: headings, facts under a label, and tables, in the reader's language. Texts from the
// cluster are neutralised on the way. After the first error of the writer it writes no more; Err returns that error.
type Page struct {
	out      io.Writer
	messages *message.Catalog
	terminal Terminal
	err      error
	// commands are the lines that can be pasted, as they were written.
	commands []string
}

// NewPage returns a page that is written to out.
func NewPage(out io.Writer, messages *message.Catalog, terminal Terminal) *Page {
	return &Page{out: out, messages: messages, terminal: terminal}
}

// Commands are the lines written so far that are commands, which are never broken.
func (p *Page) Commands() []string { return p.commands }

// Err is the first error met while writing.
func (p *Page) Err() error { return p.err }

// Line writes one line of text.
func (p *Page) Line(text string) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.out, text)
	}
}

// Section begins a part of the page under a heading.
func (p *Page) Section(id string) {
	p.Line("")
	p.Line(p.bold(p.messages.Text(id)))
}

// bold marks a text on a terminal with colours; elsewhere the text is enough.
func (p *Page) bold(text string) string {
	if !p.terminal.Color {
		return text
	}
	return lipgloss.NewStyle().Bold(true).Render(text)
}

// labelWidth is the column at which the text of a fact begins.
const labelWidth = 14

// Fact writes a text from the cluster beside its label; its further lines are indented below the first.
func (p *Page) Fact(label, text string) {
	space := max(labelWidth-lipgloss.Width(label), 1)
	lines := strings.Split(strings.TrimRight(Escape(text), "\n"), "\n")
	for i := range lines[1:] {
		lines[i+1] = p.terminal.unposed(lines[i+1], leastMarked)
	}
	p.Line("  " + label + strings.Repeat(" ", space) + strings.Join(lines, "\n"+strings.Repeat(" ", labelWidth+2)))
}

// text is a message of the catalogue.
func (p *Page) text(id string, args message.Args) string { return p.messages.Text(id, args) }
