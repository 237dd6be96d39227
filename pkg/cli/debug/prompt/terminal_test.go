package prompt

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// patience bounds the wait for a screen that never comes; what is awaited is a state of the screen, never a time.
const patience = time.Minute

// screen is the reader's end of a terminal.
type screen struct {
	t        *testing.T
	reader   *os.File
	program  *os.File
	before   *term.State
	mu       sync.Mutex
	shown    strings.Builder
	changed  chan struct{}
	consumed int
}

// newScreen opens a terminal of 80 columns and 24 lines, and an asker on it.
func newScreen(t *testing.T, env map[string]string) (*screen, *form) {
	t.Helper()
	reader, program, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo terminal can be opened here: %v", err)
	}
	if err := pty.Setsize(reader, &pty.Winsize{Cols: 80, Rows: 24}); err != nil {
		t.Fatal(err)
	}
	before, err := term.GetState(int(program.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{t: t, reader: reader, program: program, before: before, changed: make(chan struct{}, 1)}
	go s.read()
	t.Cleanup(func() { program.Close(); reader.Close() })
	streams := genericiooptions.IOStreams{In: program, Out: program, ErrOut: io.Discard}
	terminal := report.NewTerminal(streams, func(string) string { return "" })
	asker, ok := New(streams, terminal, catalog(t, message.English), false).(*form)
	if !ok || asker.size != (size{80, 24}) {
		t.Fatalf("a terminal is not taken for one: %+v", terminal)
	}
	asker.getenv = func(name string) string { return env[name] }
	return s, asker
}

// read keeps what the program shows, until the terminal is closed.
func (s *screen) read() {
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

// await waits until the program shows a text that it had not shown at the last await.
func (s *screen) await(text string) {
	s.t.Helper()
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for {
		s.mu.Lock()
		shown := s.shown.String()
		s.mu.Unlock()
		if at := strings.Index(shown[s.consumed:], text); at >= 0 {
			s.consumed += at + len(text)
			return
		}
		select {
		case <-s.changed:
		case <-limit.C:
			s.t.Fatalf("the screen never showed %q; since the last time it showed:\n%q", text, shown[s.consumed:])
		}
	}
}

func (s *screen) press(keys string) {
	s.t.Helper()
	if _, err := io.WriteString(s.reader, keys); err != nil {
		s.t.Fatal(err)
	}
}

// isSane checks that the terminal is as it was: cooked, its cursor shown, the main screen.
func (s *screen) isSane() {
	s.t.Helper()
	after, err := term.GetState(int(s.program.Fd()))
	if err != nil || *s.before != *after {
		s.t.Errorf("the terminal is not as it was before: %v", err)
	}
	if _, err := io.WriteString(s.program, "<the end>"); err != nil {
		s.t.Fatal(err)
	}
	s.await("<the end>")
	shown := s.shown.String()
	for on, off := range map[string]string{"\x1b[?25h": "\x1b[?25l", "\x1b[?1049l": "\x1b[?1049h", "\x1b[?2004l": "\x1b[?2004h"} {
		if strings.LastIndex(shown, on) < strings.LastIndex(shown, off) {
			s.t.Errorf("%q was not taken back with %q", off, on)
		}
	}
}

// aside runs something beside the test and returns its end.
func aside(do func() error) <-chan error {
	ended := make(chan error, 1)
	go func() { ended <- do() }()
	return ended
}

func ending(t *testing.T, ended <-chan error) error {
	t.Helper()
	select {
	case err := <-ended:
		return err
	case <-time.After(patience):
		t.Fatal("it never ended")
		return nil
	}
}

// Ctrl-C ends each way of asking at once, with exit code 130, and leaves a terminal on which one can go on.
func TestCtrlCLeavesTheTerminalAsItWas(t *testing.T) {
	ctx := context.Background()
	for name, test := range map[string]struct {
		ask   func(*form) error
		await string
		keys  string
	}{
		"a question": {func(f *form) error { _, err := f.Ask(ctx, *whole(t, message.English)); return err }, "Ctrl-C end", "\x03"},
		"a text":     {func(f *form) error { _, err := f.Text(ctx, "Note:", "x"); return err }, "Ctrl-C end", "abc\x03"},
		"a picker":   {func(f *form) error { _, err := f.Pick(ctx, shop(f.messages, 5)); return err }, "8 of 8 Pods", "wor\x03"},
		"the pager of podkit's own": {func(f *form) error {
			_, err := f.Ask(ctx, Question{Choices: []Choice{{ID: "on", Label: "Go on"}}, Full: func() string { return strings.Repeat("x\n", 99) }})
			return err
		}, "Ctrl-C end", "v"},
	} {
		t.Run(name, func(t *testing.T) {
			s, asker := newScreen(t, map[string]string{"PAGER": "/there/is/none"})
			ended := aside(func() error { return test.ask(asker) })
			s.await(test.await)
			s.press(test.keys)
			if test.keys == "v" {
				s.await("of 99")
				s.press("\x03")
			}
			err := ending(t, ended)
			var status interface{ ExitStatus() int }
			if !errors.As(err, &status) || status.ExitStatus() != 130 {
				t.Errorf("error %v does not bring exit code 130", err)
			}
			s.isSane()
		})
	}
}

// A signal reaches a question as the end of its context.
func TestSignalLeavesTheTerminalAsItWas(t *testing.T) {
	s, asker := newScreen(t, nil)
	ctx, cancel := context.WithCancel(context.Background())
	ended := aside(func() error { _, err := asker.Ask(ctx, *whole(t, message.English)); return err })
	s.await("Ctrl-C end")
	cancel()
	if err := ending(t, ended); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	s.isSane()
}

// All that one can do with a question, on a terminal: copy, read the output, explain, note, and go on.
func TestQuestionOnATerminal(t *testing.T) {
	pager := filepath.Join(t.TempDir(), "pager")
	script := "#!/bin/sh\necho \"paged $1\"\ncat\n"
	if err := os.WriteFile(pager, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	s, asker := newScreen(t, map[string]string{"PAGER": pager + " -R"})
	asked := *whole(t, message.English)
	var noted, chosen string
	asked.Note = func(_ context.Context, text string) error { noted = text; return nil }
	ended := aside(func() (err error) { chosen, err = asker.Ask(context.Background(), asked); return err })
	s.await("Ctrl-C end")
	s.press("c")
	s.await("\x1b]52;c;a3ViZWN0bCBsb2dzIGNyYXNoLTdjOWYteDJ4MXogLS1wcmV2aW91cyAtbiBzaG9w\a")
	s.await("Sent to the clipboard (1 of 2)")
	s.press("v")
	s.await("paged -R")
	s.await("line 2^[[2J") // Neutralised.
	s.await("Ctrl-C end")
	s.press("?")
	s.await("Log: what a container writes to its output")
	s.await("? again explains: exit-code")
	s.press("?")
	s.await("Exit code: how a process ended")
	s.await("Ctrl-C end")
	s.press("n")
	s.await("Esc drop")
	s.press("seen 503\r")
	s.await("Note: seen 503")
	s.await("Ctrl-C end")
	s.press("\r")
	s.await("❯ Go on: step 3")
	if err := ending(t, ended); err != nil || chosen != "0" || noted != "seen 503" {
		t.Errorf("chosen %q, noted %q, %v", chosen, noted, err)
	}
	s.isSane()
}

func TestPickOnATerminal(t *testing.T) {
	s, asker := newScreen(t, nil)
	var chosen string
	ended := aside(func() (err error) {
		chosen, err = asker.Pick(context.Background(), shop(asker.messages, 5000))
		return err
	})
	s.await("5003 of 5003 Pods")
	s.press("4999\r")
	s.await("❯ worker-4999")
	if err := ending(t, ended); err != nil || chosen != "shop/worker-4999" {
		t.Errorf("chosen %q, %v", chosen, err)
	}
	s.isSane()
}

// vertical is what moves the cursor up or down in what a panel writes, or wipes the screen from it on.
var vertical = regexp.MustCompile("\n|\x1b\\[(\\d*)([A-HJSTd])")

// A panel never wipes from the first line of a screen on, wherever it begins and however tall it becomes: tmux would keep
// all that was there, "Asking the cluster…" above all, in the scrollback.
func TestNothingIsWipedFromTheFirstLineOn(t *testing.T) {
	for _, end := range []string{"\r", "\x03"} {
		s, asker := newScreen(t, nil)
		answer := make(chan struct{})
		ended := aside(func() error {
			asked := shop(asker.messages, 5000)
			load := asked.Load
			asked.Load = func(ctx context.Context, namespace string) (Listing, error) {
				<-answer
				return load(ctx, namespace)
			}
			_, err := asker.Pick(context.Background(), asked)
			return err
		})
		s.await("Ctrl-C end")
		close(answer)
		s.await("5003 of 5003 Pods")
		s.await("Ctrl-C end")
		s.press("\x0e") // Ctrl-N: a lower list.
		s.await("namespaces")
		s.press("\x1b")
		s.await("5003 of 5003 Pods")
		s.press(end)
		if err := ending(t, ended); (err != nil) != (end == "\x03") {
			t.Errorf("error %v", err)
		}
		s.isSane()
		row, wiped := 0, 0 // The screen was empty, the cursor in its first line.
		for _, move := range vertical.FindAllStringSubmatch(s.shown.String(), -1) {
			count, _ := strconv.Atoi(move[1])
			switch move[2] {
			case "":
				row = min(row+1, 23)
			case "A":
				row = max(row-max(count, 1), 0)
			case "B":
				row = min(row+max(count, 1), 23)
			case "C", "D": // To the right and left.
			case "J":
				wiped++
				if row == 0 {
					t.Errorf("it wipes for the %dth time, from the first line on", wiped)
				}
			default:
				t.Fatalf("the cursor is moved in a way that this test does not know: %q", move[0])
			}
		}
		if wiped == 0 || row != map[string]int{"\r": 2, "\x03": 0}[end] {
			t.Errorf("it wiped %d times, and left the cursor in line %d", wiped, row)
		}
	}
}
