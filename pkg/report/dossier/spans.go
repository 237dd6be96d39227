package dossier

import (
	"regexp"
	"strings"
)

// Span is a piece of a text: plain, `code`, or the placeholder of a secret.
type Span struct {
	Text           string
	Code, Redacted bool
}

// placeholder matches what the redactor of recordings leaves in the place of a secret: its rule, and what is the same for
// equal values.
var placeholder = regexp.MustCompile(`‹redacted:[a-z0-9-]+:[0-9a-f]{6}›`)

// Spans splits a text of the cluster at the placeholders of secrets.
func Spans(text string) []Span {
	var spans []Span
	end := 0
	for _, at := range placeholder.FindAllStringIndex(text, -1) {
		spans = appendPlain(spans, text[end:at[0]])
		spans = append(spans, Span{Text: text[at[0]:at[1]], Redacted: true})
		end = at[1]
	}
	return appendPlain(spans, text[end:])
}

// Prose splits podkit's own prose at its `code`. It is not for texts of the cluster.
func Prose(text string) []Span {
	var spans []Span
	for i, piece := range strings.Split(text, "`") {
		if i%2 == 1 {
			spans = append(spans, Span{Text: piece, Code: true})
			continue
		}
		spans = appendPlain(spans, piece)
	}
	return spans
}

func appendPlain(spans []Span, text string) []Span {
	if text == "" {
		return spans
	}
	return append(spans, Span{Text: text})
}
