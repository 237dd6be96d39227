package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	render "github.com/yuin/goldmark/renderer/html"
	parser "golang.org/x/net/html"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// fragments are what means something in Markdown, in GitHub's or GitLab's dialect of it, or to a forge that looks at what was
// rendered.
func fragments() []string {
	return []string{
		"`", "``", "```", "````", "\\", "\\\\", "\\`", "`\\", "` `", "`` ` ``", "*", "**x**", "_x_", "__", "~~x~~", "~~~", "~~~sh", "```sh",
		"http://evil.example", "https://evil.example/a_b?c=d&e", "ftp://evil.example", "HTTP://EVIL.EXAMPLE", "mailto:a@evil.example", "xmpp:a@evil.example/b",
		"www.evil.example", "a@evil.example", "<https://evil.example>", "<a@evil.example>", "@name", "@org/team", "#12", "GH-12", "gh-12", "user/repo#1",
		"user@0123456789abcdef0123456789abcdef01234567", "0123456789abcdef0123456789abcdef01234567", "https://github.com/a/b/issues/1",
		"https://github.com/a/b/commit/0123456", "[^1]", "[^1]: note", "$x$", "$$x$$", "$`x`$", ":rocket:", ":+1:", ":100:", "- [ ] x", "[x]", "* [x] y",
		"|", "| a | b |", "| --- | --- |", "--- | ---", ":-:", "===", "---", "***", "<!-- x -->", "<!--", "-->", "<b>x</b>", "</details>", "<script>", "<img src=x onerror=y>",
		"&lt;", "&#96;", "&#x60;", "&amp", "&", "[x]: http://evil.example", "[x](javascript:y)", "![x](http://evil.example/p.png)", "[x][y]", "]", "[", "!", "(", ")",
		"[!NOTE]", "> quote", "> [!WARNING]", "  \nx", "\\\nx", "    x", "\tx", "# x", "## x", "- x", "+ x", "1. x", "12) x", ": x", "x:", "=", "-", "+", "#",
		"\u2028", "\u2029", "\u0085", "\v", "\f", "\x00", "\r", "\r\n", "\u00a0", "\u3000", "\u200b", "\u202e", "\x1b[31m", "\xff", "\ufeff", "\ufdd0", "\ufdd1",
		"\u4e2d\u6587", "\uff0c", "\U0001F469\u200d\U0001F467", "!12", "%3", "&4", "~bug", "{+x+}", "[-x-]", "PROJ-7", "x", " ", "\n", "'", "\"", "text", "%{x}", "{{.}}", "--", "...",
	}
}

// github renders Markdown as GitHub does: with its tables, links made of bare URLs, footnotes, and HTML, which it filters later.
func github() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Linkify, extension.Footnote, extension.DefinitionList), goldmark.WithRendererOptions(render.WithUnsafe()),
	)
}

// pageOf renders a document: its elements, in order, but for code in a line; its text; and its text outside of code.
func pageOf(t *testing.T, forge goldmark.Markdown, markdown string) (elements, text, bare string) {
	t.Helper()
	var page bytes.Buffer
	if err := forge.Convert([]byte(markdown), &page); err != nil {
		t.Fatal(err)
	}
	root, err := parser.Parse(&page)
	if err != nil {
		t.Fatal(err)
	}
	var seen, all, outside strings.Builder
	for node := range root.Descendants() {
		switch node.Type {
		case parser.ElementNode:
			if node.Data != "code" || node.Parent.Data == "pre" {
				seen.WriteString(node.Data + " ")
			}
		case parser.TextNode:
			all.WriteString(node.Data)
			if node.Parent.Data != "code" {
				outside.WriteString(node.Data)
			} else {
				outside.WriteString("\x01") // Something stands there.
			}
		case parser.CommentNode:
			seen.WriteString("comment ")
		}
	}
	return strings.TrimPrefix(strings.TrimSpace(seen.String()), "html head body "), strings.TrimSpace(all.String()), outside.String()
}

// live are what GitHub makes something of in what was rendered, outside of code. They are written after its documentation
// (docs.github.com, "Autolinked references and URLs", "Basic writing and formatting syntax", "Writing mathematical expressions").
var live = []*regexp.Regexp{
	regexp.MustCompile(`(?i)(?:https?|ftp)://`), regexp.MustCompile(`(?i)\bwww\.`), regexp.MustCompile(`(?i)\b(?:mailto|xmpp):\S`),
	regexp.MustCompile(`[\w.+-]+@[\w-]`), regexp.MustCompile(`(?:^|[^\w])@[A-Za-z0-9]`), regexp.MustCompile(`#\d`), regexp.MustCompile(`(?i)\bGH-\d`),
	regexp.MustCompile(`\b[0-9a-f]{40}\b`), regexp.MustCompile(`@[0-9a-f]{7}`), regexp.MustCompile(`:[a-z0-9+_-]*[a-z+_-][a-z0-9+_-]*:`), regexp.MustCompile(`:100:`),
	regexp.MustCompile(`\$[^\s\x01]`), regexp.MustCompile(`\$\x01`),
}

// forms are the ways in which a text comes into a document: what is written, and the elements and the text that must come of
// it. TEXT stands for the text.
func forms(text string) map[string][3]string {
	marked := message.Marked(message.Args{"X": strings.Trim(text, " \t\n")}, func(args message.Args) string { return "Set `own` to " + args["X"].(string) + ", `own2`." })
	return map[string][3]string{
		"paragraph": {"x\n\n" + inline(text) + "\n\nx", "p p p", "x\nTEXT\nx"},
		"heading":   {"## x " + inline(text), "h2", "x TEXT"},
		"item":      {"- " + inline(text), "ul li", "TEXT"},
		"note":      {"> **x** (y): " + inline(text), "blockquote p strong", "x (y): TEXT"},
		"bold":      {"**" + inline("x "+text+" x") + "**", "p strong", "x TEXT x"},
		"two lines": {"x  \n" + inline(text) + "\n\nx", "p br p", "x\nTEXT\nx"},
		"beside":    {"*x* " + inline(text) + " " + code("y"), "p em", "x TEXT y"},
		"said":      {said(marked), "p", "Set own to TEXT, own2."},
		"in code":   {"x " + code("y "+text+" y") + " x", "p", "x y TEXT y x"},
		"row":       {"| x | y |\n| --- | --- |\n| " + cell(inline(text)) + " | " + cell(code("y "+text)) + " |", "table thead tr th th tbody tr td td", ""},
		"summary":   {"<details><summary>x " + escapeHTML(text) + "</summary>\n\nx\n\n</details>", "details summary p", "x TEXT\n\nx"},
	}
}

// holds checks that a text is a text in every form.
func holds(t *testing.T, forge goldmark.Markdown, text string) {
	t.Helper()
	shown := strings.Join(strings.FieldsFunc(report.Escape(text), func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }), " ")
	if strings.Trim(shown, " \u00a0\u3000") == "" { // An empty item is none.
		return
	}
	for name, form := range forms(text) {
		elements, got, bare := pageOf(t, forge, form[0])
		if elements != form[1] {
			t.Errorf("%s: %q makes <%s> of\n%s", name, text, elements, form[0])
		}
		want := strings.TrimSpace(strings.ReplaceAll(form[2], "TEXT", shown))
		if form[2] != "" && squeezed(got) != squeezed(want) {
			t.Errorf("%s: %q is shown as %q, want %q, of\n%s", name, text, got, want, form[0])
		}
		for _, pattern := range live {
			if found := pattern.FindString(bare); found != "" {
				t.Errorf("%s: %q is live in %q: %q, of\n%s", name, text, bare, found, form[0])
			}
		}
	}
	elements, got, _ := pageOf(t, forge, fence("text", []string{text, text}))
	if want := report.Escape(text + "\n" + text); elements != "pre code" || strings.TrimSpace(got) != strings.TrimSpace(want) {
		t.Errorf("a fence: %q makes <%s> with %q, want %q", text, elements, got, want)
	}
}

// squeezed brings white space of ASCII to one space, as a browser shows it.
func squeezed(text string) string { return strings.Trim(blanks.ReplaceAllString(text, " "), " ") }

// TestTextStaysText: whatever a text is made of, a reader sees it, and it is nothing else.
func TestTextStaysText(t *testing.T) {
	all, forge := fragments(), github()
	for i, one := range all {
		holds(t, forge, one)
		for j, other := range all {
			if (i*5+j)%7 > 0 { // Of all pairs a part, for time; FuzzMarkdown has the rest.
				continue
			}
			holds(t, forge, one+[]string{"", " ", "\n", "`", "\\", "x"}[(i+j)%6]+other)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, fragment := range fragments() {
		f.Add(fragment, "x")
	}
	f.Add("`", "``x``\\`[a](http://evil.example)`<b>")
	forge := github()
	f.Fuzz(func(t *testing.T, one, other string) {
		holds(t, forge, one)
		holds(t, forge, one+other)
	})
}

// pasted is a command with a text in it. One that the maker of commands refuses is told in a sentence of podkit's own.
func pasted(text string) shellword.Command {
	command := shellword.New("kubectl exec -- %s", text)
	if _, refusal := command.Line(); refusal != "" {
		return shellword.New("kubectl exec -- x")
	}
	return command
}

// recorded is a record in which every string is a text.
func recorded(t *testing.T, text string) string {
	t.Helper()
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	record := NewRecord(messages, func() time.Time { return time.Unix(0, 0) })
	record.Opening(text, text, text)
	conclusion := report.Conclusion{Verdict: text, Cause: text, Remedies: []report.Command{{Note: text, Command: pasted(text)}, {Note: text}}}
	record.Found(conclusion)
	record.Say(text)
	record.Note(text)
	command := []report.Command{{Note: text, Command: pasted(text)}, {Command: pasted(text)}}
	record.Plan(text, report.Plan{Touches: text, Commands: command, Rights: []string{text}})
	for _, step := range []report.Step{{Skipped: text}, {Failure: text}} {
		step.Number, step.Total, step.Title, step.Purpose, step.LeftOut = 1, 2, text, text, text
		step.Commands, step.Output, step.Meaning = command, []string{text, text}, []string{text, text}
		record.Step(step)
	}
	record.Closing(text, []report.Ending{{Number: 1, Title: text, Status: "debug.status.done", Good: true}}, []string{text})
	record.Remedies(conclusion)
	return record.Text(nil)
}

// TestRecordsHaveNoOtherParts: a record of attacks has the elements of one of words, and nothing in it is live.
func TestRecordsHaveNoOtherParts(t *testing.T) {
	forge := github()
	want, _, _ := pageOf(t, forge, recorded(t, "words"))
	if !strings.Contains(want, "h1 p em p") || !strings.Contains(want, "blockquote p strong") || !strings.Contains(want, "pre code") {
		t.Fatalf("a record is made of %s", want)
	}
	for _, fragment := range fragments() {
		if strings.TrimSpace(line(fragment)) == "" {
			continue
		}
		elements, _, bare := pageOf(t, forge, recorded(t, fragment))
		if elements != want {
			t.Errorf("%q makes\n%s, want\n%s", fragment, elements, want)
		}
		for _, pattern := range live {
			if found := pattern.FindString(bare); found != "" {
				t.Errorf("%q is live: %q", fragment, found)
			}
		}
	}
}
