package report

import (
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Explanation is what podkit knows of a cause, in the language of a reader.
type Explanation struct {
	ID       string `json:"id"`
	Severity string `json:"severity"`
	Family   string `json:"family"`
	Title    string `json:"title"`
	// Meaning, Decided, Confirm and Fix are prose with `commands` in backquotes.
	Meaning string `json:"meaning"`
	Decided string `json:"decided"`
	Confirm string `json:"confirm"`
	Fix     string `json:"fix"`
	// Explains are the ids of the findings that are symptoms where this one is the cause; ExplainedBy turns it round.
	Explains    []string `json:"explains,omitempty"`
	ExplainedBy []string `json:"explainedBy,omitempty"`
}

// Explain looks up what the catalogue says of a cause.
func Explain(entry *causes.Entry, messages *message.Catalog) Explanation {
	text := func(part string) string { return messages.Text("finding." + entry.ID + "." + part) }
	return Explanation{
		ID: entry.ID, Severity: entry.Severity.String(), Family: entry.Family,
		Title: text("title"), Meaning: text("meaning"), Decided: text("decided"), Confirm: text("confirm"), Fix: text("fix"),
		Explains: entry.Explains, ExplainedBy: entry.ExplainedBy,
	}
}

// Part is a heading, by the id of its message, and the prose below it.
type Part struct{ Heading, Text string }

// Parts are the prose of an explanation in the order in which it is read.
func (e *Explanation) Parts() []Part {
	return []Part{
		{"findings.meaning", e.Meaning},
		{"findings.decided", e.Decided},
		{"findings.confirm", e.Confirm},
		{"findings.fix", e.Fix},
	}
}

// Relations are the headings and ids of the causes beside this one, those without any left out.
func (e *Explanation) Relations() []Relation {
	return slices.DeleteFunc([]Relation{
		{"findings.explains", e.Explains},
		{"findings.explained-by", e.ExplainedBy},
	}, func(r Relation) bool { return len(r.IDs) == 0 })
}

// Relation is a heading, by the id of its message, and the ids of the causes below it.
type Relation struct {
	Heading string
	IDs     []string
}

// Only the last column is in the reader's language: kubectl's printer aligns columns by counting characters, and Chinese
// ones are two columns wide.
var explanationColumns = []metav1.TableColumnDefinition{
	{Name: "ID", Type: "string", Format: "name"},
	{Name: "Severity", Type: "string"},
	{Name: "Family", Type: "string"},
	{Name: "Title", Type: "string"},
}

// ExplanationTable lists causes by their titles.
func ExplanationTable(explanations []Explanation) *metav1.Table {
	table := &metav1.Table{ColumnDefinitions: slices.Clone(explanationColumns)}
	for i := range explanations {
		e := &explanations[i]
		table.Rows = append(table.Rows, metav1.TableRow{Cells: []any{e.ID, e.Severity, e.Family, e.Title}})
	}
	return table
}

// Explanation writes the page of a cause. title gives the titles of the causes beside it.
func (p *Page) Explanation(e *Explanation, title func(id string) string) {
	p.Line(p.bold(e.ID) + " · " + e.Severity + " · " + p.text("family."+e.Family, nil))
	p.prose("", e.Title)
	for _, part := range e.Parts() {
		p.Section(part.Heading)
		p.prose("  ", part.Text)
	}
	for _, relation := range e.Relations() {
		p.Section(relation.Heading)
		for _, id := range relation.IDs {
			p.prose("  ", id+" · "+title(id))
		}
	}
}

// prose writes text in lines that are comfortable to read, indented, commands in their colour where there are colours.
func (p *Page) prose(indent, text string) {
	inks := newInks(p.terminal)
	width := min(max(p.terminal.Width, leastWidth), proseWidth) - widthOf(indent)
	for _, line := range wrapProse(Escape(text), width) {
		p.Line(indent + inks.prose(line, p.terminal.Color))
	}
}
