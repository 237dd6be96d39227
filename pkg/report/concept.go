package report

import (
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/concept"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Concept is what podkit tells a newcomer about a topic, in the language of the reader.
type Concept struct {
	ID      string
	Aliases []string
	// Title names the topic and says in half a line what it is.
	Title string
	What  string
	Why   string
	// See are lines, each a `kubectl line` in backquotes and what it shows.
	See []string
	// Related are the ids of the topics to read next, Findings those of the causes that have to do with it.
	Related  []string
	Findings []string
}

// DescribeConcept looks up what the catalogue says of a topic.
func DescribeConcept(c *concept.Concept, messages *message.Catalog) Concept {
	text := func(part string) string { return messages.Text("concept." + c.ID + "." + part) }
	return Concept{
		ID: c.ID, Aliases: c.Aliases, Title: text("title"), What: text("what"), Why: text("why"),
		See: strings.Split(text("see"), "\n"), Related: c.Related, Findings: c.Findings,
	}
}

// As in ExplanationTable, only the last column is in the reader's language.
var conceptColumns = []metav1.TableColumnDefinition{
	{Name: "Topic", Type: "string", Format: "name"},
	{Name: "About", Type: "string"},
}

// ConceptTable lists topics by their titles.
func ConceptTable(concepts []Concept) *metav1.Table {
	table := &metav1.Table{ColumnDefinitions: slices.Clone(conceptColumns)}
	for i := range concepts {
		table.Rows = append(table.Rows, metav1.TableRow{Cells: []any{concepts[i].ID, concepts[i].Title}})
	}
	return table
}

// Concept writes the page of a topic.
func (p *Page) Concept(c *Concept) {
	p.ConceptCard(c)
	p.Section("concept.related")
	p.prose("  ", strings.Join(c.Related, ", "))
	if len(c.Findings) > 0 {
		p.Section("concept.findings")
		p.prose("  ", strings.Join(c.Findings, ", "))
	}
}

// ConceptCard writes what there is to know of a topic at once, without where to read on.
func (p *Page) ConceptCard(c *Concept) {
	p.Line(p.bold(c.Title))
	p.prose("  ", c.What)
	p.Section("concept.why")
	p.prose("  ", c.Why)
	p.Section("concept.see")
	for _, line := range c.See {
		p.prose("  ", line)
	}
}
