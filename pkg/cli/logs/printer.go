package logs

import (
	"bufio"
	"bytes"
	"fmt"
	"image/color"
	"io"

	"charm.land/lipgloss/v2"
	"k8s.io/cli-runtime/pkg/printers"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/cli/notice"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// printer is the sink of logs: it puts prefixes before lines, keeps the lines of different logs apart, and neutralises
// what goes to a terminal.
type printer struct {
	out      *bufio.Writer
	follow   bool
	terminal bool
	prefixes map[action.LogStream]string
	last     action.LogStream
	open     bool // The last line written lacks its newline.
	several  bool
	tell     *notice.Teller
	told     int     // Failures told already.
	failures []error // Failures to be told.
}

var _ action.LogSink = (*printer)(nil)

func newPrinter(o *Options, streams []action.LogStream, tell *notice.Teller) *printer {
	p := &printer{
		out: bufio.NewWriter(o.Streams.Out), follow: o.Query.Follow,
		terminal: printers.IsTerminal(o.Streams.Out), prefixes: map[action.LogStream]string{},
		several: len(streams) > 1, tell: tell,
	}
	wanted := p.several
	if o.Prefix != nil {
		wanted = *o.Prefix
	}
	if !wanted {
		return p
	}
	paint := painter(o.Terminal)
	for _, stream := range streams {
		name := fmt.Sprintf("[pod/%s/%s]", stream.Pod.Name, stream.Container)
		if o.Spec.Namespace == "" {
			name = fmt.Sprintf("[%s/pod/%s/%s]", stream.Pod.Namespace, stream.Pod.Name, stream.Container)
		}
		p.prefixes[stream] = paint(stream.Pod.Name, p.shown(name)) + " "
	}
	return p
}

// painter gives each pod a colour of its own, as long as there are any.
func painter(terminal report.Terminal) func(pod, text string) string {
	if !terminal.Color {
		return func(_, text string) string { return text }
	}
	known := terminal.Colors()
	colors := []color.Color{known.Accent, known.Good, lipgloss.Magenta, known.Warn, lipgloss.Blue, known.Bad}
	pods := map[string]int{}
	return func(pod, text string) string {
		if _, known := pods[pod]; !known {
			pods[pod] = len(pods)
		}
		return lipgloss.NewStyle().Foreground(colors[pods[pod]%len(colors)]).Render(text)
	}
}

// Line writes one line. A followed log is shown at once.
func (p *printer) Line(stream action.LogStream, line []byte) error {
	if p.open && p.last != stream {
		if err := p.out.WriteByte('\n'); err != nil {
			return err
		}
	}
	begins := !p.open || p.last != stream
	p.last, p.open = stream, !bytes.HasSuffix(line, []byte("\n"))
	if begins {
		if _, err := p.out.WriteString(p.prefixes[stream]); err != nil {
			return err
		}
	}
	if _, err := p.write(line); err != nil {
		return err
	}
	if p.follow {
		return p.out.Flush()
	}
	return nil
}

// write passes the line on: the bytes as they are, or, to a terminal, neutralised and without the CR of a CRLF.
func (p *printer) write(line []byte) (int, error) {
	if !p.terminal {
		return p.out.Write(line)
	}
	text := string(line)
	if bytes.HasSuffix(line, []byte("\r\n")) {
		text = text[:len(text)-2] + "\n"
	}
	return io.WriteString(p.out, p.shown(text))
}

// shown is a text as the output takes it.
func (p *printer) shown(text string) string {
	if !p.terminal {
		return text
	}
	return report.Escape(text)
}

// Failed keeps the failure until the logs are printed, which may be never when they are followed: then it is told now.
func (p *printer) Failed(_ action.LogStream, err error) {
	if p.follow && p.several {
		p.tell.Failure(err)
		p.told++
		return
	}
	p.failures = append(p.failures, err)
}

func (p *printer) flush() error { return p.out.Flush() }
