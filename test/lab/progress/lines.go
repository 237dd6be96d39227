package progress

import (
	"bytes"
	"io"
	"sync"
)

// Lines returns a writer each of whose lines becomes a line of the log.
func Lines(l *Log) io.Writer { return &lines{log: l} }

type lines struct {
	log  *Log
	mu   sync.Mutex
	rest []byte
}

// Write implements io.Writer; what comes after the last line break waits for the next one.
func (w *lines) Write(data []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rest = append(w.rest, data...)
	for {
		line, rest, found := bytes.Cut(w.rest, []byte("\n"))
		if !found {
			return len(data), nil
		}
		w.log.Say("%s", line)
		w.rest = rest
	}
}
