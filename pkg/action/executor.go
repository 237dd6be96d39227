package action

import (
	"context"
	"fmt"
	"io"
	"net/url"

	"github.com/muesli/cancelreader"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/kubectl/pkg/cmd/exec"
	"k8s.io/kubectl/pkg/util/term"
)

// Session is one command run in a container, with its streams; a nil stream is not opened.
type Session struct {
	URL            *url.URL
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	TTY            bool
	Sizes          remotecommand.TerminalSizeQueue
}

// Executor runs a session until the command ends or ctx does. A command that ends with another exit code than 0 is an
// error with a method ExitStatus.
type Executor interface {
	Execute(ctx context.Context, config *rest.Config, session Session) error
}

// remote is kubectl's executor: WebSockets, else SPDY for servers and proxies that do not know them.
type remote struct{}

// Execute runs the session on the cluster. client-go goes on reading the input when the command has ended, and would eat
// the first key of whoever reads next; here the reading ends with the session.
func (remote) Execute(ctx context.Context, config *rest.Config, s Session) error {
	in := s.Stdin
	// Only a terminal has a next reader; a regular file cannot be waited for (epoll_ctl(2), EPERM).
	if (term.TTY{In: in}).IsTerminalIn() {
		reader, err := cancelreader.NewReader(in)
		if err != nil {
			return fmt.Errorf("preparing the input of the session: %w", err)
		}
		defer reader.Cancel()
		in = reader
	}
	executor := &exec.DefaultRemoteExecutor{}
	return executor.ExecuteWithContext(ctx, s.URL, config, in, s.Stdout, s.Stderr, s.TTY, s.Sizes)
}

// bound is an Executor in the shape that kubectl's ExecOptions call, which pass no context.
type bound struct {
	ctx      context.Context
	executor Executor
}

var _ exec.RemoteExecutor = bound{}

// Execute runs the session under the context that bound holds.
func (b bound) Execute(at *url.URL, config *rest.Config, in io.Reader, out, errOut io.Writer, tty bool, sizes remotecommand.TerminalSizeQueue) error {
	return b.ExecuteWithContext(b.ctx, at, config, in, out, errOut, tty, sizes)
}

// ExecuteWithContext runs the session under ctx.
func (b bound) ExecuteWithContext(ctx context.Context, at *url.URL, config *rest.Config, in io.Reader, out, errOut io.Writer, tty bool, sizes remotecommand.TerminalSizeQueue) error {
	return b.executor.Execute(ctx, config, Session{URL: at, Stdin: in, Stdout: out, Stderr: errOut, TTY: tty, Sizes: sizes})
}
