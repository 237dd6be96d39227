package docs

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/concept"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// TestConcepts compares docs/concepts with what the catalogue says of the topics.
func TestConcepts(t *testing.T) {
	english, chinese := newBook(t, message.English), newBook(t, message.Chinese)
	pages := map[string]string{"README.md": conceptIndex(english, chinese)}
	for _, c := range concept.List() {
		pages[c.ID+".md"] = conceptPage(&c, english, chinese)
	}
	checkPages(t, "docs/concepts", pages)
}

// conceptIndex lists the topics.
func conceptIndex(english, chinese *book) string {
	var page strings.Builder
	page.WriteString("# Concepts\n\n" +
		"What a search for a cause meets. `kubectl podkit explain TOPIC` prints the page of one; in a guided run, `?` does.\n\n" +
		"排查问题时会遇到的概念。`kubectl podkit explain TOPIC` 输出其中一个的说明页，在引导排查中按 `?` 也可以查看。\n\n" +
		"| Topic | English | 中文 |\n|---|---|---|\n")
	for _, c := range concept.List() {
		title := "concept." + c.ID + ".title"
		fmt.Fprintf(&page, "| [`%s`](%s.md) | %s | %s |\n", c.ID, c.ID, cell(english.Text(title)), cell(chinese.Text(title)))
	}
	return page.String()
}

// conceptPage is the page of a topic, in one language after the other.
func conceptPage(c *concept.Concept, books ...*book) string {
	var page strings.Builder
	fmt.Fprintf(&page, "# `%s`\n\n", c.ID)
	if len(c.Aliases) > 0 {
		fmt.Fprintf(&page, "Also: `%s`. ", strings.Join(c.Aliases, "`, `"))
	}
	page.WriteString("[All topics](README.md)\n")
	for _, b := range books {
		described := report.DescribeConcept(c, b.Catalog)
		fmt.Fprintf(&page, "\n## %s\n\n**%s**\n\n%s\n\n### %s\n\n%s\n\n### %s\n\n", b.name, prose(described.Title), prose(described.What),
			prose(b.Text("concept.why")), prose(described.Why), prose(b.Text("concept.see")))
		for _, line := range described.See {
			page.WriteString("- " + prose(line) + "\n")
		}
		fmt.Fprintf(&page, "\n### %s\n\n", prose(b.Text("concept.related")))
		for _, id := range c.Related {
			fmt.Fprintf(&page, "- [`%s`](%s.md) · %s\n", id, id, prose(b.Text("concept."+id+".title")))
		}
		if len(c.Findings) > 0 {
			fmt.Fprintf(&page, "\n### %s\n\n", prose(b.Text("concept.findings")))
		}
		for _, id := range c.Findings {
			fmt.Fprintf(&page, "- [`%s`](../findings/%s.md) · %s\n", id, id, prose(b.titles[id]))
		}
	}
	return page.String()
}
