package markdown_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	gfm "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	parser "golang.org/x/net/html"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/internal/specimen"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/dossier"
	"github.com/kubectl-podkit/podkit/pkg/report/markdown"
)

func written(t *testing.T, found *diagnosis.Diagnosis, language message.Language) string {
	t.Helper()
	messages, err := message.NewCatalog(language)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := markdown.Write(&out, dossier.Builder{Messages: messages, Kubectl: "kubectl", Tool: "podkit v1.2.3"}.Build(found)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestMarkdown(t *testing.T) {
	for _, language := range message.Languages() {
		golden.Equal(t, "incident-"+string(language)+".md", written(t, specimen.Incident(t), language))
	}
}

// github reads Markdown as GitHub does: with its tables and with links made of bare URLs.
func github() goldmark.Markdown {
	return goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
}

// count counts the nodes of a document by kind.
func count(t *testing.T, source string) map[ast.NodeKind]int {
	t.Helper()
	kinds := map[ast.NodeKind]int{}
	err := ast.Walk(github().Parser().Parse(text.NewReader([]byte(source))), func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			kinds[node.Kind()]++
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return kinds
}

// TestNothingBreaksOut: of a hostile cluster a document is made that has the parts of a peaceful one and no others.
func TestNothingBreaksOut(t *testing.T) {
	for _, language := range message.Languages() {
		source := written(t, specimen.Hostile(t), language)
		kinds := count(t, source)
		for _, kind := range []ast.NodeKind{ast.KindLink, ast.KindAutoLink, ast.KindImage, ast.KindRawHTML, ast.KindThematicBreak, ast.KindCodeBlock, ast.KindBlockquote, gfm.KindStrikethrough, gfm.KindTaskCheckBox} {
			if kinds[kind] > 0 {
				t.Errorf("%s: %d of %s", language, kinds[kind], kind)
			}
		}
		// A title, one cause, and what could not be read.
		if kinds[ast.KindHeading] != 3 || kinds[gfm.KindTable] != 2 {
			t.Errorf("%s: %d headings, %d tables", language, kinds[ast.KindHeading], kinds[gfm.KindTable])
		}
		// About the cause, two logs, and the timeline, each with a tag before and one behind.
		if kinds[ast.KindHTMLBlock] != 2*strings.Count(source, "\n<details><summary>") || kinds[ast.KindHTMLBlock] < 6 {
			t.Errorf("%s: %d blocks of HTML", language, kinds[ast.KindHTMLBlock])
		}
		for _, r := range source {
			if unicode.IsControl(r) && r != '\n' && r != '\t' || r >= 0x202a && r <= 0x202e {
				t.Fatalf("%s: the character %U", language, r)
			}
		}
	}
}

// TestRenderedHTML: as a page it has no element but those that Markdown's own signs and <details> make, and what a forge makes
// links and mentions of stands in code.
func TestRenderedHTML(t *testing.T) {
	var page bytes.Buffer
	if err := github().Convert([]byte(written(t, specimen.Hostile(t), message.English)), &page); err != nil {
		t.Fatal(err)
	}
	root, err := parser.Parse(&page)
	if err != nil {
		t.Fatal(err)
	}
	allowed := strings.Fields("html head body h1 h2 p strong em br code pre ul li table thead tbody tr th td details summary")
	for node := range root.Descendants() {
		if node.Type == parser.ElementNode && !slices.Contains(allowed, node.Data) {
			t.Errorf("an element <%s>", node.Data)
		}
		if node.Type == parser.TextNode && node.Parent.Data != "code" && node.Parent.Data != "summary" {
			for _, active := range []string{"@everyone", "https://evil", "www.evil", "mail@evil", " #1", "GH-1", " !1"} {
				if strings.Contains(node.Data, active) {
					t.Errorf("%s stands in <%s>: %.200s", active, node.Parent.Data, node.Data)
				}
			}
		}
	}
}

// TestAttacksAreShown: what was neutralised is there to be read.
func TestAttacksAreShown(t *testing.T) {
	var page bytes.Buffer
	if err := github().Convert([]byte(written(t, specimen.Hostile(t), message.English)), &page); err != nil {
		t.Fatal(err)
	}
	root, err := parser.Parse(&page)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for node := range root.Descendants() {
		if node.Type == parser.TextNode {
			all.WriteString(node.Data)
		}
	}
	for _, attack := range []string{`<script>alert(1)</script>`, `](javascript:alert(1))`, "</details>", "]]>", "{{.}}", "| a | b |"} {
		if !strings.Contains(all.String(), attack) {
			t.Errorf("%s is not to be read", attack)
		}
	}
}
