package prompt

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// toClipboard asks the terminal to put a text into its clipboard: OSC 52, which reaches the reader's own machine over ssh
// as well. A multiplexer eats it unless it is told to pass it on, so there it is sent both ways: tmux takes the plain
// sequence with `set-clipboard on`, and the wrapped one with `allow-passthrough on`.
func toClipboard(text string, getenv func(string) string) tea.Cmd {
	return tea.Raw(clipboardSequence(text, getenv))
}

func clipboardSequence(text string, getenv func(string) string) string {
	sequence := ansi.SetSystemClipboard(text)
	switch {
	case getenv("TMUX") != "":
		return sequence + ansi.TmuxPassthrough(sequence)
	case strings.HasPrefix(getenv("TERM"), "screen"):
		const longest = 768 // What GNU screen takes at once.
		return ansi.ScreenPassthrough(sequence, longest)
	}
	return sequence
}
