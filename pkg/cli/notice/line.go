package notice

import (
	"fmt"
	"io"
	"os"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/term"

	"github.com/kubectl-podkit/podkit/pkg/report"
)

// erase empties the line that the cursor is on.
const erase = "\r\x1b[K"

// Line is the last line of a terminal, where a command tells what it is doing until it has something to show. The zero
// value tells nobody.
type Line struct {
	out   *os.File
	shown bool
}

// NewLine returns a line on out, which is stderr but in tests. Where that is no terminal the line tells nobody.
func NewLine(out io.Writer) *Line {
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return &Line{out: file}
	}
	return &Line{}
}

// IsSeen reports whether there is somebody to see it.
func (l *Line) IsSeen() bool { return l.out != nil }

// Show puts a text in place of what the line shows, as much of it as fits. The cursor stays in front, so that whatever else
// is written, such as a warning of the API server, is not put behind it.
func (l *Line) Show(text string) {
	if !l.IsSeen() {
		return
	}
	width, _, err := term.GetSize(int(l.out.Fd()))
	if err != nil || width <= 0 {
		width = report.DefaultWidth
	}
	l.shown = true
	// Who cannot be told has nobody to be told to.
	fmt.Fprint(l.out, erase+ansi.Truncate(report.Escape(text), width-1, "…")+"\r")
}

// Clear takes the text away.
func (l *Line) Clear() {
	if l.shown {
		l.shown = false
		fmt.Fprint(l.out, erase)
	}
}
