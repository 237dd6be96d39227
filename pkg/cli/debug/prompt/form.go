package prompt

import (
	"context"
	"fmt"
	"os"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/term"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// form asks with lists in which the reader moves. Each redraws only itself and shrinks to the choice made, so that the
// transcript above it stays whole.
type form struct {
	streams  genericiooptions.IOStreams
	messages *message.Catalog
	terminal report.Terminal
	size     size
	getenv   func(string) string
}

var _ Asker = (*form)(nil)

func newForm(streams genericiooptions.IOStreams, terminal report.Terminal, messages *message.Catalog) *form {
	f := &form{
		streams: streams, messages: messages, terminal: terminal, getenv: os.Getenv,
		size: size{terminal.Width, 24},
	}
	if out, ok := streams.Out.(*os.File); ok {
		if width, height, err := term.GetSize(int(out.Fd())); err == nil && width > 0 && height > 0 {
			f.size = size{width, height}
		}
	}
	return f
}

// Ask shows the choices as a list until one is taken. Between, output is paged, notes are written and concepts explained.
func (f *form) Ask(ctx context.Context, asked Question) (string, error) {
	explained := 0
	q := &question{
		asked: &asked, messages: f.messages, inks: newInks(f.terminal),
		copier: func(text string) tea.Cmd { return toClipboard(text, f.getenv) },
	}
	for {
		if err := show(ctx, f.streams, q, f.size); err != nil {
			return "", err
		}
		var err error
		switch q.intent {
		case taken:
			return q.chosen.choice, nil
		case viewing:
			err = f.page(ctx, asked.Full())
		case noting:
			err = f.note(ctx, asked.Note)
		case explaining:
			q.told, err = explain(f.streams.Out, asked.Topics, explained, f.messages, f.terminal)
			explained++
		}
		if err != nil {
			return "", err
		}
	}
}

// note asks for a note and keeps it.
func (f *form) note(ctx context.Context, keep func(context.Context, string) error) error {
	typed, err := f.Text(ctx, f.messages.Text("prompt.note"), f.messages.Text("prompt.note-placeholder"))
	if err != nil || typed == "" {
		return err
	}
	return keep(ctx, typed)
}

// Text asks for a line.
func (f *form) Text(ctx context.Context, title, placeholder string) (string, error) {
	asked := newText(title, placeholder, f.messages, newInks(f.terminal))
	if err := show(ctx, f.streams, asked, f.size); err != nil {
		return "", err
	}
	return asked.typed(), nil
}

// Pick shows what can be picked.
func (f *form) Pick(ctx context.Context, asked Picker) (string, error) {
	p := newPick(ctx, asked, f.messages, newInks(f.terminal))
	if err := show(ctx, f.streams, p, f.size); err != nil {
		return "", err
	}
	if p.err != nil {
		return "", fmt.Errorf("reading what there is to pick: %w", p.err)
	}
	return p.chosen.ID, nil
}
