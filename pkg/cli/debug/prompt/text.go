package prompt

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// text is the panel for a line of free text.
type text struct {
	title, placeholder string

	messages *message.Catalog
	inks     inks
	input    textinput.Model
	dropped  bool
}

var _ panel = (*text)(nil)

func newText(title, placeholder string, messages *message.Catalog, inks inks) *text {
	input := textinput.New()
	input.Prompt = pointer
	input.SetVirtualCursor(false) // The terminal's own, beside which input methods show what is being composed.
	styles := textinput.Styles{}
	styles.Focused.Prompt = inks.key
	styles.Blurred = styles.Focused
	input.SetStyles(styles)
	return &text{title: title, placeholder: placeholder, messages: messages, inks: inks, input: input}
}

func (t *text) init() tea.Cmd { return t.input.Focus() }

func (t *text) update(msg tea.Msg) (bool, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch press.String() {
		case "enter":
			return true, nil
		case "esc":
			t.dropped = true
			return true, nil
		}
	}
	var cmd tea.Cmd
	t.input, cmd = t.input.Update(msg)
	return false, cmd
}

// typed is what was typed; nothing when the reader thought better of it.
func (t *text) typed() string {
	if t.dropped {
		return ""
	}
	return strings.TrimSpace(t.input.Value())
}

func (t *text) view(width, _ int) (string, *tea.Cursor) {
	t.input.SetWidth(max(width-len(noMark)-1, 1))
	keys := keyLine(t.messages, []string{"prompt.key.enter", "prompt.key.drop", "prompt.key.end"}, width)
	cursor := t.input.Cursor()
	if cursor != nil {
		cursor.Y++
	}
	line := t.input.View()
	if t.input.Value() == "" { // The library's own placeholder counts Chinese characters as one column.
		line = t.inks.key.Render(pointer) + t.inks.faint.Render(clip(t.placeholder, width-len(noMark)))
	}
	return strings.Join([]string{t.inks.title.Render(clip(t.title, width)), line, t.inks.faint.Render(keys)}, "\n"), cursor
}

func (t *text) left() string {
	if t.typed() == "" {
		return ""
	}
	return t.inks.faint.Render(pointer + t.title + " " + report.Escape(t.typed()))
}
