package prompt

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// lines asks with numbered lines, for terminals on which nothing can be redrawn and for readers who have the screen read
// to them.
type lines struct {
	in       io.Reader
	out      io.Writer
	messages *message.Catalog
	terminal report.Terminal
}

var _ Asker = (*lines)(nil)

// Ask numbers the choices, and repeats the question until one is taken: by its number, by its letter, or the first by
// Enter. The other keys work as letters as well.
func (l *lines) Ask(ctx context.Context, q Question) (string, error) {
	fmt.Fprintf(l.out, "\n%s\n", cmp.Or(q.Title, l.messages.Text("debug.ask.title")))
	for i, choice := range q.Choices {
		key := letter(choice.Key)
		if key != "" {
			key = " (" + key + ")"
		}
		fmt.Fprintf(l.out, "  %d  %s%s\n", i+1, choice.Label, key)
	}
	if also := l.also(&q); also != "" {
		fmt.Fprintf(l.out, "  %s\n", also)
	}
	for explained := 0; ; {
		fmt.Fprint(l.out, l.messages.Text("debug.ask.number"))
		typed, err := l.read(ctx)
		if err != nil {
			fmt.Fprintln(l.out)
			return "", err
		}
		if id, ok := answered(typed, q.Choices); ok {
			return id, nil
		}
		if typed == keyExplain {
			explained++
		}
		known, err := l.own(ctx, typed, &q, explained)
		if err != nil {
			return "", err
		}
		if !known {
			fmt.Fprintln(l.out, l.messages.Text("debug.ask.wrong", message.Args{"Last": len(q.Choices)}))
		}
	}
}

// answered finds the choice that was typed.
func answered(typed string, choices []Choice) (id string, ok bool) {
	if typed == "" {
		return choices[0].ID, true
	}
	if number, err := strconv.Atoi(typed); err == nil && number >= 1 && number <= len(choices) {
		return choices[number-1].ID, true
	}
	for _, choice := range choices {
		if strings.EqualFold(letter(choice.Key), typed) {
			return choice.ID, true
		}
	}
	return "", false
}

// also names the letters that do something beside the choices.
func (l *lines) also(q *Question) string {
	var names []string
	for _, own := range ownKeys(q) {
		names = append(names, l.messages.Text(own.name))
	}
	return strings.Join(names, " · ")
}

// own does what a letter beside the choices is for. Here a line is copied by being written on a line of its own.
func (l *lines) own(ctx context.Context, typed string, q *Question, explained int) (known bool, err error) {
	known = slices.ContainsFunc(ownKeys(q), func(own ownKey) bool { return own.key == typed })
	if !known {
		return false, nil
	}
	switch typed {
	case keyCopy:
		for _, line := range q.Commands {
			fmt.Fprintln(l.out, oneLine(line))
		}
	case keyView:
		fmt.Fprintln(l.out, report.Escape(strings.TrimRight(q.Full(), "\n")))
	case keyNote:
		text, err := l.Text(ctx, l.messages.Text("prompt.note"), "")
		if err != nil || text == "" {
			return true, err
		}
		return true, q.Note(ctx, text)
	case keyExplain:
		_, err = explain(l.out, q.Topics, explained-1, l.messages, l.terminal)
	}
	return true, err
}

// Text asks for a line.
func (l *lines) Text(ctx context.Context, title, placeholder string) (string, error) {
	if placeholder != "" {
		title += " (" + placeholder + ")"
	}
	fmt.Fprintf(l.out, "\n%s: ", title)
	return l.read(ctx)
}

// read returns one line, or the context's error: Ctrl-C does not end a read that is under way, so that is left behind,
// and the process ends.
func (l *lines) read(ctx context.Context) (string, error) {
	type answer struct {
		line string
		err  error
	}
	read := make(chan answer, 1)
	go func() {
		line, err := readLine(l.in)
		read <- answer{line, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case got := <-read:
		return got.line, got.err
	}
}

// readLine reads up to the end of a line and not one byte further: what follows may be meant for a shell.
func readLine(in io.Reader) (string, error) {
	var line strings.Builder
	one := make([]byte, 1)
	for {
		n, err := in.Read(one)
		if n > 0 && one[0] == '\n' {
			return strings.TrimSpace(line.String()), nil
		}
		line.Write(one[:n])
		if err != nil {
			return strings.TrimSpace(line.String()), err
		}
	}
}
