package report

import (
	"regexp"

	"charm.land/lipgloss/v2"
)

// inks are how the parts of a text are shown, in the colours of the terminal. Without colour they leave text as it is;
// nothing is told by colour alone.
type inks struct {
	heading, label, command, faint, good, bad, warn lipgloss.Style
}

func newInks(terminal Terminal) inks {
	plain := lipgloss.NewStyle()
	if !terminal.Color {
		return inks{heading: plain, label: plain, command: plain, faint: plain, good: plain, bad: plain, warn: plain}
	}
	colors := terminal.Colors()
	return inks{
		heading: plain.Bold(true).Foreground(colors.Accent),
		label:   plain.Bold(true),
		command: plain.Foreground(colors.Accent),
		faint:   plain.Faint(true),
		good:    plain.Foreground(colors.Good),
		bad:     plain.Foreground(colors.Bad),
		warn:    plain.Foreground(colors.Warn),
	}
}

var code = regexp.MustCompile("`[^`]+`")

// prose shows the `code` in a line of podkit's own in the colour of commands, where there are colours; else the quotes stay.
func (i inks) prose(line string, color bool) string {
	if !color {
		return line
	}
	return code.ReplaceAllStringFunc(line, func(span string) string { return i.command.Render(span[1 : len(span)-1]) })
}

// told is prose for a further line, which may be text of the cluster: code with which it begins keeps its quotes as well, for
// without them it would stand like a command.
func (i inks) told(line string, color bool) string {
	if at := code.FindStringIndex(line); color && at != nil && at[0] == 0 {
		return "`" + i.prose(line[:at[1]], true) + "`" + i.prose(line[at[1]:], true)
	}
	return i.prose(line, color)
}
