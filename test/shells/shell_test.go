//go:build shells

package shells

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
)

// shell is an interactive shell on a terminal.
type shell struct {
	t        *testing.T
	terminal *os.File

	mutex sync.Mutex
	shown bytes.Buffer
}

// start runs an interactive shell with a home of its own, and podkit linked as its completion's page says.
func start(t *testing.T, kubeconfig string, command ...string) *shell {
	t.Helper()
	home := t.TempDir()
	plugin, err := exec.LookPath("kubectl-podkit")
	if err != nil {
		t.Fatalf("%v; run this with make shells", err)
	}
	if err := os.Symlink(plugin, filepath.Join(home, "kubectl_complete-podkit")); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = home
	cmd.Env = []string{
		"HOME=" + home, "KUBECONFIG=" + kubeconfig, "PATH=" + home + ":" + os.Getenv("PATH"), "TERM=xterm", "LANG=C.UTF-8",
	}
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 50, Cols: 200})
	if err != nil {
		t.Fatalf("%v; run this with make shells, which installs what is missing when it may", err)
	}
	s := &shell{t: t, terminal: terminal}
	go s.read()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = terminal.Close()
		if t.Failed() {
			t.Logf("the terminal showed\n%s", s.screen())
		}
	})
	return s
}

// read keeps what the terminal shows, until it is closed.
func (s *shell) read() {
	chunk := make([]byte, 4096)
	for {
		n, err := s.terminal.Read(chunk)
		s.mutex.Lock()
		s.shown.Write(chunk[:n])
		s.mutex.Unlock()
		if err != nil {
			return
		}
	}
}

func (s *shell) screen() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.shown.String()
}

// send types a text.
func (s *shell) send(text string) {
	s.t.Helper()
	if _, err := s.terminal.WriteString(text); err != nil {
		s.t.Fatal(err)
	}
}

// await returns what is shown between two texts, once it is, or gives up after a time.
func (s *shell) await(from, to string, patience time.Duration) (string, bool) {
	s.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		_, after, found := strings.Cut(s.screen(), from)
		if between, _, ended := strings.Cut(after, to); found && ended {
			return between, true
		}
	}
	return "", false
}

// run executes lines that make the shell ready.
func (s *shell) run(lines ...string) {
	s.t.Helper()
	for _, line := range lines {
		s.send(line + "\r")
	}
	s.send(`echo REA""DY` + "\r")
	if _, ok := s.await("READY", "\n", time.Minute); !ok {
		s.t.Fatal("the shell does not get ready")
	}
}

// complete types a line, presses TAB and returns what the line has become. The line is not executed: it is made the
// argument of an echo (to the start, to the end of the line: ^A, ^E), whose own echo on the terminal looks different.
func (s *shell) complete(line string, patience time.Duration) (string, bool) {
	s.t.Helper()
	s.mutex.Lock()
	s.shown.Reset()
	s.mutex.Unlock()
	s.send(line + "\t" + "\x01" + `echo G""OT'[` + "\x05" + `]'` + "\r")
	completed, ok := s.await("GOT[", "]", patience)
	return strings.TrimRight(completed, " "), ok
}
