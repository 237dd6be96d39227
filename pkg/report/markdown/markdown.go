package markdown

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/dossier"
)

// mostPods is how many lines the table of pods has: a ticket is read by people.
const mostPods = 50

// Write writes a dossier. The same dossier gives the same bytes.
func Write(out io.Writer, d *dossier.Dossier) error {
	p := &page{d: d}
	p.heading(1, d.Title)
	p.line("**" + inline(d.Summary) + "**  ")
	p.line(inline(d.TakenAt.Format(time.DateTime) + " UTC · " + d.Tool))
	if d.Redactions > 0 {
		p.paragraph(inline(d.Text("report.redactions", message.Args{"Count": d.Redactions})))
	}
	if d.Redacted {
		p.paragraph(inline(d.Text("report.net")))
	}
	p.pods()
	for i := range d.Causes {
		p.cause(&d.Causes[i])
	}
	p.unread()
	_, err := io.WriteString(out, p.text.String())
	return err
}

// page is a text that grows.
type page struct {
	d    *dossier.Dossier
	text strings.Builder
}

func (p *page) line(text string) { p.text.WriteString(text + "\n") }

// paragraph writes Markdown behind an empty line.
func (p *page) paragraph(markdown string) { p.line("\n" + markdown) }

func (p *page) heading(level int, text string) {
	if p.text.Len() > 0 {
		p.line("")
	}
	p.line(strings.Repeat("#", level) + " " + inline(text))
	p.line("")
}

// part begins a part of a cause.
func (p *page) part(id string) { p.paragraph("**" + inline(p.d.Text(id)) + "**") }

// row writes a line of a table, of cells in Markdown.
func (p *page) row(cells ...string) {
	for i := range cells {
		cells[i] = cell(cells[i])
	}
	p.line("| " + strings.Join(cells, " | ") + " |")
}

// columns begins a table.
func (p *page) columns(ids ...string) {
	heads := make([]string, len(ids))
	for i, id := range ids {
		heads[i] = inline(p.d.Text(id))
	}
	p.line("")
	p.row(heads...)
	p.line("|" + strings.Repeat(" --- |", len(ids)))
}

// pods is the table of verdicts.
func (p *page) pods() {
	if len(p.d.Pods) == 0 {
		return
	}
	p.columns("report.column-verdict", "report.column-pod", "report.column-since", "report.column-status", "report.column-cause")
	for i := range p.d.Pods[:min(len(p.d.Pods), mostPods)] {
		pod := &p.d.Pods[i]
		cause := inline(pod.Text)
		if pod.Cause != "" {
			cause = code(pod.Cause) + " " + cause
		}
		p.row(pod.Symbol+" "+inline(pod.Word), code(pod.Namespace+"/"+pod.Name), inline(pod.Since), inline(pod.Ready+" "+pod.Status), cause)
	}
	if more := p.d.More + max(len(p.d.Pods)-mostPods, 0); more > 0 {
		p.paragraph(inline(p.d.Text("report.more-pods", message.Args{"Count": more})))
	}
}

func (p *page) unread() {
	if len(p.d.Unread) == 0 {
		return
	}
	p.heading(2, p.d.Text("report.unread"))
	for _, sentence := range p.d.Unread {
		p.line("- " + inline(sentence))
	}
}

// fence writes lines as they are, behind an empty line.
func (p *page) fence(language string, lines []string) { p.line("\n" + fence(language, lines)) }

// details writes what is folded. The empty lines around it let Markdown go on within the tags.
func (p *page) details(summary string, inside func()) {
	p.line(fmt.Sprintf("\n<details><summary>%s</summary>", escapeHTML(summary)))
	inside()
	p.line("\n</details>")
}
