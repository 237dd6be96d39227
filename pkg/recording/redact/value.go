package redact

import (
	"regexp"
	"strings"
)

// valueAfter is the value behind a separator: in quotes of any kind and depth, in brackets, or bare.
func valueAfter(text string, at int) (match, bool) { //nolint:gocognit // A scanner reads better in one piece.
	for n := 0; n < 2 && at < len(text) && (text[at] == '=' || text[at] == '>' || text[at] == '~'); n++ {
		at++ // ==, =>, :=, =~
	}
	if at < len(text) && text[at] == ':' {
		return match{}, false // C++'s and IPv6's.
	}
	at = skipColours(text, at)
	for n := 0; n < mostSpace && at < len(text) && (text[at] == ' ' || text[at] == '\t'); n++ {
		at++
	}
	at = skipColours(text, at)
	at += len(opening.FindString(text[at:min(len(text), at+mostOpening)]))
	if at >= len(text) {
		return match{}, false
	}
	if text[at] == '[' {
		return listAfter(text, at)
	}
	if start, quote, depth := quoteAt(text, at); quote != "" {
		end, after := quotedUntil(text, start, quote, depth)
		return match{start: start, end: end, after: after}, end > start
	}
	if text[at] == '{' && at > 0 && text[at-1] == '=' {
		// ODBC's braces: PWD={x};
		if end := strings.Index(text[at:min(len(text), at+512)], "}"); end > 1 && !strings.ContainsAny(text[at:at+end], "=:\"'‹ ") {
			for at+end+1 < len(text) && isInner(text[at+end+1]) {
				more := strings.IndexByte(text[at+end+1:min(len(text), at+512)], '}')
				if more < 0 {
					break
				}
				end += 1 + more
			}
			return match{start: at + 1, end: at + end, after: at + end + 1}, true
		}
	}
	if isBlock(text[at:]) || text[at] == '{' {
		return match{}, false
	}
	end := bareUntil(text, at)
	end = at + trimmed(text[at:end])
	return match{start: at, end: end, after: end, isBare: true}, end > at
}

// opening is what programs write before a quote or a value: the entity of a quote, a tag of YAML, a prefix of Python, the
// type of Go or Rust, the call that made it.
var opening = regexp.MustCompile(`^(?:&?quot;|&#3[49];|!!?[a-z/]+ +|[bBurfRFN@]{1,2}(?:\\*["'])|(?:(?:\[\]|&)[A-Za-z_.:]*|[A-Za-z_.:]+)\{(?:\\*["'])|[A-Za-z_.:]*\((?:\\*["'])|&(?:\\*["'])|<!\[CDATA\[)`)

const mostOpening = 40

// quoteAt returns the quote that stands at a position, behind how many backslashes, and where its content starts. Where
// opening has eaten the quote, it is the one before the position.
func quoteAt(text string, at int) (start int, quote string, depth int) {
	if at > 0 && (text[at-1] == '"' || text[at-1] == '\'') {
		for i := at - 2; i >= 0 && text[i] == '\\'; i-- {
			depth++
		}
		return at, text[at-1 : at], depth
	}
	for i := at; i < len(text) && i-at < 16; i++ {
		switch text[i] {
		case '\\':
			depth++
			continue
		case '"', '\'', '`':
			return i + 1, text[i : i+1], depth
		}
		break
	}
	for _, pair := range [][2]string{{"“", "”"}, {"「", "」"}, {"‘", "’"}} {
		if strings.HasPrefix(text[at:], pair[0]) {
			return at + len(pair[0]), pair[1], 0
		}
	}
	return at, "", 0
}

// quotedUntil is where the content of a quote ends, and where what follows begins. Without an end it goes to that of the
// line: logs cut their lines.
func quotedUntil(text string, start int, quote string, depth int) (end, after int) {
	slashes := 0
	for i := start; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			slashes++
			continue
		case !strings.HasPrefix(text[i:], quote):
		case quote == "'" && depth == 0 && slashes == 0 && i > start && strings.HasPrefix(text[i+1:], "'"):
			i++ // YAML doubles it.
		case slashes <= depth && (depth > 0 || slashes == 0):
			return i - slashes, i + len(quote)
		}
		slashes = 0
	}
	end = len(text)
	if line := strings.IndexByte(text[start:], '\n'); line >= 0 {
		end = start + line
	}
	return end, end
}

// listAfter is the inside of a list of scalars: ["a", "b"].
func listAfter(text string, at int) (match, bool) {
	end := strings.IndexAny(text[at:min(len(text), at+4096)], "]{\n")
	if end < 2 || text[at+end] != ']' {
		return match{}, false
	}
	inside := text[at+1 : at+end]
	if strings.Contains(inside, Open) || strings.Trim(inside, `"', \`) == "" {
		return match{}, false
	}
	start := at + 1 + len(inside) - len(strings.TrimLeft(inside, `"' \`))
	stop := at + 1 + len(strings.TrimRight(inside, `"' \`))
	return match{start: start, end: stop, after: at + end, isList: true}, stop > start
}

// blockIndicator is how YAML announces that a value is on the next lines.
var blockIndicator = regexp.MustCompile(`^[|>][-+0-9]{0,2}[ \t]*(?:#[^\n]*)?(?:\n|\r|\\n|$)`)

func isBlock(rest string) bool {
	return (rest[0] == '|' || rest[0] == '>') && blockIndicator.MatchString(rest[:min(len(rest), 80)])
}

// bareUntil is where a value ends that is in no quotes.
func bareUntil(text string, at int) int { //nolint:gocognit // A scanner reads better in one piece.
	for i := at; i < len(text); i++ {
		switch c := text[i]; c {
		case ' ', '\t', '\n', '\r', '\v', '\f', '`', '\x1b':
			return i
		case '"', '\'':
			if i == at || i+1 == len(text) || !isInner(text[i-1]) || !isInner(text[i+1]) {
				return i
			}
		case '\\':
			if i+1 < len(text) && strings.IndexByte(`nrt"'u\`, text[i+1]) >= 0 && (text[i+1] != 'u' || strings.HasPrefix(text[i:], `\u00`)) {
				return i
			}
		case '^':
			if skipColours(text, i) > i {
				return i
			}
		case 0xE2:
			if strings.HasPrefix(text[i:], "‹") || strings.HasPrefix(text[i:], "”") || strings.HasPrefix(text[i:], "’") {
				return i
			}
		case 0xE3, 0xEF:
			for _, stop := range []string{"，", "。", "；", "、", "）", "！", "」", "】"} {
				if strings.HasPrefix(text[i:], stop) {
					return i
				}
			}
		}
	}
	return len(text)
}

// isInner reports whether a quote beside this byte may be a part of the value.
func isInner(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("!@#$%^*+~", c) >= 0
}
