package report

import (
	"io"
	"strings"
)

// escaper is Escape as a writer, for streams.
type escaper struct {
	out     io.Writer
	neutral neutraliser
	rest    string // What cannot be judged before more has been written.
}

// Write passes on p, neutralised. It reports the length of p, not that of the escaped text, as io.Writer asks.
func (e *escaper) Write(p []byte) (int, error) {
	var escaped strings.Builder
	e.rest = e.neutral.write(&escaped, e.rest+string(p), true)
	if _, err := io.WriteString(e.out, escaped.String()); err != nil {
		return 0, err
	}
	return len(p), nil
}
