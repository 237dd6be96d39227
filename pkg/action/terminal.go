package action

import (
	dockerterm "github.com/moby/term"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/kubectl/pkg/util/term"
)

// session is the command with the streams that it gets, and the terminal that is to be restored when it has ended. One that
// asks for a terminal and has none runs without (kubectl pkg/cmd/exec/exec.go, SetupTTY).
func (c *Command) session() (Session, *term.TTY) {
	session := Session{Stdout: c.Streams.Out, Stderr: c.Streams.ErrOut}
	terminal := &term.TTY{Out: c.Streams.Out}
	if !c.Stdin {
		return session, terminal
	}
	session.Stdin, terminal.In = c.Streams.In, c.Streams.In
	if !c.TTY || !terminal.IsTerminalIn() {
		return session, terminal
	}
	// On Windows these understand the escape sequences of terminals; elsewhere they are those of the process.
	session.Stdin, session.Stdout, _ = dockerterm.StdStreams()
	terminal.In, terminal.Out, terminal.Raw = session.Stdin, session.Stdout, true
	session.TTY, session.Stderr = true, nil // The errors of a terminal's session come on its output.
	session.Sizes = sizes{terminal.MonitorSize(terminal.GetSize())}
	return session, terminal
}

// sizes tells the remote side how large the terminal is, and is told so anew whenever that changes.
type sizes struct{ of term.TerminalSizeQueue }

// Next waits for the next size; it returns nil when there is none any more.
func (s sizes) Next() *remotecommand.TerminalSize {
	if s.of == nil {
		return nil
	}
	size := s.of.Next()
	if size == nil {
		return nil
	}
	return &remotecommand.TerminalSize{Width: size.Width, Height: size.Height}
}
