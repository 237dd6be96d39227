//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
)

// terminal is a program that runs on a pseudo-terminal, as for a person.
type terminal struct {
	t      *testing.T
	file   *os.File
	cmd    *exec.Cmd
	ended  chan struct{}
	mutex  sync.Mutex
	screen bytes.Buffer
	// seen is how much of the screen has been waited for already.
	seen int
}

// open starts a program on a terminal of 100 columns.
func open(t *testing.T, env []string, name string, args ...string) *terminal {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(append(os.Environ(), "TERM=xterm-256color", "LC_ALL=C.UTF-8"), env...)
	file, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 50, Cols: 100})
	if err != nil {
		t.Fatal(err)
	}
	term := &terminal{t: t, file: file, cmd: cmd, ended: make(chan struct{})}
	go term.read()
	t.Cleanup(func() {
		cancel()
		_ = file.Close() // The program may have closed its side already.
		<-term.ended
	})
	return term
}

// read collects what the program writes until it ends.
func (term *terminal) read() {
	defer close(term.ended)
	buffer := make([]byte, 4096)
	for {
		n, err := term.file.Read(buffer)
		term.mutex.Lock()
		term.screen.Write(buffer[:n])
		term.mutex.Unlock()
		if err != nil {
			return
		}
	}
}

// text is everything written so far, without escape sequences.
func (term *terminal) text() string {
	term.mutex.Lock()
	defer term.mutex.Unlock()
	return ansi.Strip(term.screen.String())
}

// await waits until a text appears after what was waited for before.
func (term *terminal) await(want string) {
	term.t.Helper()
	eventually(term.t, "the terminal to show "+want, func() error {
		text := term.text()
		at := strings.Index(text[min(term.seen, len(text)):], want)
		if at < 0 {
			return waiting("%s", text)
		}
		term.seen += at + len(want)
		return nil
	})
}

// typed sends keys.
func (term *terminal) typed(keys string) {
	term.t.Helper()
	if _, err := term.file.WriteString(keys); err != nil {
		term.t.Fatalf("typing %q: %v\n%s", keys, err, term.text())
	}
}

// exit waits for the program's end and returns its exit code.
func (term *terminal) exit() int {
	term.t.Helper()
	select {
	case <-term.ended:
	case <-time.After(patience):
		term.t.Fatalf("waited %s for %v to end:\n%s", patience, term.cmd.Args, term.text())
	}
	_ = term.cmd.Wait() // The exit code is what is asked for.
	return term.cmd.ProcessState.ExitCode()
}

// TestShell opens a shell in the app's container, as the tutorial does, with kubectl and with podkit, which finds bash
// by itself.
func TestShell(t *testing.T) {
	ns := namespace(t, "shell")
	pod := deploy(t, ns)
	for name, args := range map[string][]string{
		"kubectl": {"exec", "-ti", "-n", ns, pod, "--", "bash"},
		"podkit":  {"podkit", "exec", "-n", ns, pod},
	} {
		t.Run(name, func(t *testing.T) {
			shell := open(t, nil, "kubectl", args...)
			shell.await("# ")
			shell.typed("echo shell-is-$(basename $BASH)\n")
			shell.await("shell-is-bash")
			shell.typed("cat server.js\n")
			shell.await("require(")
			shell.typed("curl http://localhost:8080\n")
			shell.await("Running on: " + pod)
			shell.typed("exit 7\n")
			if code := shell.exit(); code != 7 {
				t.Errorf("the shell ended with 7, %s with %d", name, code)
			}
		})
	}
}
