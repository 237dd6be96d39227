package capture

import (
	"fmt"
	"io"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/cli/notice"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// redrawn is how often a line on a terminal is written over.
const redrawn = 200 * time.Millisecond

// progress tells on the standard error how far the capture is: on a terminal in one line that changes, else in a line
// now and then.
type progress struct {
	line     *notice.Line
	out      io.Writer
	messages *message.Catalog
	now      func() time.Time
	written  []*sized
	every    time.Duration

	count int
	last  time.Time
}

// progress returns what tells how far it is.
func (o *Options) progress(written ...*sized) *progress {
	p := &progress{
		line: notice.NewLine(o.Streams.ErrOut), out: o.Streams.ErrOut, messages: o.Messages, now: o.Now, written: written,
		every: seldom, last: o.Now(),
	}
	if o.Quiet {
		p.line, p.out = &notice.Line{}, io.Discard
	}
	if p.line.IsSeen() {
		p.every = redrawn
	}
	return p
}

// step counts an object, a log or an answer.
func (p *progress) step(resource string) {
	p.count++
	now := p.now()
	if now.Sub(p.last) < p.every {
		return
	}
	p.last = now
	var written int64
	for _, to := range p.written {
		written += to.size
	}
	text := p.messages.Text("capture.progress", message.Args{"Resource": resource, "Number": p.count, "Size": size(written)})
	if p.line.IsSeen() {
		p.line.Show(text)
		return
	}
	// Who cannot be told has nobody to be told to.
	fmt.Fprintln(p.out, text)
}

// end takes the line away.
func (p *progress) end() { p.line.Clear() }

// size is a number of bytes in words.
func size(bytes int64) string {
	switch {
	case bytes >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20))
	case bytes >= 1<<10:
		return fmt.Sprintf("%.0f KiB", float64(bytes)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", bytes)
}
