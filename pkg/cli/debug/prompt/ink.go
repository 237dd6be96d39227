package prompt

import (
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/kubectl-podkit/podkit/pkg/report"
)

// inks are how the parts of a panel are shown, in the colours of the transcript. Without colour they leave text as it is;
// nothing is told by colour alone.
type inks struct {
	title, selected, key, faint, good, bad, warn lipgloss.Style
}

func newInks(terminal report.Terminal) inks {
	plain := lipgloss.NewStyle()
	if !terminal.Color {
		return inks{title: plain, selected: plain, key: plain, faint: plain, good: plain, bad: plain, warn: plain}
	}
	colors := terminal.Colors()
	return inks{
		title:    plain.Bold(true).Foreground(colors.Accent),
		selected: plain.Bold(true),
		key:      plain.Foreground(colors.Accent),
		faint:    plain.Faint(true),
		good:     plain.Foreground(colors.Good),
		bad:      plain.Foreground(colors.Bad),
		warn:     plain.Foreground(colors.Warn),
	}
}

// The marks of a list. Both are one column wide in every font.
const (
	pointer  = "❯ "
	noMark   = "  "
	ellipsis = "…"
)

// clip cuts a text to so many columns.
func clip(text string, width int) string { return ansi.Truncate(text, max(width, 0), ellipsis) }

// clipMiddle cuts the middle out of a text that is too wide: what tells names apart is at their ends.
func clipMiddle(text string, width int) string {
	if lipgloss.Width(text) <= width {
		return text
	}
	tail := max(width/2-1, 0)
	head := max(width-tail-1, 0)
	return ansi.Truncate(text, head, "") + ellipsis + ansi.TruncateLeft(text, lipgloss.Width(text)-tail, "")
}
