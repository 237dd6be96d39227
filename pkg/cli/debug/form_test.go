package debug

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// patience bounds the wait for a screen that never comes; what is awaited is a state of the screen, never a time.
const patience = 30 * time.Second

// The keys that a reader presses, as a terminal sends them.
const (
	enter = "\r"
	down  = "\x1b[B"
	ctrlC = "\x03"
)

// screen is the reader's end of a terminal.
type screen struct {
	t        *testing.T
	reader   *os.File
	program  *os.File
	mu       sync.Mutex
	shown    strings.Builder
	changed  chan struct{}
	consumed int
}

// newScreen opens a terminal of 80 columns and 40 lines.
func newScreen(t *testing.T) *screen {
	t.Helper()
	reader, program, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo terminal can be opened here: %v", err)
	}
	if err := pty.Setsize(reader, &pty.Winsize{Cols: 80, Rows: 40}); err != nil {
		t.Fatal(err)
	}
	s := &screen{t: t, reader: reader, program: program, changed: make(chan struct{}, 1)}
	go s.read()
	t.Cleanup(func() { program.Close(); reader.Close() })
	return s
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

// onScreen returns what debug is asked on a terminal.
func onScreen(t *testing.T, s *screen, language message.Language, pods *fakePods, cluster *fakeCluster) *Options {
	t.Helper()
	o, _, _ := options(t, language, cluster, pods)
	o.Streams = genericiooptions.IOStreams{In: s.program, Out: s.program, ErrOut: io.Discard}
	o.Terminal = report.NewTerminal(o.Streams, func(string) string { return "" })
	o.Terminal.Ground = report.DarkGround // This one does not answer for itself.
	if !o.Terminal.Interactive || o.Terminal.Width != 80 {
		t.Fatalf("a terminal is not taken for one: %+v", o.Terminal)
	}
	return o
}

// start runs debug beside the test and returns its end.
func start(ctx context.Context, o *Options) <-chan error {
	ended := make(chan error, 1)
	go func() { ended <- o.Run(ctx) }()
	return ended
}

func ending(t *testing.T, ended <-chan error) error {
	t.Helper()
	select {
	case err := <-ended:
		return err
	case <-time.After(patience):
		t.Fatal("the run never ended")
		return nil
	}
}

// On a light ground both the panels and the transcript are shown in colours that can be read there.
func TestLightGround(t *testing.T) {
	t.Setenv("TERM", "xterm-256color")
	s := newScreen(t)
	cluster, pods := healthy()
	o := onScreen(t, s, message.English, pods, cluster)
	o.Terminal.Ground, o.Spec = report.UnknownGround, target.Spec{Namespace: "default"}
	ended := start(context.Background(), o)
	s.await("\x1b]11;?")
	s.press("\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[1;1R")
	s.await("38;5;25;1mWhich Pod is it about?")
	s.await("Ctrl-C end")
	s.press(enter)
	s.await("1;38;5;25mExplore an app")
	s.await("Ctrl-C end")
	s.press("q")
	if err := ending(t, ended); err != nil {
		t.Error(err)
	}
}

// slow is a cluster that answers about pods once it is told to.
type slow struct {
	*fakeCluster
	answer chan struct{}
}

func (s slow) Pods(ctx context.Context, query casefile.Query) casefile.Answer[[]corev1.Pod] {
	select {
	case <-s.answer:
	case <-ctx.Done():
		return casefile.Unanswered[[]corev1.Pod](casefile.Failed, ctx.Err())
	}
	return s.fakeCluster.Pods(ctx, query)
}

// While the cluster is asked the terminal says so, and no more once there is something to show.
func TestProgressOnATerminal(t *testing.T) {
	for name, test := range map[string]struct {
		plain  bool
		stderr bool
		want   bool
	}{"a terminal": {stderr: true, want: true}, "stderr elsewhere": {}, "nothing may be written over": {stderr: true, plain: true}} {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t)
			cluster, pods := healthy()
			o := onScreen(t, s, message.English, pods, cluster)
			o.Plain = test.plain
			if test.stderr {
				o.Streams.ErrOut = s.program
			}
			held := slow{cluster, make(chan struct{})}
			o.Cluster = held
			ctx, cancel := context.WithCancel(context.Background())
			ended := start(ctx, o)
			if test.want {
				s.await("Asking the cluster…\r")
				close(held.answer)
				s.await("\r\x1b[K")
			} else {
				close(held.answer)
			}
			s.await("Looking at deploy/bootcamp")
			s.await("Go on: step 2")
			cancel()
			if err := ending(t, ended); !errors.Is(err, context.Canceled) {
				t.Errorf("error %v", err)
			}
			s.mu.Lock()
			defer s.mu.Unlock()
			shown, gone := strings.LastIndex(s.shown.String(), "Asking"), strings.LastIndex(s.shown.String(), "\r\x1b[K")
			if shown >= 0 != test.want || test.want && gone < shown {
				t.Errorf("it is told at %d, and taken away at %d", shown, gone)
			}
		})
	}
}

// Who breaks off while the cluster is asked gets a clean line for the shell's prompt.
func TestProgressIsInterrupted(t *testing.T) {
	s := newScreen(t)
	cluster, pods := healthy()
	o := onScreen(t, s, message.Chinese, pods, cluster)
	o.Streams.ErrOut, o.Cluster = s.program, slow{cluster, nil}
	ctx, cancel := context.WithCancel(context.Background())
	ended := start(ctx, o)
	s.await("正在读取集群…\r")
	cancel()
	s.await("\r\x1b[K")
	if err := ending(t, ended); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// The whole run on a terminal with the real form: on with Enter, a jump with the arrow keys, a shell, and the end.
func TestFormOnATerminal(t *testing.T) {
	s := newScreen(t)
	cluster, pods := healthy()
	pods.inShell = func(command action.Command) error {
		_, err := io.WriteString(command.Streams.Out, "inside the container\r\n")
		return err
	}
	before, err := term.GetState(int(s.program.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	ended := start(context.Background(), onScreen(t, s, message.English, pods, cluster))
	s.await("Step 1 of 5")
	s.await("Go on: step 2")
	s.await("Ctrl-C end") // The question is whole.
	s.press(enter)
	// Its eight lines go, but for the choice.
	s.await("❯ Go on: step 2")
	s.await("\x1b[6A\r\x1b[J")
	s.await("Step 2 of 5")
	s.await("Go on: step 3")
	s.await("Ctrl-C end")
	s.press("j")
	s.await("Jump to which step?")
	s.press(down + enter) // Step 4, step 5.
	s.await("Step 5 of 5")
	s.await("Open a shell in container")
	s.await("Ctrl-C end")
	s.press(enter)
	s.await("You are about to be inside")
	s.await("inside the container")
	s.await("You are back")
	s.await("Finish")
	s.await("Ctrl-C end")
	s.press(enter)
	s.await("That was it")
	if err := ending(t, ended); err != nil {
		t.Error(err)
	}
	after, err := term.GetState(int(s.program.Fd()))
	if err != nil || *before != *after {
		t.Errorf("the terminal is not as it was before: %v", err)
	}
	if pods.shells != 1 {
		t.Errorf("%d shells were opened, want 1", pods.shells)
	}
}

func TestFormIsInterruptedByItsKey(t *testing.T) {
	s := newScreen(t)
	cluster, pods := healthy()
	before, err := term.GetState(int(s.program.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	ended := start(context.Background(), onScreen(t, s, message.Chinese, pods, cluster))
	s.await("Ctrl-C 结束")
	s.press(ctrlC)
	s.await("\x1b[7A\r\x1b[J\x1b[1A") // Nothing stays, not even the blank line above it.
	var status interface{ ExitStatus() int }
	if err := ending(t, ended); !errors.As(err, &status) || status.ExitStatus() != 130 {
		t.Errorf("error %v does not bring exit code 130", err)
	}
	if after, err := term.GetState(int(s.program.Fd())); err != nil || *before != *after {
		t.Errorf("the terminal is not as it was before: %v", err)
	}
}

func TestFormEndsWithTheContext(t *testing.T) {
	s := newScreen(t)
	cluster, pods := healthy()
	ctx, cancel := context.WithCancel(context.Background())
	ended := start(ctx, onScreen(t, s, message.English, pods, cluster))
	s.await("Go on: step 2")
	cancel()
	if err := ending(t, ended); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestDumbTerminalGetsNumberedLines(t *testing.T) {
	s := newScreen(t)
	cluster, pods := healthy()
	o := onScreen(t, s, message.English, pods, cluster)
	o.Plain = true
	ended := start(context.Background(), o)
	s.await("1  Go on: step 2")
	s.await("Number, or Enter for 1: ")
	s.press("7\n")
	s.await("That was it")
	if err := ending(t, ended); err != nil {
		t.Error(err)
	}
}
