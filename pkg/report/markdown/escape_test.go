package markdown

import "testing"

func TestInline(t *testing.T) {
	for text, want := range map[string]string{
		"plain text-with dashes: (fine), 50%": "plain text-with dashes: (fine), 50%",
		"*b* _i_ [x](y) <b>":                  `\*b\* \_i\_ \[x\](y) \<b\>`,
		"see https://x.example, please":       "see `https://x.example`, please",
		"ask @everyone now":                   "ask `@everyone` now",
		"fixes #12 and PROJ-7":                "fixes `#12` and `PROJ-7`",
		"image a/b@sha256:00":                 "image `a/b@sha256:00`",
		"orders-96fc-6tgvk":                   "orders-96fc-6tgvk",
		"# heading":                           `\# heading`,
		"- item":                              `\- item`,
		"12. item":                            `12\. item`,
		"&lt; $x$":                            "`&lt`; `$x$`",
		"`https://x`":                         "`` `https://x` ``",
		"two\nlines":                          "two lines",
		"C# \\` a | b":                        "C\\# \\\\\\` a \\| b",
		"\u955c\u50cfa@b\u4e0d\u5728":         "\u955c\u50cf`a@b`\u4e0d\u5728",
		"at 15:04:05, :rocket: \u2028x":       "at 15:04:05, `:rocket`: \\<U+2028\\>x",
	} {
		if got := inline(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestCell(t *testing.T) {
	for text, want := range map[string]string{`a|b`: `a\|b`, `a\|b`: `a\|b`, `a\\|b`: `a\\\|b`, "||": `\|\|`} {
		if got := cell(text); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
