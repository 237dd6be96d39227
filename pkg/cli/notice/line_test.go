package notice

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/test/screen"
)

func TestLine(t *testing.T) {
	s := screen.New(t, 20, 24)
	out := s.Streams().Out
	line := NewLine(out)
	line.Clear() // Nothing is there.
	line.Show("reading")
	line.Show("reading \x1b[2J" + strings.Repeat("读", 20))
	line.Clear()
	line.Clear()
	fmt.Fprint(out, ".")
	s.Await(".")
	want := "\r\x1b[Kreading\r" + "\r\x1b[Kreading ^[[2J读读…\r" + "\r\x1b[K."
	if got := s.Shown(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Who reads a file or a pipe is told nothing: nothing goes away there.
func TestLineElsewhere(t *testing.T) {
	var out bytes.Buffer
	for _, line := range []*Line{NewLine(&out), {}} {
		line.Show("reading")
		line.Clear()
		if line.IsSeen() || out.Len() > 0 {
			t.Errorf("it is seen: %v, and shows %q", line.IsSeen(), out.String())
		}
	}
}
