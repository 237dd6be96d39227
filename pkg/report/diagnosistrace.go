package report

import (
	"cmp"
	"regexp"
	"strings"
)

// traceHeader matches the lines of a stack trace that introduce frames and tell nothing themselves.
var traceHeader = regexp.MustCompile(`^(Traceback \(most recent call last\):|goroutine \d+ .*|stack backtrace:|Stack trace:|note: run with .*|\s*\^+\s*|\[signal .*)$`)

// caret matches the line that points at a place in the line above it.
var caret = regexp.MustCompile(`^\s*\^+\s*$`)

// telling folds the lines of a log that belong together, a stack trace, to those that say what went wrong: the first
// message, the last one that names a deeper cause, and the last message of all, which is Python's; frames are left out
// but for the first one behind the message that comes last.
func telling(lines []string) []string {
	if len(lines) <= evidenceLines {
		return lines
	}
	var messages []int
	cause := -1
	for i, line := range lines {
		if caret.MatchString(line) {
			messages = nil // Node shows the place in the source before it says what happened there.
		}
		if isFrame(line) || traceHeader.MatchString(line) {
			continue
		}
		messages = append(messages, i)
		if strings.HasPrefix(line, "Caused by: ") {
			cause = i
		}
	}
	if len(messages) == 0 {
		return lines[:evidenceLines]
	}
	first, last := messages[0], messages[len(messages)-1]
	switch {
	case cause > first:
		return ends(lines, first, cause)
	case startsPython(lines):
		return ends(lines, last, last)
	default:
		return ends(lines, first, first)
	}
}

// ends returns one or two lines, and the frame that belongs to the second.
func ends(lines []string, first, second int) []string {
	var told []string
	if first != second {
		told = append(told, lines[first])
	}
	told = append(told, lines[second])
	if frame := frameOf(lines, second); frame != "" {
		told = append(told, "  "+strings.TrimSpace(frame))
	}
	return told
}

// frameOf is the frame nearest to a message: the first one behind it, or, in Python's traces, the last one of the
// application's own before it.
func frameOf(lines []string, message int) string {
	for _, line := range lines[message+1:] {
		if isFrame(line) && strings.TrimSpace(line) != "" {
			return line
		}
	}
	nearest := ""
	for i := message - 1; i >= 0; i-- {
		if !strings.HasPrefix(strings.TrimSpace(lines[i]), `File "`) {
			continue
		}
		if !library.MatchString(lines[i]) {
			return lines[i]
		}
		nearest = cmp.Or(nearest, lines[i])
	}
	return nearest
}

// library matches Python's frames that are not the application's own.
var library = regexp.MustCompile(`<frozen |/(site|dist)-packages/|/lib/python\d`)

func startsPython(lines []string) bool {
	return strings.HasPrefix(strings.TrimSpace(lines[0]), "Traceback (most recent call last)")
}

// isFrame reports whether a line is a frame of a stack trace or the source beside it: those are indented.
func isFrame(line string) bool {
	return strings.TrimSpace(line) == "" || line[0] == ' ' || line[0] == '\t'
}
