package gallery

import (
	"regexp"
	"strings"
)

// number is a count or a duration: 3, 12s, 1m2s.
var number = regexp.MustCompile(`\d+(?:[smhd](?:\d+[smhd])*\b)?`)

// LinesUntil counts the lines that a reader reads until words have been said
// wholly, be they wrapped or not; 0 means never. Numbers and durations count as
// alike: a container may have been started once more since the words were read.
func LinesUntil(text, words string) int {
	wanted := number.ReplaceAllString(squeeze(words), "#")
	if wanted == "" {
		return 0
	}
	var read strings.Builder
	n := 0
	for line := range strings.Lines(text) {
		n++
		read.WriteString(" " + squeeze(line))
		if strings.Contains(number.ReplaceAllString(squeeze(read.String()), "#"), wanted) {
			return n
		}
	}
	return 0
}

// squeeze makes one blank of each run of them.
func squeeze(text string) string { return strings.Join(strings.Fields(text), " ") }

// WithoutCommands empties the lines of kubectl describe's output that repeat a
// container's command and its arguments, and keeps their number. The gallery's
// apps are shell scripts, so their last words stand there; those of a real app
// do not.
func WithoutCommands(describe string) string {
	var kept strings.Builder
	inside := -1
	for line := range strings.Lines(describe) {
		text := strings.TrimLeft(line, " ")
		indent := len(line) - len(text)
		switch text = strings.TrimSpace(text); {
		case text == "Command:" || text == "Args:":
			inside = indent
		case inside >= 0 && indent <= inside && text != "":
			inside = -1
		}
		if inside >= 0 {
			line = "\n"
		}
		kept.WriteString(line)
	}
	return kept.String()
}
