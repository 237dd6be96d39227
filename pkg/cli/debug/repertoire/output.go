package repertoire

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// lineLimit is how many characters of one line of output are shown.
const lineLimit = 400

// split returns the lines of a text, each bounded but for the unbroken ones, without empty ones at the end.
func split(text string, unbroken ...string) []string {
	text = strings.TrimRight(text, "\r\n")
	if text == "" {
		return nil
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, "\r")
		if runes := []rune(lines[i]); len(runes) > lineLimit && !slices.Contains(unbroken, lines[i]) {
			lines[i] = string(runes[:lineLimit]) + "…"
		}
	}
	return lines
}

// firstLines puts the beginning of a text into a result, and says how many lines are left out and which command shows
// all of them.
func (t Tools) firstLines(result Result, text string, limit int, all shellword.Command) Result {
	lines := split(text, result.Unbroken...)
	if more := len(lines) - limit; more > 0 {
		result.Whole = lines
		lines = lines[:limit]
		result.LeftOut = t.marked("debug.left-out", message.Args{"Count": more, "Command": all})
	}
	result.Output = lines
	return result
}

// lastLines puts the end of a text into a result, in the same way. atLeast is set when even more is known to be there.
func (t Tools) lastLines(result Result, text string, limit int, all shellword.Command, atLeast bool) Result {
	lines := split(text)
	if more := len(lines) - limit; more > 0 {
		result.Whole = lines
		lines = lines[more:]
		left := strconv.Itoa(more)
		if atLeast {
			left += "+"
		}
		result.LeftOut = t.marked("debug.left-out-before", message.Args{"Count": more, "Left": left, "Command": all})
	}
	result.Output = lines
	return result
}

// isA reports whether an error is told by the message id, or by one of its variants (id and a hyphen).
func isA(err error, id string) bool {
	var told *message.Error
	return errors.As(err, &told) && (told.ID == id || strings.HasPrefix(told.ID, id+"-"))
}
