package notice

import (
	"bytes"
	"strings"
	"testing"

	"github.com/creack/pty"
)

func TestLine(t *testing.T) {
	reader, terminal, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo terminal can be opened here: %v", err)
	}
	defer reader.Close()
	defer terminal.Close()
	if err := pty.Setsize(reader, &pty.Winsize{Cols: 20, Rows: 24}); err != nil {
		t.Fatal(err)
	}
	line := NewLine(terminal)
	line.Clear() // Nothing is there.
	line.Show("reading")
	line.Show("reading \x1b[2J" + strings.Repeat("读", 20))
	line.Clear()
	line.Clear()
	if _, err := terminal.WriteString("."); err != nil {
		t.Fatal(err)
	}
	want := "\r\x1b[Kreading\r" + "\r\x1b[Kreading ^[[2J读读…\r" + "\r\x1b[K."
	shown := make([]byte, 0, 200)
	for !bytes.HasSuffix(shown, []byte(".")) {
		n, err := reader.Read(shown[len(shown):cap(shown)])
		if err != nil {
			t.Fatal(err)
		}
		shown = shown[:len(shown)+n]
	}
	if got := string(shown); got != want {
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
