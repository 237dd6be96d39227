package debug

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// lines asks with numbered lines, for terminals on which nothing can be redrawn.
type lines struct {
	in       io.Reader
	out      io.Writer
	messages *message.Catalog
}

// ask repeats the question until the answer is one of the numbers, or empty for the first. The end of the input ends the
// run as choosing to finish does.
func (l *lines) ask(ctx context.Context, choices []choice) (workflow.Answer, error) {
	fmt.Fprintf(l.out, "\n%s\n", l.messages.Text("debug.ask.title"))
	for i, choice := range choices {
		fmt.Fprintf(l.out, "  %d  %s\n", i+1, choice.label)
	}
	for {
		fmt.Fprint(l.out, l.messages.Text("debug.ask.number"))
		typed, err := l.read(ctx)
		if errors.Is(err, io.EOF) {
			fmt.Fprintln(l.out)
			return workflow.Answer{Verb: workflow.Quit}, nil
		}
		if err != nil {
			fmt.Fprintln(l.out)
			return workflow.Answer{}, err
		}
		if typed == "" {
			return choices[0].answer, nil
		}
		if number, err := strconv.Atoi(typed); err == nil && number >= 1 && number <= len(choices) {
			return choices[number-1].answer, nil
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
