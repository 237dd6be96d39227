package action

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/muesli/cancelreader"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/kubectl/pkg/util/term"
	"k8s.io/streaming/pkg/httpstream"
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

// remote is the executor of a cluster: WebSockets, else SPDY for servers and proxies that do not know them.
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
	executor, err := connection(config, s.URL)
	if err != nil {
		return err
	}
	return executor.StreamWithContext(ctx, remotecommand.StreamOptions{
		Stdin: in, Stdout: s.Stdout, Stderr: s.Stderr, Tty: s.TTY, TerminalSizeQueue: s.Sizes,
	})
}

// withoutWebSockets is the variable by which kubectl is told to do without them (kubectl pkg/cmd/util/helpers.go).
const withoutWebSockets = "KUBECTL_REMOTE_COMMAND_WEBSOCKETS"

// connection chooses the protocol (kubectl pkg/cmd/exec/exec.go, createExecutor).
func connection(config *rest.Config, at *url.URL) (remotecommand.Executor, error) {
	spdy, err := remotecommand.NewSPDYExecutor(config, http.MethodPost, at)
	if err != nil || strings.EqualFold(os.Getenv(withoutWebSockets), "false") {
		return spdy, err
	}
	// A WebSocket is opened with GET (RFC 6455, 4.1).
	webSocket, err := remotecommand.NewWebSocketExecutor(config, http.MethodGet, at.String())
	if err != nil {
		return nil, err
	}
	return remotecommand.NewFallbackExecutor(webSocket, spdy, func(err error) bool {
		return httpstream.IsUpgradeFailure(err) || httpstream.IsHTTPSProxyError(err)
	})
}
