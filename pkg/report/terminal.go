package report

import (
	"bytes"
	"io"
	"os"

	"golang.org/x/term"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/cli-runtime/pkg/printers"
)

// DefaultWidth is the width of output that goes to no terminal, in columns.
const DefaultWidth = 80

// Terminal says what an output can do. The zero value is a pipe: no colour, nobody to ask.
type Terminal struct {
	// Width in columns; DefaultWidth when unknown.
	Width int
	// Piped reports whether the output goes to no terminal, so that no window bounds its lines.
	Piped bool
	// Color reports whether colours are shown: a terminal, not TERM=dumb, NO_COLOR unset (no-color.org).
	Color bool
	// Ground is what the colours stand on, as far as the environment tells.
	Ground Ground
	// Interactive reports whether a person sits at both input and output.
	Interactive bool
}

// NewTerminal looks at the streams of a process.
func NewTerminal(streams genericiooptions.IOStreams, getenv func(string) string) Terminal {
	out, ok := streams.Out.(*os.File)
	if !ok || !term.IsTerminal(int(out.Fd())) {
		return Terminal{Width: DefaultWidth, Piped: true}
	}
	width, _, err := term.GetSize(int(out.Fd()))
	if err != nil || width <= 0 {
		width = DefaultWidth
	}
	in, ok := streams.In.(*os.File)
	return Terminal{
		Width:       width,
		Ground:      groundOf(getenv("COLORFGBG")),
		Color:       getenv("NO_COLOR") == "" && getenv("TERM") != "dumb",
		Interactive: ok && term.IsTerminal(int(in.Fd())),
	}
}

// Escape neutralises text that came from a cluster (an event, a log line, a message) before it reaches a terminal: the
// escape character, with which an attacker could move the cursor or rewrite what was shown, is replaced, as kubectl
// does (cli-runtime pkg/printers, WriteEscaped; kubernetes#101695), and so are the other control characters but tab
// and newline.
func Escape(text string) string {
	var escaped bytes.Buffer
	// A bytes.Buffer never fails to be written to.
	_ = printers.WriteEscaped(&escaped, text)
	return string(bytes.Map(visible, escaped.Bytes()))
}

// visible maps control characters (C0 and C1), and those that embed, override or isolate a direction of writing, so that a
// text shows as another one than it is (CVE-2021-42574), to the replacement character.
func visible(r rune) rune {
	if r == '\t' || r == '\n' {
		return r
	}
	if r < 0x20 || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
		return '�'
	}
	return r
}

// NewEscaper returns a writer that neutralises what passes through it. A rune split over two writes is kept whole; the
// beginning of one with which a stream breaks off is not written.
func NewEscaper(out io.Writer) io.Writer { return &escaper{out: out} }
