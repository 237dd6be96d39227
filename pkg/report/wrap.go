package report

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
	"github.com/rivo/uniseg"
)

// tabWidth is the distance of tab stops, in columns.
const tabWidth = 8

// hardSpace stands for the spaces within `code` while lines are broken: Unicode forbids a break there.
const hardSpace = '\u00a0'

// wrapProse breaks a text of podkit's own into lines of at most width columns where its script allows it: at spaces in English, between
// characters in Chinese but never before a closing mark (Unicode Standard Annex 14). Words joined by "-" or "/" stay
// whole, for they are names and paths, and so does a span of `code`, which is there to be copied: one that is wider than a
// line stands out.
func wrapProse(text string, width int) []string {
	var lines []string
	for paragraph := range strings.Lines(text) {
		lines = append(lines, wrapParagraph(holdCode(strings.TrimRight(paragraph, "\n")), width, asItIs)...)
	}
	return soften(lines)
}

// soften gives lines their spaces back.
func soften(lines []string) []string {
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], string(hardSpace), " ")
	}
	return lines
}

// asItIs is how a line begins that podkit has written itself.
func asItIs(text string, _ int) string { return text }

// wrapParagraph fills lines greedily. begin is told with what a further line begins, and returns what it is to begin with.
func wrapParagraph(text string, width int, begin func(text string, width int) string) []string {
	var lines []string
	line := ""
	for text != "" {
		var piece string
		piece, text = firstPiece(text)
		if line != "" && widthOf(strings.TrimRight(line+piece, " ")) > width {
			lines = append(lines, strings.TrimRight(line, " "))
			line, piece = "", begin(piece, width)
		}
		for !isCommand(piece) && widthOf(strings.TrimRight(piece, " ")) > width {
			var head string
			head, piece = cut(piece, width)
			lines, piece = append(lines, head), begin(piece, width)
		}
		line += piece
	}
	return append(lines, strings.TrimRight(line, " "))
}

// firstPiece splits off what may not be broken: UAX 14's segments, joined where the break would be inside a name.
func firstPiece(text string) (piece, rest string) {
	rest = text
	for rest != "" {
		var segment string
		segment, rest, _, _ = uniseg.FirstLineSegmentInString(rest, -1)
		piece += segment
		if !joined(piece, rest) {
			break
		}
	}
	return piece, rest
}

// joined reports whether a break between two segments would split a name: neither a space nor a wide character is there.
func joined(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	return last != ' ' && after != "" && last < 0x2E80 && next < 0x2E80
}

// ending is the command in which a sentence ends that says what to do next.
var ending = regexp.MustCompile(`[:：] ?((?:kubectl|curl) [^;；]*)$`)

// isCommand reports whether what may not be broken is longer than a line with good reason.
func isCommand(piece string) bool {
	program, _, held := strings.Cut(piece, string(hardSpace))
	return strings.HasPrefix(piece, "`") || held && !strings.Contains(program, "`")
}

// holdCode makes the spaces between two backquotes unbreakable, and those of the command at the end of a sentence: broken, it
// could not be pasted.
func holdCode(text string) string {
	if at := ending.FindStringSubmatchIndex(text); at != nil {
		text = text[:at[2]] + strings.ReplaceAll(text[at[2]:], " ", string(hardSpace))
	}
	return holdSpans(text)
}

// holdSpans makes the spaces between two backquotes unbreakable.
func holdSpans(text string) string {
	inside := false
	return strings.Map(func(r rune) rune {
		if r == '`' {
			inside = !inside
		}
		if r == ' ' && inside {
			return hardSpace
		}
		return r
	}, text)
}

// hanging is what the further lines of a folded line of output begin with, where there is room for it.
const (
	hanging      = "    "
	hangingWidth = 24
)

// fold breaks a line of output, tabs expanded, into lines of at most width columns: after a space if there is one in the
// right half, else in the middle of a word. Nothing of it is lost. No further line begins like a command.
func (t Terminal) fold(line string, width int) []string {
	line = expandTabs(line)
	indent := hanging
	if width < hangingWidth {
		indent = ""
	}
	var lines []string
	for widthOf(line) > width {
		head, rest := cut(line, width)
		if rest == "" { // One character, wider than the line.
			break
		}
		space := strings.LastIndex(head, " ")
		if insideWord := rest[0] != ' ' && space < len(head)-1; insideWord && space > 0 && widthOf(head[:space]) > width/2 {
			head, rest = head[:space+1], head[space+1:]+rest
		}
		lines = append(lines, head)
		line = indent + t.unposed(rest, width-len(indent))
	}
	return append(lines, line)
}

// cut splits a text after as many characters as fit into width columns, at least one.
func cut(text string, width int) (head, rest string) {
	rest = text
	used := 0
	for rest != "" {
		character, after, _, _ := uniseg.FirstGraphemeClusterInString(rest, -1)
		used += widthOf(character)
		if used > width && head != "" {
			break
		}
		head, rest = head+character, after
	}
	return head, rest
}

func expandTabs(line string) string {
	var expanded strings.Builder
	for i, part := range strings.Split(line, "\t") {
		if i > 0 {
			at := widthOf(expanded.String())
			expanded.WriteString(strings.Repeat(" ", tabWidth-at%tabWidth))
		}
		expanded.WriteString(part)
	}
	return expanded.String()
}

// widthOf is the width of a text on a terminal; Chinese characters take two.
func widthOf(text string) int { return lipgloss.Width(text) }
