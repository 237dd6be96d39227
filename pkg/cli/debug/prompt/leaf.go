package prompt

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// leaf shows a text by the screenful, on a screen of its own that goes away with it.
func (f *form) leaf(ctx context.Context, text string) error {
	reader := &leaf{text: text, messages: f.messages, inks: newInks(f.terminal), size: f.size}
	options := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithInput(f.streams.In), tea.WithOutput(f.streams.Out), tea.WithoutSignalHandler(),
	}
	_, err := tea.NewProgram(reader, options...).Run()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case reader.interrupted:
		return Interrupted{}
	}
	return err
}

// leaf is a pager for machines without one.
type leaf struct {
	text        string
	messages    *message.Catalog
	inks        inks
	size        size
	top         int
	interrupted bool
}

var _ tea.Model = (*leaf)(nil)

// Init does nothing.
func (l *leaf) Init() tea.Cmd { return nil }

// lines are those of the text, folded to the width.
func (l *leaf) lines() []string {
	text := strings.ReplaceAll(strings.TrimRight(l.text, "\n"), "\t", "        ")
	return strings.Split(ansi.Hardwrap(text, max(l.size.width, 1), true), "\n")
}

// Update leafs.
func (l *leaf) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	lines, page := len(l.lines()), max(l.size.height-1, 1)
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		l.size = size{msg.Width, msg.Height}
	case tea.KeyPressMsg:
		key := msg.String()
		by := travel(key, page, lines)
		switch key {
		case "ctrl+c":
			l.interrupted = true
			return l, tea.Quit
		case "q", "esc":
			return l, tea.Quit
		case "j", "enter":
			by = 1
		case "k":
			by = -1
		case "space", "f":
			by = page
		case "b":
			by = -page
		case "g":
			by = -lines
		case "G":
			by = lines
		}
		l.top = max(min(l.top+by, lines-page), 0)
	}
	return l, nil
}

// View shows a screenful, and below it the keys.
func (l *leaf) View() tea.View {
	lines, page := l.lines(), max(l.size.height-1, 1)
	shown := lines[min(l.top, len(lines)-1):min(l.top+page, len(lines))]
	foot := l.messages.Text("prompt.leaf", message.Args{"From": l.top + 1, "To": l.top + len(shown), "Of": len(lines)})
	body := strings.Join(shown, "\n") + strings.Repeat("\n", page-len(shown)+1)
	view := tea.NewView(body + l.inks.faint.Render(clip(foot, l.size.width)))
	view.AltScreen = true
	return view
}
