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
		"title of the window":      {"\x1b]0;pwned\a", "^[]0;pwned<U+0007>"},
		"carriage return":          {"100%\rfake", `100%\rfake`},
		"Windows' line end":        {"a\r\nb", "a\\r\nb"},
		"bell, backspace, delete":  {"a\a\bb\x7f", "a<U+0007><U+0008>b<U+007F>"},
		"form feed, zero":          {"a\fb\x00", "a<U+000C>b<U+0000>"},
		"C1 as a rune":             {"a\u009b2Jb\u0085", "a<U+009B>2Jb<U+0085>"},
		"C1 as a byte":             {"a\x9b2Jb", "a<9B>2Jb"},
		"broken UTF-8":             {"a\xe4\xbd", "a<E4><BD>"},
		"the sign for broken text": {"a\uFFFDb", "a\uFFFDb"},
		"a direction overridden":   {"a\u202egnp.exe\u2066b\u2069", "a<U+202E>gnp.exe<U+2066>b<U+2069>"},
		"marks of direction":       {"a\u200eb\u200fc\u061cd", "a<U+200E>b<U+200F>c<U+061C>d"},
		"of no width":              {"a\u200bb\u2060c\ufeffd\u00ade\u180ef\u2064g\u034fh\u3164i", "a<U+200B>b<U+2060>c<U+FEFF>d<U+00AD>e<U+180E>f<U+2064>g<U+034F>h<U+3164>i"},
		"line ends of others":      {"a\u2028b\u2029c\vd", "a<U+2028>b<U+2029>c<U+000B>d"},
		"annotations":              {"\ufff9a\ufffab\ufffb", "<U+FFF9>a<U+FFFA>b<U+FFFB>"},
		"tags":                     {"a\U000e0041\U000e007f", "a<U+E0041><U+E007F>"},
		"hidden in variations":     {"\U0001F600\ufe0f\U000e0141\ufe00", "\U0001F600\ufe0f<U+E0141><U+FE00>"},
		"no characters":            {"a\ufffe\ufdd0\U0010ffff", "a<U+FFFE><U+FDD0><U+10FFFF>"},
		"joiners among letters":    {"a\u200cb\u200dc", "a<U+200C>b<U+200D>c"},
		"joiners at the ends":      {"\u200da\u200c", "<U+200D>a<U+200C>"},
		"joiners among Chinese":    {"\u4f60\u200d\u597d\ufe0f", "\u4f60<U+200D>\u597d<U+FE0F>"},
		"two joiners":              {"\u0645\u200c\u200c\u0645", "\u0645<U+200C><U+200C>\u0645"},
		"Persian":                  {"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"},
		"Persian with a vowel":     {"\u0645\u064e\u200c\u062e", "\u0645\u064e\u200c\u062e"},
		"Hindi":                    {"\u0915\u094d\u200d\u0937 \u0915\u094d\u200c\u0937", "\u0915\u094d\u200d\u0937 \u0915\u094d\u200c\u0937"},
		"Bengali, before a virama": {"\u09b0\u200d\u09cd\u09af", "\u09b0\u200d\u09cd\u09af"},
		"Malayalam, at the end":    {"\u0d28\u0d4d\u200d ", "\u0d28\u0d4d\u200d "},
		"a family":                 {"\U0001F469\u200d\U0001F469\U0001F3FD\u200d\U0001F467", "\U0001F469\u200d\U0001F469\U0001F3FD\u200d\U0001F467"},
		"a flag of several parts":  {"\U0001F3F3\ufe0f\u200d\U0001F308", "\U0001F3F3\ufe0f\u200d\U0001F308"},
		"a heart, a key":           {"\u2764\ufe0f 1\ufe0f\u20e3 \u2764\ufe0e", "\u2764\ufe0f 1\ufe0f\u20e3 \u2764\ufe0e"},
		"a picture joins no text":  {"\U0001F469\u200dx 1\ufe0f2", "\U0001F469<U+200D>x 1<U+FE0F>2"},
		"scripts":                  {"\u05e9\u05c1\u05dc\u05d5\u05dd e\u0301 \u0e44\u0e17\u0e22 \ud55c\uae00 \u0600\u0661", "\u05e9\u05c1\u05dc\u05d5\u05dd e\u0301 \u0e44\u0e17\u0e22 \ud55c\uae00 \u0600\u0661"},
		"Mongolian":                {"\u182d\u180b a\u180b", "\u182d\u180b a<U+180B>"},
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

// complete returns the text without what a stream holds back: the beginning of a rune, a joiner before it.
func complete(text string) string {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if last := text[len(text)-n:]; utf8.RuneStart(last[0]) && !utf8.FullRuneInString(last) {
			text = text[:len(text)-n]
			break
		}
	}
	if last, size := utf8.DecodeLastRuneInString(text); strings.ContainsRune("\u200c\u200d\ufe0e\ufe0f", last) {
		return text[:len(text)-size]
	}
	return text
}

// unseen are what may stand in no text that is shown, wherever it is; what may in its place is in the table above.
func unseen(r rune) bool {
	if strings.ContainsRune("\t\n\u200c\u200d\ufe0e\ufe0f\u180b\u180c\u180d\u180f", r) {
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Variation_Selector) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// TestEveryCharacterIsSeen: no two texts that differ in a character look alike for its sake, and none of no width is left
// among letters.
func TestEveryCharacterIsSeen(t *testing.T) {
	shown := map[string]rune{}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r >= 0xd800 && r < 0xe000 {
			continue
		}
		got := report.Escape("a" + string(r) + "b")
		if got == "a"+string(r)+"b" {
			if unseen(r) || r == 0x200c || r == 0x200d {
				t.Errorf("%U is shown as it is", r)
			}
			continue
		}
		if other, taken := shown[got]; taken {
			t.Fatalf("%U and %U are both shown as %q", other, r, got)
		}
		shown[got] = r
		if strings.ContainsFunc(got, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("%U is shown as %q", r, got)
		}
	}
}

func FuzzEscape(f *testing.F) {
	for _, seed := range []string{"", "plain\n", "\x1b[31mred", "你好\u009b", "\xe4\xbd\xa0\xe4\xbd", "\r\n\x80\xff\xf0\x9f\x98\x80", "\xf0\x9f\x98", "\u0645\u200c\u0645\u200d", "\U0001F469\u200d\U0001F467\ufe0f", "1\ufe0f\u20e3\u202e"} {
		f.Add(seed, 1)
		f.Add(seed, 2)
	}
	f.Fuzz(func(t *testing.T, text string, step int) {
		whole := report.Escape(text)
		for _, r := range whole {
			if unseen(r) {
				t.Fatalf("%q became %q, which has the character %U", text, whole, r)
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
