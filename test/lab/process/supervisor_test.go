package process

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/kubectl-podkit/podkit/test/lab/paths"
)

// TestMain makes the test binary serve as the lab's executable: parts are started through its command "stage".
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "stage" {
		fmt.Fprintln(os.Stderr, runStage(os.Args[2:]))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func runStage(args []string) error {
	var s Stage
	flags := flag.NewFlagSet("stage", flag.ContinueOnError)
	flags.StringVar(&s.Record, "record", "", "")
	flags.StringVar(&s.Digest, "digest", "", "")
	flags.StringVar(&s.Cgroup, "cgroup", "", "")
	flags.IntVar(&s.Namespace, "namespace", 0, "")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return s.Exec(flags.Arg(0), flags.Args()[1:])
}

// newSupervisor returns a supervisor on a directory of the test's own, whose processes end with the test.
func newSupervisor(t *testing.T, parts ...string) (*Supervisor, paths.Paths) {
	t.Helper()
	p := paths.Paths{State: t.TempDir()}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(p.Executable()), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, p.Executable()); err != nil {
		t.Fatal(err)
	}
	s := NewSupervisor(p, t.Logf)
	t.Cleanup(func() {
		for _, part := range parts {
			if err := s.Kill(context.Background(), part); err != nil {
				t.Error(err)
			}
		}
	})
	return s, p
}

// shell describes a part that runs a script and is ready when the script has made a file, which the shell itself must do: a
// program that it starts may outlive it for a moment.
func shell(p paths.Paths, name, script string) Spec {
	ready := filepath.Join(p.State, name+".ready")
	return Spec{
		Name: name, Program: "/bin/sh", Args: []string{"-c", strings.ReplaceAll(script, "READY", ready)},
		Patience: time.Minute,
		Ready:    func(context.Context) error { _, err := os.Stat(ready); return err },
	}
}

func pid(t *testing.T, s *Supervisor, part string) int {
	t.Helper()
	id, alive := s.Find(part)
	if !alive {
		t.Fatalf("%s is not alive", part)
	}
	return id.PID
}

func TestEnsureStartsOnceAndLeavesAlone(t *testing.T) {
	s, p := newSupervisor(t, "part")
	spec := shell(p, "part", ": >READY; exec sleep 1000")
	if err := s.Ensure(t.Context(), spec); err != nil {
		t.Fatal(err)
	}
	first := pid(t, s, "part")
	if err := s.Ensure(t.Context(), spec); err != nil {
		t.Fatal(err)
	}
	if again := pid(t, s, "part"); again != first {
		t.Errorf("a part that runs was restarted: pid %d became %d", first, again)
	}
	if session, err := unix.Getsid(first); err != nil || session != first {
		t.Errorf("the part is in session %d (%v), not in its own", session, err)
	}
}

func TestEnsureStartsTheDeadAgain(t *testing.T) {
	s, p := newSupervisor(t, "part")
	spec := shell(p, "part", ": >READY; exec sleep 1000")
	if err := s.Ensure(t.Context(), spec); err != nil {
		t.Fatal(err)
	}
	first := pid(t, s, "part")
	id, _ := s.Find("part")
	if err := Stop(t.Context(), id, 0); err != nil {
		t.Fatal(err)
	}
	if err := s.Ensure(t.Context(), spec); err != nil {
		t.Fatal(err)
	}
	if again := pid(t, s, "part"); again == first {
		t.Error("the part was not started again")
	}
}

func TestEnsureRestartsWhatHasChanged(t *testing.T) {
	s, p := newSupervisor(t, "part")
	spec := shell(p, "part", ": >READY; exec sleep 1000")
	if err := s.Ensure(t.Context(), spec); err != nil {
		t.Fatal(err)
	}
	first, _ := s.Find("part")
	spec.Inputs = [][]byte{[]byte("new configuration")}
	if err := s.Ensure(t.Context(), spec); err != nil {
		t.Fatal(err)
	}
	if first.Alive() {
		t.Error("the process with the old settings still runs")
	}
	pid(t, s, "part")
}

func TestAPartThatEndsFailsAtOnceWithItsOwnWords(t *testing.T) {
	s, p := newSupervisor(t, "part")
	spec := shell(p, "part", "echo cannot open the data directory >&2; exit 3")
	spec.Patience = time.Hour
	err := s.Ensure(t.Context(), spec)
	var part *PartError
	if !errors.As(err, &part) {
		t.Fatalf("error is %v, want a *PartError", err)
	}
	for _, want := range []string{"exit status 3", "cannot open the data directory", p.Log("part")} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not contain %q", err, want)
		}
	}
}

func TestAPartThatIsNeverReadyFails(t *testing.T) {
	s, p := newSupervisor(t, "part")
	spec := shell(p, "part", "exec sleep 1000")
	spec.Patience = 200 * time.Millisecond
	if err := s.Ensure(t.Context(), spec); err == nil || !strings.Contains(err.Error(), "not ready within 200ms") {
		t.Errorf("error is %v", err)
	}
}

func TestStopKillsWhatDoesNotListen(t *testing.T) {
	s, p := newSupervisor(t, "part")
	spec := shell(p, "part", "trap '' TERM; : >READY; while :; do sleep 0.05; done")
	if err := s.Ensure(t.Context(), spec); err != nil {
		t.Fatal(err)
	}
	id, _ := s.Find("part")
	if err := Stop(t.Context(), id, 50*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	if id.Alive() {
		t.Error("it still runs")
	}
	if err := Stop(t.Context(), id, time.Second); err != nil {
		t.Errorf("stopping what has ended: %v", err)
	}
}

func TestStopSparesWhoeverHasThePIDNow(t *testing.T) {
	s, p := newSupervisor(t, "part")
	if err := s.Ensure(t.Context(), shell(p, "part", ": >READY; exec sleep 1000")); err != nil {
		t.Fatal(err)
	}
	now, _ := s.Find("part")
	former := now
	former.Start--
	if err := Stop(t.Context(), former, 0); err != nil {
		t.Fatal(err)
	}
	if !now.Alive() {
		t.Error("a process was killed for having the pid of another one")
	}
}
