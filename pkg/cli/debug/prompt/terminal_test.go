package prompt

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/test/screen"
)

// newScreen opens a terminal of 80 columns and 24 lines, and an asker on it.
func newScreen(t *testing.T, env map[string]string) (*screen.Screen, *form) {
	t.Helper()
	s := screen.New(t, 80, 24)
	terminal := report.NewTerminal(s.Streams(), func(string) string { return "" })
	asker, ok := New(s.Streams(), terminal, catalog(t, message.English), false).(*form)
	if !ok || asker.size != (size{80, 24}) {
		t.Fatalf("a terminal is not taken for one: %+v", terminal)
	}
	asker.getenv = func(name string) string { return env[name] }
	return s, asker
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
			ended := screen.Start(func() error { return test.ask(asker) })
			s.Await(test.await)
			s.Press(test.keys)
			if test.keys == "v" {
				s.Await("of 99")
				s.Press("\x03")
			}
			err := screen.Ending(t, ended)
			var status interface{ ExitStatus() int }
			if !errors.As(err, &status) || status.ExitStatus() != 130 {
				t.Errorf("error %v does not bring exit code 130", err)
			}
			s.IsSane()
		})
	}
}

// A signal reaches a question as the end of its context.
func TestSignalLeavesTheTerminalAsItWas(t *testing.T) {
	s, asker := newScreen(t, nil)
	ctx, cancel := context.WithCancel(context.Background())
	ended := screen.Start(func() error { _, err := asker.Ask(ctx, *whole(t, message.English)); return err })
	s.Await("Ctrl-C end")
	cancel()
	if err := screen.Ending(t, ended); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	s.IsSane()
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
	ended := screen.Start(func() (err error) { chosen, err = asker.Ask(context.Background(), asked); return err })
	s.Await("Ctrl-C end")
	s.Press("c")
	s.Await("\x1b]52;c;a3ViZWN0bCBsb2dzIGNyYXNoLTdjOWYteDJ4MXogLS1wcmV2aW91cyAtbiBzaG9w\a")
	s.Await("Sent to the clipboard (1 of 2)")
	s.Press("v")
	s.Await("paged -R")
	s.Await("line 2^[[2J") // Neutralised.
	s.Await("Ctrl-C end")
	s.Press("?")
	s.Await("Log: what a container writes to its output")
	s.Await("? again explains: exit-code")
	s.Press("?")
	s.Await("Exit code: how a process ended")
	s.Await("Ctrl-C end")
	s.Press("n")
	s.Await("Esc drop")
	s.Press("seen 503\r")
	s.Await("Note: seen 503")
	s.Await("Ctrl-C end")
	s.Press("\r")
	s.Await("❯ Go on: step 3")
	if err := screen.Ending(t, ended); err != nil || chosen != "0" || noted != "seen 503" {
		t.Errorf("chosen %q, noted %q, %v", chosen, noted, err)
	}
	s.IsSane()
}

func TestPickOnATerminal(t *testing.T) {
	s, asker := newScreen(t, nil)
	var chosen string
	ended := screen.Start(func() (err error) {
		chosen, err = asker.Pick(context.Background(), shop(asker.messages, 5000))
		return err
	})
	s.Await("5003 of 5003 Pods")
	s.Press("4999\r")
	s.Await("❯ worker-4999")
	if err := screen.Ending(t, ended); err != nil || chosen != "shop/worker-4999" {
		t.Errorf("chosen %q, %v", chosen, err)
	}
	s.IsSane()
}

// vertical is what moves the cursor up or down in what a panel writes, or wipes the screen from it on.
var vertical = regexp.MustCompile("\n|\x1b\\[(\\d*)([A-HJSTd])")

// A panel never wipes from the first line of a screen on, wherever it begins and however tall it becomes: tmux would keep
// all that was there, "Asking the cluster…" above all, in the scrollback.
func TestNothingIsWipedFromTheFirstLineOn(t *testing.T) {
	for _, end := range []string{"\r", "\x03"} {
		s, asker := newScreen(t, nil)
		answer := make(chan struct{})
		ended := screen.Start(func() error {
			asked := shop(asker.messages, 5000)
			load := asked.Load
			asked.Load = func(ctx context.Context, namespace string) (Listing, error) {
				<-answer
				return load(ctx, namespace)
			}
			_, err := asker.Pick(context.Background(), asked)
			return err
		})
		s.Await("Ctrl-C end")
		close(answer)
		s.Await("5003 of 5003 Pods")
		s.Await("Ctrl-C end")
		s.Press("\x0e") // Ctrl-N: a lower list.
		s.Await("namespaces")
		s.Press("\x1b")
		s.Await("5003 of 5003 Pods")
		s.Press(end)
		if err := screen.Ending(t, ended); (err != nil) != (end == "\x03") {
			t.Errorf("error %v", err)
		}
		s.IsSane()
		row, wiped := 0, 0 // The screen was empty, the cursor in its first line.
		for _, move := range vertical.FindAllStringSubmatch(s.Shown(), -1) {
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
