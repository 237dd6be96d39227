package report

import (
	"io"
	"os"
	"strings"

	"golang.org/x/term"
	"k8s.io/cli-runtime/pkg/genericiooptions"
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
	// Kubectl is how kubectl is called in commands, where that is not kubectl.
	Kubectl string
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

// Escape neutralises text that came from a cluster (an event, a log line, a message) before it reaches a terminal. The
// escape character, with which an attacker could move the cursor or rewrite what was shown, becomes ^[ and a carriage return
// \r, as kubectl shows them (kubernetes#101695). What else is not seen as itself is named: the other control characters but tab
// and newline, characters without a width, and those that turn the direction of writing, <U+200B>; a byte that is no UTF-8,
// <9B>. So no two texts look alike that are not. What joins letters and emoji stays where it does so (see neutraliser).
func Escape(text string) string {
	if isPlain(text) {
		return text
	}
	var escaped strings.Builder
	(&neutraliser{}).write(&escaped, text, false)
	return escaped.String()
}

// isPlain reports whether a text is of printable ASCII, as most are.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= 0x7f || c < 0x20 && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

// NewEscaper returns a writer that neutralises what passes through it. A rune split over two writes is kept whole; the
// beginning of one with which a stream breaks off is not written, nor is a joiner that joins nothing there.
func NewEscaper(out io.Writer) io.Writer { return &escaper{out: out} }
