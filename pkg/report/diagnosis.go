package report

import (
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// DiagnosisView says how a diagnosis is shown.
type DiagnosisView struct {
	// Kubectl is how kubectl is called in the commands.
	Kubectl string
	// Namespaced names the namespace of every pod; it is done anyway when there are several.
	Namespaced bool
	// Verbose shows whole stack traces, what a cause means, and every finding with all of its evidence.
	Verbose bool
}

// Diagnosis writes what was found: the answer first, then its proof, then what to do, and at last what could not be read.
func (p *Page) Diagnosis(found *diagnosis.Diagnosis, view DiagnosisView) {
	view.Namespaced = view.Namespaced || len(namespaces(found.Targets)) > 1
	w := newDiagnosisWriter(p, found.File.TakenAt, view)
	if len(found.Targets) == 1 {
		w.target(&found.Targets[0])
	} else {
		w.targets(found)
	}
	w.unknowns(found)
}

// Target writes what was found about one pod: the verdict, the root cause in a sentence, the chain that leads to it, the
// evidence, and the next commands. now is when the pod was read.
func (p *Page) Target(target *diagnosis.Target, now time.Time, view DiagnosisView) {
	newDiagnosisWriter(p, now, view).target(target)
}

// The widths of a diagnosis, in columns. What stands right of edge is hard to see as part of its line, so that wider
// terminals are left empty there; commands are never broken.
const (
	edge   = 120
	indent = "  "
)

// diagnosisWriter writes one diagnosis to a page.
type diagnosisWriter struct {
	*Page
	view  DiagnosisView
	now   time.Time
	width int
	// label is the width of the column of labels.
	label int
	inks  inks
	// redactor takes secrets out of what leaves the terminal; nil leaves them.
	redactor Redactor
}

func newDiagnosisWriter(page *Page, now time.Time, view DiagnosisView) *diagnosisWriter {
	width := page.terminal.Width
	switch {
	case page.terminal.Piped:
		width = edge
	case width <= 0:
		width = DefaultWidth
	}
	w := &diagnosisWriter{Page: page, view: view, now: now, width: min(max(width, leastWidth), edge), inks: newInks(page.terminal)}
	for _, label := range labels {
		w.label = max(w.label, widthOf(w.text(label, nil))+2)
	}
	return w
}

// labels are the ids of the words that stand before evidence and commands, one below the other.
var labels = []string{
	"diagnose.log", "diagnose.state", "diagnose.spec", "diagnose.event", "diagnose.object", "diagnose.also", "diagnose.look", "diagnose.fix",
	"diagnose.means", "diagnose.repair",
}

// labelled pads a label to its column.
func (w *diagnosisWriter) labelled(id string) string {
	label := ""
	if id != "" {
		label = w.text(id, nil)
	}
	return indent + w.inks.faint.Render(label) + strings.Repeat(" ", max(w.label-widthOf(label), 1))
}

// paragraph writes prose behind a label, its further lines below the first.
func (w *diagnosisWriter) paragraph(label, text string) {
	head := w.labelled(label)
	for _, line := range wrapProse(Escape(text), w.width-widthOf(head)) {
		w.Line(head + w.inks.prose(line, w.terminal.Color))
		head = w.labelled("")
	}
}

// tagged writes prose behind a head, and a tag at the right edge of its last line.
func (w *diagnosisWriter) tagged(head, text, tag string, style lipgloss.Style) {
	w.lines(head, w.terminal.cutWide(w.terminal.told(text, w.width-widthOf(head)), w.width-widthOf(head)), tag, style)
}

// answer writes a finding's sentence, of which the raw error of a cluster may be a part, in a few lines.
func (w *diagnosisWriter) answer(head string, finding *diagnosis.Finding, most int, style lipgloss.Style) {
	if w.view.Verbose {
		w.tagged(head, w.sentence(finding), w.tag(finding), style)
		return
	}
	w.lines(head, w.terminal.squeeze(w.sentence(finding), w.width-widthOf(head), most), w.tag(finding), style)
}

// lines writes lines behind a head, and a tag at the right edge of the last one; below it when there is no room.
func (w *diagnosisWriter) lines(head string, lines []string, tag string, style lipgloss.Style) {
	blank := strings.Repeat(" ", widthOf(head))
	for i, line := range lines {
		gap := w.width - widthOf(head) - widthOf(line) - widthOf(tag)
		if i == len(lines)-1 && tag != "" && gap >= 2 {
			w.Line(head + style.Render(line) + strings.Repeat(" ", gap) + w.inks.faint.Render(tag))
			return
		}
		w.Line(head + style.Render(line))
		head = blank
	}
	if tag != "" {
		w.Line(blank + w.inks.faint.Render(tag))
	}
}

// sentence is a finding in a sentence, on one line and neutral.
func (w *diagnosisWriter) sentence(finding *diagnosis.Finding) string {
	return w.cell(w.text(finding.Summary(), finding.Args))
}

// cell is a text on one line and neutral. Secrets are looked for before it is neutralised.
func (w *diagnosisWriter) cell(text string) string {
	text = oneLine(text)
	if w.redactor != nil {
		text = w.redactor.Text(text)
	}
	return Escape(text)
}

// tag is the id of a finding and how sure it is.
func (w *diagnosisWriter) tag(finding *diagnosis.Finding) string {
	return w.text("diagnose.tag", message.Args{"ID": finding.ID, "Confidence": w.text("diagnose.confidence-"+finding.Confidence.String(), nil)})
}
