package rights

import (
	"context"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/cli"
	"github.com/kubectl-podkit/podkit/test/screen"
)

// picks opens the picker of a terminal and asks it for another namespace.
func (s *server) picks(t *testing.T) {
	t.Helper()
	terminal := screen.New(t, 100, 30)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := screen.Start(func() error {
		cli.Run(ctx, []string{"debug"}, terminal.Streams(), func(name string) string { return map[string]string{"TERM": "xterm"}[name] })
		return nil
	})
	const ctrlN = "\x0e"
	terminal.Await(pods[0])
	terminal.Press(ctrlN)
	terminal.Await("all namespaces")
	cancel()
	if err := screen.Ending(t, ended); err != nil {
		t.Error(err)
	}
}
