// Package screen is a pseudo terminal with somebody at it, for tests of what is shown on a terminal and asked there.
//
// It is for tests only. Start reading at New.
package screen

import (
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"
	"k8s.io/cli-runtime/pkg/genericiooptions"
)

// patience bounds the wait for a screen that never comes; what is awaited is a state of the screen, never a time.
const patience = time.Minute

// Screen is the reader's end of a terminal.
type Screen struct {
	t      testing.TB
	reader *os.File
	// program is the end at which the program under test sits; before is how that was found.
	program *os.File
	before  *term.State

	mu      sync.Mutex
	shown   strings.Builder
	changed chan struct{}
	// awaited is how much of what was shown has been awaited already.
	awaited int
}

// New opens a terminal of so many columns and lines. The test is skipped where there are none.
func New(t testing.TB, columns, lines uint16) *Screen {
	t.Helper()
	reader, program, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo terminal can be opened here: %v", err)
	}
	t.Cleanup(func() { program.Close(); reader.Close() })
	if err := pty.Setsize(reader, &pty.Winsize{Cols: columns, Rows: lines}); err != nil {
		t.Fatal(err)
	}
	before, err := term.GetState(int(program.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	s := &Screen{t: t, reader: reader, program: program, before: before, changed: make(chan struct{}, 1)}
	go s.read()
	return s
}

// Streams are those of a program that runs on the terminal and whose stderr is elsewhere.
func (s *Screen) Streams() genericiooptions.IOStreams {
	return genericiooptions.IOStreams{In: s.program, Out: s.program, ErrOut: io.Discard}
}

// read keeps what the program shows, until the terminal is closed.
func (s *Screen) read() {
	chunk := make([]byte, 4096)
	for {
		n, err := s.reader.Read(chunk)
		s.mu.Lock()
		s.shown.Write(chunk[:n])
		s.mu.Unlock()
		select {
		case s.changed <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// Shown is all that the program has written so far, escape sequences and all.
func (s *Screen) Shown() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shown.String()
}

// Await waits until the program shows a text that it had not shown at the last Await.
func (s *Screen) Await(text string) {
	s.t.Helper()
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for {
		shown := s.Shown()[s.awaited:]
		if at := strings.Index(shown, text); at >= 0 {
			s.awaited += at + len(text)
			return
		}
		select {
		case <-s.changed:
		case <-limit.C:
			s.t.Fatalf("the screen never showed %q; since the last time it showed:\n%q", text, shown)
		}
	}
}

// Press presses keys, given as a terminal sends them.
func (s *Screen) Press(keys string) {
	s.t.Helper()
	if _, err := io.WriteString(s.reader, keys); err != nil {
		s.t.Fatal(err)
	}
}

// IsSane checks that the terminal is as it was: cooked, its cursor shown, the main screen.
func (s *Screen) IsSane() {
	s.t.Helper()
	after, err := term.GetState(int(s.program.Fd()))
	if err != nil || *s.before != *after {
		s.t.Errorf("the terminal is not as it was before: %v", err)
	}
	const mark = "<the end>"
	if _, err := io.WriteString(s.program, mark); err != nil {
		s.t.Fatal(err)
	}
	s.Await(mark)
	shown := s.Shown()
	for on, off := range map[string]string{"\x1b[?25h": "\x1b[?25l", "\x1b[?1049l": "\x1b[?1049h", "\x1b[?2004l": "\x1b[?2004h"} {
		if strings.LastIndex(shown, on) < strings.LastIndex(shown, off) {
			s.t.Errorf("%q was not taken back with %q", off, on)
		}
	}
}

// Start runs a program beside the test and returns its end.
func Start(program func() error) <-chan error {
	ended := make(chan error, 1)
	go func() { ended <- program() }()
	return ended
}

// Ending waits for the end of a program and returns its error.
func Ending(t testing.TB, ended <-chan error) error {
	t.Helper()
	select {
	case err := <-ended:
		return err
	case <-time.After(patience):
		t.Fatal("it never ended")
		return nil
	}
}
