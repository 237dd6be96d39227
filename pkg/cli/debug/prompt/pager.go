package prompt

import (
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/kubectl-podkit/podkit/pkg/report"
)

// page shows a text, neutralised, in the reader's pager, or in a small one of podkit's own where there is none.
func (f *form) page(ctx context.Context, text string) error {
	text = report.Escape(text)
	if pager := f.pager(); pager != nil {
		if err := f.run(ctx, pager, text); err == nil || ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return f.leaf(ctx, text)
}

// pager is the program of $PAGER with its arguments, else less; nil when that is not there. No shell reads it.
func (f *form) pager() []string {
	words := strings.Fields(f.getenv("PAGER"))
	if len(words) == 0 {
		words = []string{"less"}
	}
	path, err := exec.LookPath(words[0])
	if err != nil {
		return nil
	}
	return append([]string{path}, words[1:]...)
}

// run shows a text in a program. However that ends, the terminal is afterwards as it was before.
func (f *form) run(ctx context.Context, words []string, text string) error {
	if in, ok := f.streams.In.(*os.File); ok {
		if before, err := term.GetState(int(in.Fd())); err == nil {
			defer func() { _ = term.Restore(int(in.Fd()), before) }()
		}
	}
	program := exec.CommandContext(ctx, words[0], words[1:]...) // The reader's own choice, made in the environment.
	program.Stdin, program.Stdout, program.Stderr = strings.NewReader(text), f.streams.Out, io.Discard
	program.Cancel = func() error { return program.Process.Signal(os.Interrupt) }
	program.WaitDelay = time.Second
	program.Env = os.Environ()
	if f.getenv("LESSCHARSET") == "" {
		program.Env = append(program.Env, "LESSCHARSET=utf-8") // Or LANG=C shows Chinese as <E4><BD>.
	}
	return program.Run()
}
