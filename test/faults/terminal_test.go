package faults

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"testing"

	"github.com/kubectl-podkit/podkit/test/screen"
)

// interrupted is the exit code of a run that was.
const interrupted = 130

// testTerminal: somebody at a terminal is told what is waited for, and by Ctrl-C's signal gets the terminal back at once.
func (p podkit) testTerminal(t *testing.T, good http.Handler) {
	for _, f := range faults() {
		if f.name != "silent" && f.name != "stalled in the middle" && f.name != "slow" && f.name != "429 for ever" {
			continue
		}
		t.Run(f.folder(), func(t *testing.T) {
			t.Parallel()
			at := screen.New(t, 120, 24)
			streams, folder, server := at.Streams(), t.TempDir(), serve(t, good, f)
			cmd := exec.CommandContext(t.Context(), string(p), "get")
			terminal, ok := streams.Out.(*os.File)
			if !ok {
				t.Fatal("the terminal is no file")
			}
			cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Dir = terminal, terminal, terminal, folder
			cmd.Env = append(environment(t, folder, server.address), "TERM=xterm-256color")
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			at.Await(server.address)
			at.Await("list pods")
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
			var exit *exec.ExitError
			if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != interrupted {
				t.Errorf("interrupted, it ended with %v", err)
			}
			at.IsSane()
		})
	}
}
