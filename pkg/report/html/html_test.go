package html_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"unicode"

	parser "golang.org/x/net/html"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/internal/specimen"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/dossier"
	"github.com/kubectl-podkit/podkit/pkg/report/html"
)

func page(t *testing.T, found *diagnosis.Diagnosis, language message.Language) string {
	t.Helper()
	messages, err := message.NewCatalog(language)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := html.Write(&out, dossier.Builder{Messages: messages, Kubectl: "kubectl", Tool: "podkit v1.2.3"}.Build(found)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// elements parses a page and returns its elements in their order.
func elements(t *testing.T, text string) []*parser.Node {
	t.Helper()
	root, err := parser.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var found []*parser.Node
	for node := range root.Descendants() {
		if node.Type == parser.ElementNode {
			found = append(found, node)
		}
		if node.Type == parser.CommentNode {
			t.Errorf("a comment: %q", node.Data)
		}
	}
	return found
}

func attribute(node *parser.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func text(node *parser.Node) string {
	var all strings.Builder
	for child := range node.Descendants() {
		if child.Type == parser.TextNode {
			all.WriteString(child.Data)
		}
	}
	return all.String()
}

func TestPage(t *testing.T) {
	for _, language := range message.Languages() {
		golden.Equal(t, "incident-"+string(language)+".html", page(t, specimen.Incident(t), language))
	}
}

// allowed are the elements of the template. Whatever else is in a page has broken out of a text.
var allowed = strings.Fields(`html head meta title style body header p b h1 svg rect ul li span time nav h2 ol a code main article h3
	figure path g circle text tspan dl div dt dd pre details summary table thead tr th tbody td small section footer mark line figcaption`)

func TestNothingBreaksOut(t *testing.T) {
	for _, language := range message.Languages() {
		written := page(t, specimen.Hostile(t), language)
		styles := 0
		for _, node := range elements(t, written) {
			if !slices.Contains(allowed, node.Data) {
				t.Errorf("%s: an element <%s>", language, node.Data)
			}
			if node.Data == "style" {
				styles++
			}
			for _, a := range node.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "style" || a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
					t.Errorf("%s: <%s %s=%q>", language, node.Data, a.Key, a.Val)
				}
			}
		}
		if styles != 1 {
			t.Errorf("%s: %d style sheets", language, styles)
		}
		for _, r := range written {
			if unicode.IsControl(r) && r != '\n' && r != '\t' || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
				t.Fatalf("%s: the character %U", language, r)
			}
		}
		if len(written) > 2<<20 {
			t.Errorf("%s: a page of %d bytes", language, len(written))
		}
	}
}

// TestAttacksAreShown: what was neutralised is there to be read, as text.
func TestAttacksAreShown(t *testing.T) {
	all := text(elements(t, page(t, specimen.Hostile(t), message.English))[0])
	for _, attack := range []string{`<script>alert(1)</script>`, `](javascript:alert(1))`, "</details>", "]]>", "{{.}}", "</style><style>"} {
		if !strings.Contains(all, attack) {
			t.Errorf("%s is not to be read", attack)
		}
	}
}

// TestPolicy: the page allows its own style sheet, by its hash, and nothing else.
func TestPolicy(t *testing.T) {
	var policy, style string
	for _, node := range elements(t, page(t, specimen.Incident(t), message.English)) {
		if attribute(node, "http-equiv") == "Content-Security-Policy" {
			policy = attribute(node, "content")
		}
		if node.Data == "style" {
			style = text(node)
		}
	}
	sum := sha256.Sum256([]byte(style))
	want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	if policy != want {
		t.Errorf("the policy is %s, want %s", policy, want)
	}
	if strings.Contains(style, "url(") || strings.Contains(style, "@import") {
		t.Error("the style sheet loads something")
	}
}

// TestStructure: what a screen reader goes by.
func TestStructure(t *testing.T) {
	for _, found := range []*diagnosis.Diagnosis{specimen.Incident(t), specimen.Hostile(t)} {
		for _, language := range message.Languages() {
			checkStructure(t, elements(t, page(t, found, language)), string(language))
		}
	}
}

func checkStructure(t *testing.T, all []*parser.Node, language string) {
	t.Helper()
	ids := map[string]bool{}
	level := 0
	for _, node := range all {
		if id := attribute(node, "id"); id != "" {
			if ids[id] {
				t.Errorf("two elements with the id %s", id)
			}
			ids[id] = true
		}
		if node.Data == "html" && attribute(node, "lang") != language {
			t.Errorf("the language is %s", attribute(node, "lang"))
		}
		if len(node.Data) == 2 && node.Data[0] == 'h' && node.Data != "hr" {
			next := int(node.Data[1] - '0')
			if next > level+1 || next == 1 && level > 0 {
				t.Errorf("a heading of level %d behind one of %d: %s", next, level, text(node))
			}
			level = next
		}
		if node.Data == "svg" && attribute(node, "role") == "img" && attribute(node, "aria-label") == "" {
			t.Error("a picture without words")
		}
		if strings.Contains(text(node), "<no value>") {
			t.Errorf("an argument is missing in <%s>", node.Data)
		}
	}
	for _, node := range all {
		for _, name := range strings.Fields(attribute(node, "aria-labelledby") + " " + strings.TrimPrefix(attribute(node, "href"), "#")) {
			if !ids[name] {
				t.Errorf("<%s> points to %s, which is not there", node.Data, name)
			}
		}
	}
}

// TestRedactionsAreMarked: a placeholder is told apart from the text around it, and counted.
func TestRedactionsAreMarked(t *testing.T) {
	marked := 0
	for _, node := range elements(t, page(t, specimen.Incident(t), message.English)) {
		if node.Data == "mark" && text(node) == "‹redacted:password:3f2a9c›" {
			marked++
		}
	}
	if marked == 0 {
		t.Error("the placeholder in the log is not marked")
	}
}
