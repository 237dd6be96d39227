package prompt

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// roomy is the height of a terminal on which a line can be spared for the cause.
const roomy = 12

// intent is why a question ended.
type intent int

const (
	taken intent = iota
	viewing
	noting
	explaining
)

// entry is a line of the list: a choice, or all those of a key together.
type entry struct {
	key, label string
	choice     string // The id; empty for the jumps together.
}

// question is the panel after a step.
type question struct {
	asked    *Question
	messages *message.Catalog
	inks     inks
	copier   func(text string) tea.Cmd

	window window
	// jumping is set while the steps to jump to are listed.
	jumping bool
	// copies counts the lines copied so far: each time the next one is.
	copies int
	// told is what the last key did.
	told   string
	intent intent
	chosen entry
}

var _ panel = (*question)(nil)

func (q *question) init() tea.Cmd { return nil }

// entries are the lines of the list now. Several jumps are one line, which opens the list of them.
func (q *question) entries() []entry {
	var all, jumps []entry
	opener := -1
	for _, choice := range q.asked.Choices {
		line := entry{key: letter(choice.Key), label: choice.Label, choice: choice.ID}
		if choice.Key == keyJump {
			jumps = append(jumps, line)
			if opener < 0 {
				opener = len(all)
			} else {
				continue
			}
		}
		all = append(all, line)
	}
	if len(jumps) > 1 {
		all[opener] = entry{key: keyJump, label: q.messages.Text("prompt.jump")}
	}
	if q.jumping {
		for i := range jumps {
			jumps[i].key = ""
		}
		all = jumps
	}
	for i := range all { // Those without a letter of their own have a digit.
		if all[i].key == "" && i < 9 {
			all[i].key = strconv.Itoa(i + 1)
		}
	}
	return all
}

func (q *question) update(msg tea.Msg) (bool, tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false, nil
	}
	entries := q.entries()
	key := press.String()
	q.told = ""
	if by := travel(key, len(entries), len(entries)); by != 0 {
		q.window.move(by, len(entries))
		return false, nil
	}
	switch key {
	case "enter":
		return q.take(entries[q.window.at]), nil
	case "esc":
		q.jumping, q.window = false, window{}
		return false, nil
	}
	for _, line := range entries { // A workflow's own key wins over the prompt's.
		if line.key == key {
			return q.take(line), nil
		}
	}
	return q.own(key)
}

// take ends the question with a choice, or opens the list of jumps.
func (q *question) take(line entry) bool {
	if line.choice == "" {
		q.jumping, q.window = true, window{}
		return false
	}
	q.intent, q.chosen = taken, line
	return true
}

// own does what the prompt's own keys are for.
func (q *question) own(key string) (bool, tea.Cmd) {
	if !slices.ContainsFunc(ownKeys(q.asked), func(own ownKey) bool { return own.key == key }) {
		return false, nil
	}
	switch key {
	case keyCopy:
		at := q.copies % len(q.asked.Commands)
		q.copies++
		line := oneLine(q.asked.Commands[at])
		q.told = q.messages.Text("prompt.copied", message.Args{"Number": at + 1, "Of": len(q.asked.Commands), "Line": line})
		return false, q.copier(line)
	case keyView:
		q.intent = viewing
		return true, nil
	case keyNote:
		q.intent = noting
		return true, nil
	case keyExplain:
		q.intent = explaining
		return true, nil
	}
	return false, nil
}

// oneLine is a line as it is safe to paste: nothing in it ends the line or moves a cursor.
func oneLine(text string) string {
	return strings.Join(strings.Fields(report.Escape(text)), " ")
}

func (q *question) view(width, height int) (string, *tea.Cursor) {
	title := q.asked.Title
	if title == "" {
		title = q.messages.Text("debug.ask.title")
	}
	if q.jumping {
		title = q.messages.Text("prompt.jump-title")
	}
	entries := q.entries()
	var lines []string
	if q.asked.Cause != "" && height >= roomy {
		lines = append(lines, q.inks.bad.Render(clip("✗ "+oneLine(q.asked.Cause), width)))
	}
	lines = append(lines, q.inks.title.Render(clip(title, width)))
	from, to := q.window.fit(len(entries), height-len(lines)-3)
	for i := from; i < to; i++ {
		lines = append(lines, q.line(entries[i], i == q.window.at, width))
	}
	told := clip(q.told, width)
	lines = append(lines, q.inks.good.Render(told), q.inks.faint.Render(q.keys(width)))
	return strings.Join(lines, "\n"), nil
}

// line shows one entry.
func (q *question) line(line entry, here bool, width int) string {
	key := line.key
	if key == "" {
		key = " "
	}
	label := clip(line.label, width-len(noMark)-len(key)-1)
	if here {
		return q.inks.key.Render(pointer+key) + " " + q.inks.selected.Render(label)
	}
	return noMark + q.inks.key.Render(key) + " " + label
}

// keys names the keys that do something now, as many as fit.
func (q *question) keys(width int) string {
	names := []string{"prompt.key.move", "prompt.key.take"}
	if q.jumping {
		names = append(names, "prompt.key.esc")
	}
	for _, own := range ownKeys(q.asked) {
		names = append(names, own.name)
	}
	return keyLine(q.messages, append(names, "prompt.key.end"), width)
}

// left is the choice as the list showed it.
func (q *question) left() string {
	if q.intent != taken {
		return ""
	}
	return q.inks.faint.Render(pointer + q.chosen.label)
}
