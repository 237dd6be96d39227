package prompt

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// around is how many lines a picker takes beside its list: title, filter, a blank one, remark, keys.
const around = 5

// leastLines leaves room to tell what could not be read.
const leastLines = 6

// typing is before what is typed into the filter.
const typing = "> "

// The widths of columns: the least and the most of a name, the most of a status.
const (
	leastName  = 16
	mostName   = 52
	mostStatus = len("CreateContainerConfigError")
	gap        = "  "
)

func (p *pick) view(width, height int) (string, *tea.Cursor) {
	filter := typing + p.typed
	cursor := tea.NewCursor(min(lipgloss.Width(filter), width-1), 1)
	hint := ""
	if p.typed == "" {
		hint = p.messages.Text("prompt.pick.filter")
	}
	lines := []string{
		p.head(width),
		p.inks.key.Render(typing) + clip(p.typed, width-len(noMark)) + p.inks.faint.Render(clip(hint, width-lipgloss.Width(filter))), "",
	}
	shelf := p.shelves[p.at]
	p.lines = max(min(max(len(shelf.rows), p.lines, leastLines), height-around), 1)
	list := p.list(shelf, width)
	lines = append(lines, list...)
	lines = append(lines, make([]string, p.lines-len(list))...)
	lines = append(lines, p.inks.faint.Render(clip(p.remark(shelf), width)), p.inks.faint.Render(p.keys(width)))
	return strings.Join(lines, "\n"), cursor
}

// head is the question, and to the right of it where the reader is.
func (p *pick) head(width int) string {
	title := p.asked.Title
	if p.at == namespaces {
		title = p.messages.Text("prompt.pick.namespace-title")
	}
	where := clip(p.messages.Text("prompt.pick.where", message.Args{
		"Context": report.Escape(p.asked.Context), "Namespace": p.namespace,
	}), width)
	space := width - lipgloss.Width(title) - lipgloss.Width(where)
	if space < len(gap) {
		title = clip(title, width-lipgloss.Width(where)-len(gap))
		space = max(width-lipgloss.Width(title)-lipgloss.Width(where), 0)
	}
	return p.inks.title.Render(title) + strings.Repeat(" ", space) + p.inks.faint.Render(where)
}

// list shows the part of the shelf that the window is at. Only what is shown is laid out, so that thousands of rows cost
// no more than a screenful.
func (p *pick) list(shelf *shelf, width int) []string {
	switch {
	case p.reading:
		return []string{noMark + clip(p.messages.Text("prompt.reading"), width-len(noMark))}
	case p.at != namespaces && p.err != nil:
		return p.trouble(p.err, "prompt.pick.failed", width)
	case p.at == namespaces && p.denied != nil:
		return p.trouble(p.denied, "prompt.pick.denied", width)
	case len(shelf.shown) == 0:
		return []string{noMark + clip(p.messages.Text("prompt.pick.no-match"), width-len(noMark))}
	}
	from, to := shelf.window.fit(len(shelf.shown), p.lines)
	var rows []Row
	for _, i := range shelf.shown[from:to] {
		row := shelf.rows[i]
		row.Name, row.Status, row.Why = flat(row.Name), flat(row.Status), flat(row.Why)
		rows = append(rows, row)
	}
	name, status := columns(rows, width)
	var lines []string
	for i := range rows {
		lines = append(lines, p.row(&rows[i], from+i == shelf.window.at, name, status, width))
	}
	return lines
}

// flat is a text of the cluster as it may stand in a line.
func flat(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(report.Escape(text), "\n", " "), "\t", " ")
}

// columns are the widths of names and states such that, if at all possible, there is room for the reasons.
func columns(rows []Row, width int) (name, status int) {
	for i := range rows {
		if rows[i].Status == "" && rows[i].Why == "" { // It may run over the columns beside it.
			continue
		}
		name = max(name, lipgloss.Width(rows[i].Name))
		status = max(status, lipgloss.Width(rows[i].Status))
	}
	return min(name, max(leastName, min(mostName, width*2/5))), min(status, mostStatus, width/4)
}

// row shows one row.
func (p *pick) row(row *Row, here bool, name, status, width int) string {
	mark, style := noMark, lipgloss.NewStyle()
	if here {
		mark, style = p.inks.key.Render(pointer), p.inks.selected
	}
	room := width - len(noMark)
	if row.Status == "" && row.Why == "" {
		return mark + style.Render(clip(row.Name, room))
	}
	tone := [...]lipgloss.Style{Good: lipgloss.NewStyle(), Warn: p.inks.warn, Bad: p.inks.bad}[row.Tone]
	line := mark + style.Render(pad(clipMiddle(row.Name, min(name, room)), name))
	if room -= name + len(gap); room > 0 {
		line += gap + tone.Render(clip(row.Status, min(status, room)))
	}
	if room -= status + len(gap); room > 1 && row.Why != "" {
		line += strings.Repeat(" ", status-min(lipgloss.Width(row.Status), status)) + gap + clip(row.Why, room)
	}
	return clip(line, width)
}

// pad fills a text up with spaces.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(width-lipgloss.Width(text), 0))
}

// trouble tells in a few lines what could not be read, and what to do.
func (p *pick) trouble(err error, next string, width int) []string {
	told := lipgloss.Wrap(flat(report.Sentence(err, p.messages)), max(width-len(noMark), 1), "")
	lines := strings.Split(told, "\n")
	for i := range lines {
		lines[i] = noMark + p.inks.bad.Render(lines[i])
	}
	lines = lines[:min(len(lines), max(p.lines-1, 1))]
	if len(lines) < p.lines {
		lines = append(lines, noMark+clip(p.messages.Text(next), width-len(noMark)))
	}
	return lines
}

// remark says what part of all is shown.
func (p *pick) remark(shelf *shelf) string {
	if p.reading || len(shelf.rows) == 0 {
		return ""
	}
	extra := 1 // The line that stands for all.
	shown := len(shelf.shown)
	if shown > 0 && shelf.shown[0] == 0 {
		shown -= extra
	}
	bad := 0
	for i := range shelf.rows {
		if shelf.rows[i].Tone != Good {
			bad++
		}
	}
	if shelf.rows[0].Tone != Good {
		bad--
	}
	id := [...]string{pods: "prompt.pick.pods", owners: "prompt.pick.owners", namespaces: "prompt.pick.namespaces"}[p.at]
	return p.messages.Text(id, message.Args{"Shown": shown, "All": len(shelf.rows) - extra, "Bad": bad})
}

func (p *pick) keys(width int) string {
	if p.at == namespaces {
		return keyLine(p.messages, []string{"prompt.key.move", "prompt.key.take", "prompt.key.esc", "prompt.key.end"}, width)
	}
	toggle := "prompt.key.owners"
	if p.at == owners {
		toggle = "prompt.key.pods"
	}
	return keyLine(p.messages, []string{"prompt.key.move", "prompt.key.take", toggle, "prompt.key.namespace", "prompt.key.clear", "prompt.key.end"}, width)
}

// left names what was picked.
func (p *pick) left() string {
	if p.chosen.ID == "" {
		return ""
	}
	return p.inks.faint.Render(pointer + cmp.Or(flat(p.chosen.Name), p.chosen.ID))
}
