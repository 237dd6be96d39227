package capture

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// redrawn is how often a line on a terminal is written over.
const redrawn = 200 * time.Millisecond

// progress tells on the standard error how far the capture is: on a terminal in one line that changes, else in a line
// now and then.
type progress struct {
	out      io.Writer
	messages *message.Catalog
	now      func() time.Time
	written  *sized
	every    time.Duration
	// begin and finish stand around a line.
	begin, finish string

	count int
	last  time.Time
	shown bool
}

// progress returns what tells how far it is.
func (o *Options) progress(written *sized) *progress {
	p := &progress{out: o.Streams.ErrOut, messages: o.Messages, now: o.Now, written: written, every: seldom, finish: "\n", last: o.Now()}
	if file, ok := o.Streams.ErrOut.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		p.every, p.begin, p.finish = redrawn, "\r\x1b[K", ""
	}
	if o.Quiet {
		p.out = io.Discard
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
	p.last, p.shown = now, true
	text := p.messages.Text("capture.progress", message.Args{"Resource": resource, "Number": p.count, "Size": size(p.written.size)})
	// Who cannot be told has nobody to be told to.
	fmt.Fprint(p.out, p.begin+text+p.finish)
}

// end leaves the line.
func (p *progress) end() {
	if p.shown && p.begin != "" {
		fmt.Fprint(p.out, p.begin)
	}
}

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
