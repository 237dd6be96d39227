package markdown

import (
	"html"
	"regexp"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/report/dossier"
)

// Texts are escaped in two ways. Signs that mean something within a line, or at its beginning, get a backslash. A word that a
// forge would turn into something by itself (a URL, a mention, a reference to an issue) becomes code, where it does not; a
// backslash does not help there.
var (
	signs  = regexp.MustCompile("[\\\\`*_\\[\\]<~&$]")
	begins = regexp.MustCompile(`^(?:[-+=#>:]|\d+[.)])`)
	active = regexp.MustCompile(`(?i)://|www\.|[\w.+-]@[\w-]|(?:^|[^\w])[@#!$%&~][\w"]|\bgh-\d`)
	ticket = regexp.MustCompile(`\b[A-Z][A-Z0-9]+-\d`)
	// ends are what stands behind a word and is no part of it.
	ends = regexp.MustCompile(`[,.;:)，、。；：）]+$`)
)

// inline writes a text of one line so that a reader sees just that text.
func inline(text string) string {
	var words []string
	for word := range strings.FieldsSeq(text) {
		words = append(words, inlineWord(word))
	}
	return atStart(strings.Join(words, " "))
}

// atStart keeps a line from beginning a list, a heading or a quotation.
func atStart(line string) string {
	at := begins.FindStringIndex(line)
	if at == nil {
		return line
	}
	return line[:at[1]-1] + `\` + line[at[1]-1:]
}

func inlineWord(word string) string {
	if active.MatchString(word) || ticket.MatchString(word) {
		end := ends.FindString(word)
		return code(strings.TrimSuffix(word, end)) + end
	}
	return signs.ReplaceAllString(word, `\$0`)
}

// prose writes podkit's own prose, whose `code` stays code.
func prose(text string) string {
	var written strings.Builder
	for _, span := range dossier.Prose(text) {
		if span.Code {
			written.WriteString(code(span.Text))
			continue
		}
		written.WriteString(signs.ReplaceAllString(span.Text, `\$0`))
	}
	return atStart(written.String())
}

// pipes matches the pipes of a cell with the backslashes before them.
var pipes = regexp.MustCompile(`\\*\|`)

// cell keeps the pipes of a piece of Markdown from ending its cell, in code too. A pipe behind an odd number of backslashes is
// kept by them already.
func cell(markdown string) string {
	return pipes.ReplaceAllStringFunc(markdown, func(found string) string {
		if len(found)%2 == 0 {
			return found
		}
		return found[:len(found)-1] + `\|`
	})
}

// code writes a text of one line as code, between more backquotes than it holds in a row.
func code(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return ""
	}
	run := longestRun(text)
	mark := strings.Repeat("`", run+1)
	if run > 0 {
		return mark + " " + text + " " + mark
	}
	return mark + text + mark
}

// longestRun is how many backquotes stand in a row at most.
func longestRun(text string) int {
	longest, run := 0, 0
	for _, r := range text {
		if r != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

// escapeHTML is for the inside of the one element that is written as HTML.
func escapeHTML(text string) string {
	return html.EscapeString(strings.Join(strings.Fields(text), " "))
}
