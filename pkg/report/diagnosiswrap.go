package report

import (
	"strings"

	"github.com/rivo/uniseg"
)

// longestValue is how many bytes at each end of a text of the cluster are looked at when it is shortened: an attacker, or
// an application that logs its whole memory, may have written megabytes.
const longestValue = 8 << 10

// wrapValue breaks a text of the cluster into lines as wrapProse does, none of which is wider than width, whatever is
// in it, or but the first begins like a command.
func (t Terminal) wrapValue(text string, width int) []string {
	return t.cutWide(wrapParagraph(strings.ReplaceAll(text, string(hardSpace), " "), width, t.unposed), width)
}

// cutWide breaks the lines that are wider than width wherever that is.
func (t Terminal) cutWide(wrapped []string, width int) []string {
	var lines []string
	for _, line := range wrapped {
		for widthOf(line) > width && width > 1 {
			var head string
			head, line = cut(line, width)
			lines, line = append(lines, strings.TrimRight(head, " ")), t.unposed(line, width)
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

// squeeze brings a text into so many lines by leaving out its middle: errors begin with where they were met, and end
// with their cause.
func (t Terminal) squeeze(text string, width, lines int) []string {
	text = clip(text)
	for room := width * lines; ; room -= max(width/8, 1) {
		wrapped := t.wrapValue(elide(text, room), width)
		if len(wrapped) <= lines || room <= width/2 {
			return wrapped
		}
	}
}

// clip leaves out the middle of a text of more than twice longestValue bytes.
func clip(text string) string {
	if len(text) <= 2*longestValue {
		return text
	}
	return strings.ToValidUTF8(text[:longestValue], "") + " … " + strings.ToValidUTF8(text[len(text)-longestValue:], "")
}

// elide leaves out the middle of a text that is wider than width: a third is its beginning.
func elide(text string, width int) string {
	if widthOf(text) <= width {
		return text
	}
	head, rest := cut(text, width/3)
	left := widthOf(rest) - (width - width/3 - 3)
	for state := -1; left > 0 && rest != ""; {
		var wide int
		_, rest, wide, state = uniseg.FirstGraphemeClusterInString(rest, state)
		left -= wide
	}
	return wholeWords(head, rest)
}

// longWord is how much of a text is given up so that it is not cut within a word.
const longWord = 24

// wholeWords joins the ends of a text, which begin and end with whole words where these are not long.
func wholeWords(head, rest string) string {
	if at := strings.LastIndex(head, " "); at > 0 && len(head)-at <= longWord {
		head = head[:at]
	}
	if at := strings.Index(rest, " "); at >= 0 && at <= longWord {
		rest = rest[at:]
	}
	return strings.TrimRight(head, " ") + " … " + strings.TrimLeft(rest, " ")
}

// shorten brings a line to a width, and shows that there was more.
func shorten(line string, width int) string {
	if widthOf(line) <= width {
		return line
	}
	head, _ := cut(line, max(width-1, 1))
	return strings.TrimRight(head, " ") + "…"
}
