package markdown

import (
	"html"
	"regexp"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/report/dossier"
)

// Texts are escaped in two ways. Signs that mean something within a line, or at its beginning, get a backslash. A word that a
// forge would turn into something by itself becomes code, where it does not; a backslash does not help there, for a forge looks
// at what was rendered.
var (
	signs  = regexp.MustCompile("[\\\\`*_\\[\\]<>~&|#]")
	begins = regexp.MustCompile(`^(?:[-+=#>:]|\d+[.)])`)
	// active matches URLs and mail addresses, mentions, references (#12, GH-12, user/repo#1, user@1a2b3c4, those of GitLab),
	// commits, $math$, :emoji: and GitLab's {+ changes +}.
	active = regexp.MustCompile(`(?i)://|www\.|\b(?:https?|ftp|mailto|xmpp|tel|javascript|data):|[@$]|#[\w"]|(?:^|\W)[!%&~^][\w"]|\bgh-\d|` +
		`\b[0-9a-f]{7,40}\b|:[\w+-]*[a-z_+-][\w+-]*:|:\d{3,}:|[{\[][+-]|[+-][}\]]`)
	ticket = regexp.MustCompile(`\b[A-Z][A-Z0-9]+-\d`)
	// ends are what stands behind a word and is no part of it.
	ends = regexp.MustCompile(`[,.;:)]+$`)
	// blanks are what separates words. Other white space is a character like any other.
	blanks = regexp.MustCompile(`[ \t\n]+`)
	// words are split where Chinese, which has no spaces, borders on something else.
	words = regexp.MustCompile(`[\x{2e80}-\x{d7ff}\x{f900}-\x{faff}\x{fe30}-\x{ffef}\x{20000}-\x{3ffff}]+|[^ \x{2e80}-\x{d7ff}\x{f900}-\x{faff}\x{fe30}-\x{ffef}\x{20000}-\x{3ffff}]+`)
)

// line neutralises a text and brings it on one line.
func line(text string) string {
	return strings.Trim(blanks.ReplaceAllString(report.Escape(text), " "), " ")
}

// inline writes a text as one line, so that a reader sees just that text.
func inline(text string) string { return atStart(inner(line(text))) }

// inner is inline for a part of a line.
func inner(text string) string { return words.ReplaceAllStringFunc(text, inlineWord) }

// atStart keeps a line from beginning a list, a heading or a quotation.
func atStart(line string) string {
	at := begins.FindStringIndex(line)
	if at == nil {
		return line
	}
	return line[:at[1]-1] + `\` + line[at[1]-1:]
}

func isActive(word string) bool { return active.MatchString(word) || ticket.MatchString(word) }

func inlineWord(word string) string {
	if isActive(word) {
		end := ends.FindString(word)
		return code(strings.TrimSuffix(word, end)) + end
	}
	return signs.ReplaceAllString(word, `\$0`)
}

// prose writes podkit's own prose, into which nothing was inserted: its `code` stays code.
func prose(text string) string {
	var written strings.Builder
	for _, span := range dossier.Prose(text) {
		if span.Code {
			written.WriteString(code(span.Text))
			continue
		}
		written.WriteString(inner(blanks.ReplaceAllString(report.Escape(span.Text), " ")))
	}
	return atStart(strings.Trim(written.String(), " "))
}

// said writes prose that was made by message.Marked: its own code stays code, and nothing else is.
func said(text string) string {
	var written strings.Builder
	write := func(part string) {
		written.WriteString(inner(blanks.ReplaceAllString(report.Escape(message.Unmarked(part)), " ")))
	}
	for {
		before, rest, opens := strings.Cut(text, message.CodeOpens)
		inside, after, closes := strings.Cut(rest, message.CodeCloses)
		if !opens || !closes {
			write(text)
			break
		}
		write(before)
		written.WriteString(code(message.Unmarked(inside)))
		text = after
	}
	return atStart(strings.Trim(written.String(), " "))
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

// code writes a text as code on one line, between more backquotes than it holds in a row.
func code(text string) string {
	text = line(text)
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

// fence writes lines as they are, in a fence longer than any run of backquotes in them.
func fence(language string, lines []string) string {
	text := report.Escape(strings.Join(lines, "\n"))
	mark := strings.Repeat("`", max(longestRun(text)+1, 3))
	return mark + language + "\n" + text + "\n" + mark
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

// escapeHTML is for the inside of the one element that is written as HTML. There, too, a forge leaves code alone.
func escapeHTML(text string) string {
	return words.ReplaceAllStringFunc(line(text), func(word string) string {
		if isActive(word) {
			return "<code>" + html.EscapeString(word) + "</code>"
		}
		return html.EscapeString(word)
	})
}
