package docs

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// TestFindings compares docs/findings with what the catalogue says of the causes.
func TestFindings(t *testing.T) {
	english, chinese := newBook(t, message.English), newBook(t, message.Chinese)
	pages := map[string]string{"README.md": index(english, chinese)}
	for i := range english.causes {
		pages[english.causes[i].ID+".md"] = findingPage(i, english, chinese)
	}
	checkPages(t, "docs/findings", pages)
}

// book is what the catalogue says of all causes in one language.
type book struct {
	*message.Catalog
	// name is what the language calls itself.
	name   string
	causes []report.Explanation
	titles map[string]string
}

func newBook(t *testing.T, language message.Language) *book {
	t.Helper()
	catalog, err := message.NewCatalog(language)
	if err != nil {
		t.Fatal(err)
	}
	b := &book{Catalog: catalog, name: map[message.Language]string{message.English: "English", message.Chinese: "中文"}[language], titles: map[string]string{}}
	for _, entry := range causes.Entries(causes.Families()) {
		e := report.Explain(&entry, catalog)
		b.causes, b.titles[e.ID] = append(b.causes, e), e.Title
	}
	return b
}

// index lists the causes, a table a family.
func index(english, chinese *book) string {
	var page strings.Builder
	page.WriteString("# Findings\n\n" +
		"The causes that podkit can find. `kubectl podkit findings ID` prints the page of one.\n\n" +
		"podkit 能找出的原因。`kubectl podkit findings ID` 输出其中一条的说明页。\n")
	family := ""
	for i := range english.causes {
		e := &english.causes[i]
		if e.Family != family {
			family = e.Family
			fmt.Fprintf(&page, "\n## %s · %s\n\n| ID | Severity | English | 中文 |\n|---|---|---|---|\n",
				prose(english.Text("family."+family)), prose(chinese.Text("family."+family)))
		}
		fmt.Fprintf(&page, "| [`%s`](%s.md) | %s | %s | %s |\n", e.ID, e.ID, e.Severity, cell(e.Title), cell(chinese.causes[i].Title))
	}
	return page.String()
}

// findingPage is the page of the i-th cause, in one language after the other.
func findingPage(i int, books ...*book) string {
	var page strings.Builder
	first := &books[0].causes[i]
	fmt.Fprintf(&page, "# `%s`\n\nSeverity: %s. Family: %s. [All findings](README.md)\n",
		first.ID, first.Severity, prose(books[0].Text("family."+first.Family)))
	for _, b := range books {
		e := &b.causes[i]
		fmt.Fprintf(&page, "\n## %s\n\n**%s**\n", b.name, prose(e.Title))
		for _, part := range e.Parts() {
			fmt.Fprintf(&page, "\n### %s\n\n%s\n", prose(b.Text(part.Heading)), prose(strings.TrimSpace(part.Text)))
		}
		for _, relation := range e.Relations() {
			fmt.Fprintf(&page, "\n### %s\n\n", prose(b.Text(relation.Heading)))
			for _, id := range relation.IDs {
				fmt.Fprintf(&page, "- [`%s`](%s.md) · %s\n", id, id, prose(b.titles[id]))
			}
		}
	}
	return page.String()
}

// span is a span of code, or a stretch of text without one.
var span = regexp.MustCompile("`[^`]*`|[^`]+")

// prose makes Markdown of a text of the catalogue: spans of code stay, and what Markdown or HTML would take for its own
// is escaped around them.
func prose(text string) string {
	return span.ReplaceAllStringFunc(text, func(part string) string {
		if strings.HasPrefix(part, "`") {
			return part
		}
		return strings.NewReplacer("&", "&amp;", "<", "&lt;", "*", `\*`, "[", `\[`).Replace(part)
	})
}

// cell is prose in a table, where a bar would end the cell even within code.
func cell(text string) string { return strings.ReplaceAll(prose(text), "|", `\|`) }

func TestProse(t *testing.T) {
	got := []string{prose("set <name> of `a <b> | [c]` & env[X], *now*"), cell("`a | b` or c|d")}
	want := []string{"set &lt;name> of `a <b> | [c]` &amp; env\\[X], \\*now\\*", "`a \\| b` or c\\|d"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Markdown (-want +got):\n%s", diff)
	}
}
