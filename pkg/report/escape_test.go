package report_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/kubectl-podkit/podkit/pkg/report"
)

func TestEscape(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"plain":                    {"hello, 你好 \U0001F600", "hello, 你好 \U0001F600"},
		"tab and newline are kept": {"a\tb\nc\n", "a\tb\nc\n"},
		"colour":                   {"\x1b[31mred\x1b[0m", "^[[31mred^[[0m"},
		"title of the window":      {"\x1b]0;pwned\a", "^[]0;pwned\uFFFD"},
		"carriage return":          {"100%\rfake", `100%\rfake`},
		"Windows' line end":        {"a\r\nb", "a\\r\nb"},
		"bell, backspace, delete":  {"a\a\bb\x7f", "a\uFFFD\uFFFDb\uFFFD"},
		"form feed, zero":          {"a\fb\x00", "a\uFFFDb\uFFFD"},
		"C1 as a rune":             {"a\u009b2Jb\u0085", "a\uFFFD2Jb\uFFFD"},
		"C1 as a byte":             {"a\x9b2Jb", "a\uFFFD2Jb"},
		"broken UTF-8":             {"a\xe4\xbd", "a\uFFFD\uFFFD"},
		"a direction overridden":   {"a\u202egnp.exe\u2066b\u2069", "a\uFFFDgnp.exe\uFFFDb\uFFFD"},
		"a mark of direction":      {"a\u200fb", "a\u200fb"},
		"no-break space stays":     {"a\u00a0b", "a\u00a0b"},
	}
	for name, test := range tests {
		if got := report.Escape(test.text); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
		if got := report.Escape(test.want); got != test.want {
			t.Errorf("%s: escaped twice it is %q, not %q", name, got, test.want)
		}
	}
}

// complete returns the text without the beginning of a rune with which it may break off.
func complete(text string) string {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if last := text[len(text)-n:]; utf8.RuneStart(last[0]) && !utf8.FullRuneInString(last) {
			return text[:len(text)-n]
		}
	}
	return text
}

func FuzzEscape(f *testing.F) {
	for _, seed := range []string{"", "plain\n", "\x1b[31mred", "你好\u009b", "\xe4\xbd\xa0\xe4\xbd", "\r\n\x80\xff\xf0\x9f\x98\x80", "\xf0\x9f\x98"} {
		f.Add(seed, 1)
		f.Add(seed, 2)
	}
	f.Fuzz(func(t *testing.T, text string, step int) {
		whole := report.Escape(text)
		for _, r := range whole {
			if unicode.IsControl(r) && r != '\t' && r != '\n' {
				t.Fatalf("%q became %q, which has the control character %U", text, whole, r)
			}
		}
		if !utf8.ValidString(whole) {
			t.Fatalf("%q became %q, which is not UTF-8", text, whole)
		}
		if strings.Count(whole, "\n") != strings.Count(text, "\n") {
			t.Fatalf("%q became %q, which has other lines", text, whole)
		}
		if step <= 0 {
			step = 1
		}
		var out bytes.Buffer
		writer := report.NewEscaper(&out)
		for at := 0; at < len(text); at += step {
			part := []byte(text[at:min(at+step, len(text))])
			before := string(part)
			if n, err := writer.Write(part); n != len(part) || err != nil {
				t.Fatalf("wrote %d of %d bytes, %v", n, len(part), err)
			}
			if string(part) != before {
				t.Fatalf("the writer changed its caller's bytes %q to %q", before, part)
			}
		}
		if want := report.Escape(complete(text)); out.String() != want {
			t.Fatalf("%q in steps of %d gave %q, want %q", text, step, out.String(), want)
		}
	})
}

func TestEscaperTellsErrors(t *testing.T) {
	if n, err := report.NewEscaper(broken{}).Write([]byte("x")); n != 0 || !errors.Is(err, errBroken) {
		t.Errorf("got %d, %v; want the writer's error", n, err)
	}
}
