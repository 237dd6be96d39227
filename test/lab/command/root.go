package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/kubectl-podkit/podkit/test/lab/cluster"
	"github.com/kubectl-podkit/podkit/test/lab/lock"
	"github.com/kubectl-podkit/podkit/test/lab/paths"
	"github.com/kubectl-podkit/podkit/test/lab/progress"
)

// New returns the lab's command. Results go to out, progress to errOut.
func New(out, errOut io.Writer) *cobra.Command {
	root := &cobra.Command{
		Use:   "lab",
		Short: "Run a real Kubernetes cluster of two nodes on this machine",
		Long: `Run a real Kubernetes cluster of two nodes on this machine, for tests.

Everything it needs is built from source or installed from Debian; it takes root.
Nothing of it is left after "lab down", except the cache of built programs and images.`,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetOut(out)
	root.SetErr(errOut)
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(newUp(), newDown(), newStatus(), newKubeconfig(), newPath(), newImage(), newNode(), newLogs(),
		newStage(), newHold(), newRegistries())
	return root
}

// open returns the machine's lab without looking at it.
func open(cmd *cobra.Command) (*cluster.Lab, paths.Paths, error) {
	p, err := paths.Default()
	if err != nil {
		return nil, paths.Paths{}, err
	}
	return cluster.New(p, progress.New(cmd.ErrOrStderr(), time.Now)), p, nil
}

// exclusively calls change while no other command changes the lab. The lock file goes with the lab.
func exclusively(cmd *cobra.Command, change func(ctx context.Context, l *cluster.Lab) error) (err error) {
	if err := cluster.CheckMachine(); err != nil {
		return err
	}
	l, p, err := open(cmd)
	if err != nil {
		return err
	}
	holder := fmt.Sprintf("process %d (lab %s)", os.Getpid(), strings.TrimPrefix(cmd.CommandPath(), "lab "))
	held, err := lock.Acquire(cmd.Context(), p.Lock, holder, func(other string) {
		fmt.Fprintf(cmd.ErrOrStderr(), "waiting for %s to finish\n", other)
	})
	if err != nil {
		return err
	}
	defer func() {
		if l.Exists() {
			err = errors.Join(err, held.Release())
			return
		}
		err = errors.Join(err, held.Remove())
	}()
	return change(cmd.Context(), l)
}
