package prompt

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/rivo/uniseg"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// The shelves of a picker.
const (
	pods = iota
	owners
	namespaces
	shelves
)

// all is the id of the row that stands for all namespaces.
const all = ""

// pick is the panel in which a target is picked.
type pick struct {
	ctx      context.Context
	asked    Picker
	messages *message.Catalog
	inks     inks

	// namespace is the one shown; at is the shelf shown, before the one to go back to from the namespaces.
	namespace  string
	at, before int
	shelves    [shelves]*shelf
	typed      string
	// reading is set while something is read, err when the namespace could not be, denied when the namespaces could not.
	reading     bool
	err, denied error
	// reads counts what was asked for: an answer to an older question comes too late.
	reads  int
	lines  int
	chosen Row
	whole  Row
}

var _ panel = (*pick)(nil)

func newPick(ctx context.Context, asked Picker, messages *message.Catalog, inks inks) *pick {
	p := &pick{ctx: ctx, asked: asked, messages: messages, inks: inks, namespace: asked.Namespace}
	for i := range p.shelves {
		p.shelves[i] = newShelf(nil)
	}
	return p
}

// listed and named are the answers of the two reads.
type (
	listed struct {
		read    int
		listing Listing
		err     error
	}
	named struct {
		read  int
		names []string
		err   error
	}
)

func (p *pick) init() tea.Cmd { return p.load() }

// load reads the namespace.
func (p *pick) load() tea.Cmd {
	p.reading, p.err, p.typed, p.at = true, nil, "", min(p.at, owners)
	p.shelves[pods], p.shelves[owners] = newShelf(nil), newShelf(nil)
	p.reads++
	read, namespace := p.reads, p.namespace
	return func() tea.Msg {
		listing, err := p.asked.Load(p.ctx, namespace)
		return listed{read, listing, err}
	}
}

// name reads the namespaces.
func (p *pick) name() tea.Cmd {
	p.reading, p.denied, p.typed = true, nil, ""
	p.before, p.at = min(p.at, owners), namespaces
	p.shelves[namespaces] = newShelf(nil)
	p.reads++
	read := p.reads
	return func() tea.Msg {
		names, err := p.asked.Namespaces(p.ctx)
		return named{read, names, err}
	}
}

func (p *pick) update(msg tea.Msg) (bool, tea.Cmd) {
	switch msg := msg.(type) {
	case listed:
		p.take(msg)
	case named:
		p.takeNames(msg)
	case tea.PasteMsg:
		p.filter(p.typed + strings.Join(strings.Fields(msg.Content), " "))
	case tea.KeyPressMsg:
		return p.press(msg)
	}
	return false, nil
}

// take puts what was read on the shelves: the whole namespace is the first line, the first one that needs attention is
// chosen.
func (p *pick) take(answer listed) {
	if answer.read != p.reads {
		return
	}
	p.reading, p.err, p.whole = false, answer.err, answer.listing.Whole
	if p.err != nil {
		return
	}
	for i, rows := range [...][]Row{answer.listing.Pods, answer.listing.Owners} {
		p.shelves[i] = newShelf(append([]Row{p.whole}, rows...))
		if len(rows) > 0 && rows[0].Tone != Good {
			p.shelves[i].window.at = 1
		}
	}
	p.filter(p.typed)
}

// takeNames lists the namespaces, all of them first.
func (p *pick) takeNames(answer named) {
	if answer.read != p.reads {
		return
	}
	p.reading, p.denied = false, answer.err
	rows := []Row{{ID: all, Name: p.messages.Text("prompt.pick.all")}}
	for _, name := range answer.names {
		rows = append(rows, Row{ID: name, Name: name})
	}
	if p.denied != nil {
		rows = rows[:0]
	}
	p.shelves[namespaces] = newShelf(rows)
	for i, row := range rows {
		if row.ID == p.namespace {
			p.shelves[namespaces].window.at = i
		}
	}
}

// press does what a key is for. What is no key of the picker's is typed into the filter.
func (p *pick) press(press tea.KeyPressMsg) (bool, tea.Cmd) {
	shelf := p.shelves[p.at]
	key := press.String()
	if key != "tab" && key != "shift+tab" && key != "ctrl+n" {
		if by := travel(key, max(p.lines-1, 1), len(shelf.shown)); by != 0 {
			shelf.window.move(by, len(shelf.shown))
			return false, nil
		}
	}
	switch key {
	case "enter":
		return p.enter()
	case "tab", "shift+tab":
		if p.at != namespaces {
			p.at = owners - p.at
			p.filter(p.typed)
		}
	case "ctrl+n":
		if p.at != namespaces {
			return false, p.name()
		}
	case "esc":
		switch {
		case p.typed != "":
			p.filter("")
		case p.at == namespaces:
			return false, p.back()
		}
	case "ctrl+u":
		p.filter("")
	case "backspace", "ctrl+h":
		p.filter(withoutLast(p.typed))
	default:
		if press.Text != "" {
			p.filter(p.typed + press.Text)
		}
	}
	return false, nil
}

// back leaves the list of namespaces. The namespace that was shown is read again only if it had not been read yet.
func (p *pick) back() tea.Cmd {
	p.at = p.before
	if p.whole.ID == "" || p.err != nil {
		return p.load()
	}
	p.reading = false
	p.reads++
	return nil
}

// enter takes what is chosen: a target, or a namespace to look into.
func (p *pick) enter() (bool, tea.Cmd) {
	if p.reading {
		return false, nil
	}
	row, ok := p.shelves[p.at].at()
	switch {
	case p.at != namespaces && ok:
		p.chosen = row
		return true, nil
	case p.at == namespaces && ok:
		p.namespace = row.ID
	case p.at == namespaces && p.denied != nil && p.typed != "":
		p.namespace = p.typed
	default:
		return false, nil
	}
	p.at = p.before
	return false, p.load()
}

// filter narrows the list. An empty filter brings the first line back that needs attention.
func (p *pick) filter(text string) {
	shelf := p.shelves[p.at]
	p.typed = text
	shelf.filter(text)
	first := len(shelf.shown) > 1 && shelf.shown[0] == 0 && p.at != namespaces
	if first && shelf.rows[shelf.shown[1]].Tone != Good {
		shelf.window.at = 1
	}
}

// withoutLast drops the last character.
func withoutLast(text string) string {
	kept := ""
	for text != "" {
		character, rest, _, _ := uniseg.FirstGraphemeClusterInString(text, -1)
		if rest != "" {
			kept += character
		}
		text = rest
	}
	return kept
}
