package progress

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// Log writes lines that start with the time since it was made. It may be used by several goroutines.
type Log struct {
	mu    sync.Mutex
	out   io.Writer
	start time.Time
	now   func() time.Time
}

// New returns a log that writes to out; now is time.Now except in tests.
func New(out io.Writer, now func() time.Time) *Log {
	return &Log{out: out, start: now(), now: now}
}

// Say writes one line. A failed write is not worth failing for: it is the reader's terminal that has gone.
func (l *Log) Say(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintf(l.out, "%6.1fs  %s\n", l.Elapsed().Seconds(), fmt.Sprintf(format, args...))
}

// Elapsed is the time since the log was made.
func (l *Log) Elapsed() time.Duration { return l.now().Sub(l.start) }
