package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// The exit codes of podkit; `kubectl podkit help exit-codes` tells users about them.
const (
	exitOK          = 0
	exitFailed      = 1
	exitInterrupted = 130 // 128 + SIGINT, as shells report it.
)

// Run executes one command line and returns the exit code of the process. Errors are words on streams.ErrOut.
func Run(ctx context.Context, args []string, streams genericiooptions.IOStreams, getenv func(string) string) int {
	if completes(args) {
		streams.ErrOut = io.Discard
	}
	env := environment.New(streams, getenv)
	env.Context = ctx
	root := NewCommand(env)
	root.SetArgs(args)
	err := execute(ctx, root)
	if ctx.Err() != nil {
		return exitInterrupted
	}
	return conclude(env, err)
}

// farewell is how long a command that is interrupted may take to clean up: to remove a file that is half written, or to give
// the terminal back.
const farewell = 2 * time.Second

// execute runs a command. An interruption ends it even where it waits for what nothing can interrupt, as kubectl's reader of
// -f does for a fifo: it is left behind, and the process ends.
func execute(ctx context.Context, command *cobra.Command) error {
	done := make(chan error, 1)
	go func() { done <- command.ExecuteContext(ctx) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return err
	case <-time.After(farewell):
		return ctx.Err()
	}
}

// exitStatus is an error that brings the exit code of a remote command along (client-go's util/exec.ExitError).
type exitStatus interface {
	error
	ExitStatus() int
}

// conclude says what went wrong, if anything did, and returns the exit code.
func conclude(env *environment.Environment, err error) int {
	if err == nil {
		return exitOK
	}
	var remote exitStatus
	if errors.As(err, &remote) {
		return remote.ExitStatus()
	}
	fmt.Fprintln(env.Streams.ErrOut, sentence(env, err))
	return exitFailed
}

// sentence is the error in the user's language, neutralised, on one line.
func sentence(env *environment.Environment, err error) string {
	messages, languageErr := env.Messages()
	if languageErr != nil {
		return report.Escape("error: " + languageErr.Error())
	}
	return messages.Text("error.prefix", message.Args{"Text": report.Sentence(err, messages)})
}
