package debug

import (
	"context"

	"github.com/kubectl-podkit/podkit/pkg/action"
)

// offers are the actions that only a person can start, by the names that workflows use.
func (g *guide) offers() map[string]func(context.Context) error {
	return map[string]func(context.Context) error{"shell": g.shell}
}

// shell opens the best shell of the container until the reader leaves it. The exit code is that of the last command typed
// there, which is nobody's concern here.
func (g *guide) shell(ctx context.Context) error {
	if err := g.subject.Refresh(ctx, g.tools.Cluster); err != nil {
		return err
	}
	chosen, err := action.Choose(g.subject.Pod, g.subject.Container)
	if err != nil {
		return err
	}
	program, err := g.pods.Shell(ctx, g.subject.Pod, chosen.Container)
	if err != nil {
		return err
	}
	err = g.pods.Exec(ctx, action.Command{
		Pod: g.subject.Pod, Container: chosen.Container, Args: []string{program}, Stdin: true, TTY: true, Streams: g.streams,
	})
	if _, ended := action.ExitStatus(err); ended {
		return nil
	}
	return err
}
