package redact

import "strings"

// escapes are how an escape sequence begins, as it is, as terminals are shown it, and as JSON and other notations write it.
var escapes = []string{"\x1b[", "^[[", `\u001b[`, `\u001B[`, `\x1b[`, `\x1B[`, `\033[`, `\e[`}

// mostColour bounds an escape sequence.
const mostColour = 24

// skipColours returns where the text goes on behind colours.
func skipColours(text string, at int) int {
	for at < len(text) && (text[at] == '\x1b' || text[at] == '^' || text[at] == '\\') {
		next := at
		for _, begin := range escapes {
			if rest, found := strings.CutPrefix(text[at:], begin); found {
				rest = rest[:min(len(rest), mostColour)]
				inside := len(rest) - len(strings.TrimLeft(rest, "0123456789;"))
				if inside < len(rest) && (rest[inside] == 'm' || rest[inside] == 'K') {
					next = at + len(begin) + inside + 1
				}
			}
		}
		if next == at {
			break
		}
		at = next
	}
	return at
}

// colourBefore returns where a colour begins that ends at a position; the position itself where none does.
func colourBefore(text string, from, end int) int {
	if end == 0 || text[end-1] != 'm' && text[end-1] != 'K' {
		return end
	}
	at := end - 1
	for at > from && end-at < mostColour && (text[at-1] >= '0' && text[at-1] <= '9' || text[at-1] == ';') {
		at--
	}
	for _, begin := range escapes {
		if at-len(begin) >= from && text[at-len(begin):at] == begin {
			return at - len(begin)
		}
	}
	return end
}
