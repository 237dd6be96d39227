package press_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	parser "golang.org/x/net/html"

	"github.com/kubectl-podkit/podkit/pkg/internal/specimen"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/report/press"
)

// FuzzFormats: whatever a cluster says in all of its fields at once, every renderer ends, writes its own format and nothing
// that acts on its reader.
func FuzzFormats(f *testing.F) {
	for _, seed := range append(specimen.Attacks(), "", "a\xe4\xbd", strings.Repeat("`", 70), "|\\|`|\n", "\\", "&#x1b;", "] \u2028(x)") {
		f.Add(seed)
	}
	p := newPress(f)
	f.Fuzz(func(t *testing.T, text string) {
		found := specimen.Saying(t, text)
		written := map[press.Format]string{}
		for _, format := range press.Formats() {
			var out bytes.Buffer
			if err := p.Print(&out, format, press.Copy{Found: found}); err != nil {
				t.Fatalf("%s of %q: %v", format, text, err)
			}
			written[format] = out.String()
		}
		var shown bytes.Buffer
		for _, width := range []int{40, 80} {
			page := report.NewPage(&shown, p.Messages, report.Terminal{Width: width})
			page.Diagnosis(found, report.DiagnosisView{Kubectl: "kubectl", Verbose: true})
			if err := page.Err(); err != nil {
				t.Fatal(err)
			}
		}
		checkText(t, "the text", shown.String())
		checkText(t, "Markdown", written[press.Markdown])
		checkText(t, "HTML", written[press.HTML])
		var rendered bytes.Buffer
		github := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
		if err := github.Convert([]byte(written[press.Markdown]), &rendered); err != nil {
			t.Fatal(err)
		}
		checkPage(t, "Markdown", rendered.String(), "a")
		checkPage(t, "HTML", written[press.HTML], "")
		if !json.Valid([]byte(written[press.SARIF])) {
			t.Errorf("SARIF of %q is no JSON", text)
		}
		checkXML(t, written[press.JUnit])
	})
}

// checkText looks for what acts on a terminal, or reverses what is read.
func checkText(t *testing.T, format, text string) {
	t.Helper()
	for _, r := range text {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			t.Fatalf("%s has the character %U", format, r)
		}
	}
}

// active are the elements that load or do something.
var active = strings.Fields("script img iframe object embed form input button link base video audio frame template noscript textarea select plaintext xmp")

// checkPage looks for what loads, leads elsewhere or runs; also is one more element that the page may not have.
func checkPage(t *testing.T, format, page, also string) {
	t.Helper()
	root, err := parser.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for node := range root.Descendants() {
		if node.Type != parser.ElementNode {
			continue
		}
		if slices.Contains(active, node.Data) || node.Data == also {
			t.Errorf("%s has an element <%s>", format, node.Data)
		}
		for _, a := range node.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
				t.Errorf("%s has <%s %s=%q>", format, node.Data, a.Key, a.Val)
			}
		}
	}
}

// checkXML looks whether a text is well-formed and has nothing but elements and texts.
func checkXML(t *testing.T, text string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("JUnit: %v", err)
		}
		if _, isComment := token.(xml.Comment); isComment {
			t.Errorf("JUnit has a comment: %s", token)
		}
	}
}
