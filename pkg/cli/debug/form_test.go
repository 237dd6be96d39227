package debug

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
	"github.com/kubectl-podkit/podkit/test/screen"
)

// The keys that a reader presses, as a terminal sends them.
const (
	enter = "\r"
	down  = "\x1b[B"
	ctrlC = "\x03"
)

// onScreen returns what debug is asked on a terminal.
func onScreen(t *testing.T, s *screen.Screen, language message.Language, pods *fakePods, cluster *fakeCluster) *Options {
	t.Helper()
	o, _, _ := options(t, language, cluster, pods)
	o.Streams = s.Streams()
	o.Terminal = report.NewTerminal(o.Streams, func(string) string { return "" })
	o.Terminal.Ground = report.DarkGround // This one does not answer for itself.
	if !o.Terminal.Interactive || o.Terminal.Width != 80 {
		t.Fatalf("a terminal is not taken for one: %+v", o.Terminal)
	}
	return o
}

// start runs debug beside the test and returns its end.
func start(ctx context.Context, o *Options) <-chan error {
	return screen.Start(func() error { return o.Run(ctx) })
}

// On a light ground both the panels and the transcript are shown in colours that can be read there.
func TestLightGround(t *testing.T) {
	t.Setenv("TERM", "xterm-256color")
	s := screen.New(t, 80, 40)
	cluster, pods := healthy()
	o := onScreen(t, s, message.English, pods, cluster)
	o.Terminal.Ground, o.Spec = report.UnknownGround, target.Spec{Namespace: "default"}
	ended := start(context.Background(), o)
	s.Await("\x1b]11;?")
	s.Press("\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[1;1R")
	s.Await("38;5;25;1mWhich Pod is it about?")
	s.Await("Ctrl-C end")
	s.Press(enter)
	s.Await("1;38;5;25mExplore an app")
	s.Await("Ctrl-C end")
	s.Press("q")
	if err := screen.Ending(t, ended); err != nil {
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
			s := screen.New(t, 80, 40)
			cluster, pods := healthy()
			o := onScreen(t, s, message.English, pods, cluster)
			o.Plain = test.plain
			if test.stderr {
				o.Streams.ErrOut = o.Streams.Out
			}
			held := slow{cluster, make(chan struct{})}
			o.Cluster = held
			ctx, cancel := context.WithCancel(context.Background())
			ended := start(ctx, o)
			if test.want {
				s.Await("Asking the cluster…\r")
				close(held.answer)
				s.Await("\r\x1b[K")
			} else {
				close(held.answer)
			}
			s.Await("Looking at deploy/bootcamp")
			s.Await("Go on: step 2")
			cancel()
			if err := screen.Ending(t, ended); !errors.Is(err, context.Canceled) {
				t.Errorf("error %v", err)
			}
			shown, gone := strings.LastIndex(s.Shown(), "Asking"), strings.LastIndex(s.Shown(), "\r\x1b[K")
			if shown >= 0 != test.want || test.want && gone < shown {
				t.Errorf("it is told at %d, and taken away at %d", shown, gone)
			}
		})
	}
}

// Who breaks off while the cluster is asked gets a clean line for the shell's prompt.
func TestProgressIsInterrupted(t *testing.T) {
	s := screen.New(t, 80, 40)
	cluster, pods := healthy()
	o := onScreen(t, s, message.Chinese, pods, cluster)
	o.Streams.ErrOut, o.Cluster = o.Streams.Out, slow{cluster, nil}
	ctx, cancel := context.WithCancel(context.Background())
	ended := start(ctx, o)
	s.Await("正在读取集群…\r")
	cancel()
	s.Await("\r\x1b[K")
	if err := screen.Ending(t, ended); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// The whole run on a terminal with the real form: on with Enter, a jump with the arrow keys, a shell, and the end.
func TestFormOnATerminal(t *testing.T) {
	s := screen.New(t, 80, 40)
	cluster, pods := healthy()
	pods.inShell = func(command action.Command) error {
		_, err := io.WriteString(command.Streams.Out, "inside the container\r\n")
		return err
	}
	ended := start(context.Background(), onScreen(t, s, message.English, pods, cluster))
	s.Await("Step 1 of 5")
	s.Await("Go on: step 2")
	s.Await("Ctrl-C end") // The question is whole.
	s.Press(enter)
	// Its eight lines go, but for the choice.
	s.Await("❯ Go on: step 2")
	s.Await("\x1b[6A\r\x1b[J")
	s.Await("Step 2 of 5")
	s.Await("Go on: step 3")
	s.Await("Ctrl-C end")
	s.Press("j")
	s.Await("Jump to which step?")
	s.Press(down + enter) // Step 4, step 5.
	s.Await("this reaches into the Pod")
	s.Await("Ctrl-C end")
	s.Press("y")
	s.Await("Step 5 of 5")
	s.Await("Open a shell in container")
	s.Await("Ctrl-C end")
	s.Press("2") // Enter finishes: nobody gets into a container by it.
	s.Await("You are about to be inside")
	s.Await("inside the container")
	s.Await("You are back")
	s.Await("Finish")
	s.Await("Ctrl-C end")
	s.Press(enter)
	s.Await("That was it")
	if err := screen.Ending(t, ended); err != nil {
		t.Error(err)
	}
	s.IsSane()
	if pods.shells != 1 {
		t.Errorf("%d shells were opened, want 1", pods.shells)
	}
}

func TestFormIsInterruptedByItsKey(t *testing.T) {
	s := screen.New(t, 80, 40)
	cluster, pods := healthy()
	ended := start(context.Background(), onScreen(t, s, message.Chinese, pods, cluster))
	s.Await("Ctrl-C 结束")
	s.Press(ctrlC)
	s.Await("\x1b[7A\r\x1b[J\x1b[1A") // Nothing stays, not even the blank line above it.
	var status interface{ ExitStatus() int }
	if err := screen.Ending(t, ended); !errors.As(err, &status) || status.ExitStatus() != 130 {
		t.Errorf("error %v does not bring exit code 130", err)
	}
	s.IsSane()
}

func TestFormEndsWithTheContext(t *testing.T) {
	s := screen.New(t, 80, 40)
	cluster, pods := healthy()
	ctx, cancel := context.WithCancel(context.Background())
	ended := start(ctx, onScreen(t, s, message.English, pods, cluster))
	s.Await("Go on: step 2")
	cancel()
	if err := screen.Ending(t, ended); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestDumbTerminalGetsNumberedLines(t *testing.T) {
	s := screen.New(t, 80, 40)
	cluster, pods := healthy()
	o := onScreen(t, s, message.English, pods, cluster)
	o.Plain = true
	ended := start(context.Background(), o)
	s.Await("1  Go on: step 2")
	s.Await("Number, or Enter for 1: ")
	s.Press("7\n")
	s.Await("That was it")
	if err := screen.Ending(t, ended); err != nil {
		t.Error(err)
	}
}
