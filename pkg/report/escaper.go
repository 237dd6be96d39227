package report

import (
	"io"
	"unicode/utf8"
)

// escaper is Escape as a writer, for streams.
type escaper struct {
	out  io.Writer
	rest []byte // The beginning of a rune whose end has not been written yet.
}

// Write passes on p, neutralised. It reports the length of p, not that of the escaped text, as io.Writer asks.
func (e *escaper) Write(p []byte) (int, error) {
	text := append(e.rest, p...)
	whole := len(text) - partial(text)
	e.rest = append([]byte(nil), text[whole:]...)
	if _, err := io.WriteString(e.out, Escape(string(text[:whole]))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// partial returns how many bytes at the end of text are the beginning of an unfinished rune: 0 to 3.
func partial(text []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if last := text[len(text)-n:]; utf8.RuneStart(last[0]) {
			if utf8.FullRune(last) {
				return 0
			}
			return n
		}
	}
	return 0
}
