package signature

import (
	"strings"
	"time"
)

// line is a line of a log without its colours.
type line struct {
	at   time.Time
	text string
}

// ansi matches the escape sequences that colour a line or clear it (ECMA-48: CSI, and OSC up to its end).
var ansi = lazily(`\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])`)

// longest is how much of a line is read. What an app says fits in; what it dumps need not.
const longest = 16 << 10

func plain(text string) string {
	if strings.Contains(text, "\x1b") {
		text = ansi().ReplaceAllString(text, "")
	}
	return middleOut(strings.TrimRight(text, " \t\r\n"), longest)
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }

// indented reports whether a line goes on with the one before it, by its first character.
func indented(text string) bool { return text != "" && (text[0] == ' ' || text[0] == '\t') }
