package report

import (
	"regexp"

	"charm.land/lipgloss/v2"
)

// inks are the colours of a transcript: the terminal's own sixteen, so that they fit dark and light backgrounds alike.
// Without colour they leave text as it is; nothing is told by colour alone.
type inks struct {
	heading, label, command, faint, good, bad lipgloss.Style
}

func newInks(color bool) inks {
	plain := lipgloss.NewStyle()
	if !color {
		return inks{heading: plain, label: plain, command: plain, faint: plain, good: plain, bad: plain}
	}
	return inks{
		heading: plain.Bold(true).Foreground(lipgloss.Cyan),
		label:   plain.Bold(true),
		command: plain.Foreground(lipgloss.Cyan),
		faint:   plain.Faint(true),
		good:    plain.Foreground(lipgloss.Green),
		bad:     plain.Foreground(lipgloss.Red),
	}
}

var code = regexp.MustCompile("`[^`]+`")

// prose shows the `code` in a line in the colour of commands, where there are colours; else the quotes stay.
func (i inks) prose(line string, color bool) string {
	if !color {
		return line
	}
	return code.ReplaceAllStringFunc(line, func(span string) string { return i.command.Render(span[1 : len(span)-1]) })
}
