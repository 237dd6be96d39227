package prompt

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// lines asks with numbered lines, for terminals on which nothing can be redrawn.
type lines struct {
	in       io.Reader
	out      io.Writer
	messages *message.Catalog
}

var _ Asker = (*lines)(nil)

// Ask numbers the choices.
func (l *lines) Ask(ctx context.Context, q Question) (string, error) {
	return l.ask(ctx, cmp.Or(q.Title, l.messages.Text("debug.ask.title")), q.Choices)
}

// Pick numbers the items.
func (l *lines) Pick(ctx context.Context, picker Picker) (string, error) {
	return l.ask(ctx, picker.Title, picker.Items)
}

// Text asks for a line.
func (l *lines) Text(ctx context.Context, title, placeholder string) (string, error) {
	if placeholder != "" {
		title += " (" + placeholder + ")"
	}
	fmt.Fprintf(l.out, "\n%s: ", title)
	return l.read(ctx)
}

// ask repeats the question until the answer is one of the numbers, or empty for the first.
func (l *lines) ask(ctx context.Context, title string, choices []Choice) (string, error) {
	fmt.Fprintf(l.out, "\n%s\n", title)
	for i, choice := range choices {
		fmt.Fprintf(l.out, "  %d  %s\n", i+1, choice.Label)
	}
	for {
		fmt.Fprint(l.out, l.messages.Text("debug.ask.number"))
		typed, err := l.read(ctx)
		if err != nil {
			fmt.Fprintln(l.out)
			return "", err
		}
		if typed == "" {
			return choices[0].ID, nil
		}
		if number, err := strconv.Atoi(typed); err == nil && number >= 1 && number <= len(choices) {
			return choices[number-1].ID, nil
		}
		fmt.Fprintln(l.out, l.messages.Text("debug.ask.wrong", message.Args{"Last": len(choices)}))
	}
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
