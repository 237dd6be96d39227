package report_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/report"
)

// oddities are texts that a format or a terminal may trip over.
func oddities() []string {
	odd := []string{
		"", " ", "\n", "a\n b\n\n", "\t", "- a", "yes", "1e3", "0x1f", "null", "~", "a: b", "# c", "'", `"`, `\x80`, `\u200b`, "\u4f60\u597d\U0001F600",
		"\U0001F469\u200d\U0001F467 \u0645\u200c\u0645", strings.Repeat("long \u200b words ", 40), "a\r\nb", "two\nlines\u202e\n", "{\u0007}", "\xff\x9b",
	}
	for _, r := range "\x00\a\b\x1b\x7f\u0080\u0085\u009b\u00a0\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u2028\u2029\u202e\u2060\u2066\ufdd0\ufe0f\ufeff\ufff9\ufffd\ufffe\uffff\U000e0041\U0001fffe\U0010ffff" {
		odd = append(odd, string(r), "a"+string(r)+"b", "a\n"+string(r)+"b", "- "+string(r)+": #")
	}
	return odd
}

// beginsLine matches what kubectl's KYAML (sigs.k8s.io/yaml v1.6.0, appendEscapedRune) does not bring back.
var beginsLine = regexp.MustCompile("\n[\u0085\u00a0\u2028\u2029]")

// odd is an object that holds all oddities that a format can tell, as values and as keys.
func odd(output string) *unstructured.Unstructured {
	annotations := map[string]any{}
	for _, text := range oddities() {
		if output == "kyaml" && beginsLine.MatchString(text) {
			continue
		}
		text = strings.ToValidUTF8(text, "\uFFFD")
		annotations["k"+text] = text
	}
	return &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "v1", "kind": "Pod", "metadata": map[string]any{"name": "odd", "annotations": annotations},
		"spec": map[string]any{"count": int64(9007199254740993), "part": 0.5, "list": []any{"a", "b\u0080", map[string]any{"c": nil, "d": true}}},
	}}
}

// isAllSeen fails on what a terminal does not show.
func isAllSeen(t *testing.T, output, text string) {
	t.Helper()
	if at := strings.IndexFunc(text, unseen); at >= 0 {
		t.Errorf("-o %s shows %q to a terminal", output, text[max(at-20, 0):at+4])
	}
	if report.Escape(text) != text {
		t.Errorf("-o %s is not neutral", output)
	}
}

// TestDocumentsAreTheSameOnATerminal: what JSON and YAML say can be read back, from a file and from a terminal's screen, and on
// the screen all of it is seen.
func TestDocumentsAreTheSameOnATerminal(t *testing.T) {
	for _, output := range []string{"json", "yaml", "YAML", "kyaml"} {
		want, err := json.Marshal(odd(output))
		if err != nil {
			t.Fatal(err)
		}
		for _, piped := range []bool{true, false} {
			printer, _, err := report.Printer(printFlags(output, ""), report.Terminal{Piped: piped})
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := printer.PrintObj(odd(output), &out); err != nil {
				t.Errorf("-o %s, piped %v: %v", output, piped, err)
				continue
			}
			got := out.Bytes()
			if output != "json" {
				if got, err = yaml.YAMLToJSON(got); err != nil {
					t.Errorf("-o %s, piped %v cannot be read back: %v", output, piped, err)
					continue
				}
			}
			read := &unstructured.Unstructured{}
			if err := read.UnmarshalJSON(got); err != nil {
				t.Errorf("-o %s, piped %v cannot be read back: %v", output, piped, err)
				continue
			}
			back, err := json.Marshal(read)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(back)); diff != "" {
				t.Errorf("-o %s, piped %v came back as another (-want +got):\n%s", output, piped, diff)
			}
			if !piped {
				isAllSeen(t, output, out.String())
			}
		}
	}
}

// TestPipesAreExact: a file and a pipe get what kubectl would print, a terminal what can be shown.
func TestPipesAreExact(t *testing.T) {
	object := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "v1", "kind": "Pod", "metadata": map[string]any{"name": "a", "annotations": map[string]any{"x": "b\u202ec\u0080\x1b[2Jd\U000e0041"}},
	}}
	for _, test := range []struct{ output, template, piped, shown string }{
		{"jsonpath={.metadata.annotations.x}", "", "b\u202ec\u0080\x1b[2Jd\U000e0041", "b<U+202E>c<U+0080>^[[2Jd<U+E0041>"},
		{"go-template", "{{.metadata.annotations.x}}", "b\u202ec\u0080\x1b[2Jd\U000e0041", "b<U+202E>c<U+0080>^[[2Jd<U+E0041>"},
		{"jsonpath-as-json={.metadata.annotations.x}", "", "[\n    \"b\u202ec\u0080\\u001b[2Jd\U000e0041\"\n]\n", "[\n    \"b\\u202ec\\u0080\\u001b[2Jd\\udb40\\udc41\"\n]\n"},
		{"name", "", "pod/a\n", "pod/a\n"},
	} {
		for piped, want := range map[bool]string{true: test.piped, false: test.shown} {
			printer, _, err := report.Printer(printFlags(test.output, test.template), report.Terminal{Piped: piped})
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := printer.PrintObj(object, &out); err != nil {
				t.Fatal(err)
			}
			if out.String() != want {
				t.Errorf("-o %s, piped %v: got %q, want %q", test.output, piped, out.String(), want)
			}
		}
	}
}

// TestSeveralDocuments: a watch prints one object after the other.
func TestSeveralDocuments(t *testing.T) {
	printer, _, err := report.Printer(printFlags("yaml", ""), report.Terminal{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for range 2 {
		if err := printer.PrintObj(&unstructured.Unstructured{Object: map[string]any{"apiVersion": "v1", "kind": "Pod"}}, &out); err != nil {
			t.Fatal(err)
		}
	}
	if want := "apiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: Pod\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

// TestWrittenValues: what commands print without kubectl's printers.
func TestWrittenValues(t *testing.T) {
	values := map[string][]string{"texts": {}}
	for _, text := range oddities() {
		values["texts"] = append(values["texts"], strings.ToValidUTF8(text, "\uFFFD"))
	}
	for _, piped := range []bool{true, false} {
		var asJSON, asYAML bytes.Buffer
		if err := report.WriteJSON(&asJSON, values, report.Terminal{Piped: piped}); err != nil {
			t.Fatal(err)
		}
		if err := report.WriteYAML(&asYAML, values, report.Terminal{Piped: piped}); err != nil {
			t.Fatal(err)
		}
		for format, text := range map[string]string{"json": asJSON.String(), "yaml": asYAML.String()} {
			if !piped {
				isAllSeen(t, format, text)
			}
			var back map[string][]string
			err := json.Unmarshal([]byte(text), &back)
			if format == "yaml" {
				err = yaml.Unmarshal([]byte(text), &back)
			}
			if diff := cmp.Diff(values, back); diff != "" || err != nil {
				t.Errorf("%s, piped %v: %v, (-want +got):\n%s", format, piped, err, diff)
			}
		}
	}
}
