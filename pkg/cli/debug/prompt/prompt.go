package prompt

import (
	"context"

	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// Asker asks the reader. An error ends the run: the context's, Interrupted when the reader broke off with a key, io.EOF
// at the end of the input.
type Asker interface {
	// Ask returns the id of the choice taken; "" when there is nobody to ask.
	Ask(ctx context.Context, question Question) (id string, err error)
	// Text returns a line of free text; "" when nothing was typed, or there is nobody to ask.
	Text(ctx context.Context, title, placeholder string) (string, error)
	// Pick returns the id of a row; "" when there is nobody to ask.
	Pick(ctx context.Context, picker Picker) (string, error)
}

// Question is what is asked after a step.
type Question struct {
	// Cause is what is wrong, in a sentence: it stays in sight above the question when the transcript has scrolled away.
	// Empty when nothing is.
	Cause string
	// Title is the question; empty means "What next?".
	Title string
	// Choices are in the order of the list, the recommended one first.
	Choices []Choice
	// Commands are the kubectl lines of the step, to be copied.
	Commands []string
	// Full returns the step's whole output, for the pager; nil when nothing was left out.
	Full func() string
	// Topics are the ids of concepts that the step touches, to be explained.
	Topics []string
	// Note keeps what the reader noted, and may ask where; nil when nothing is kept.
	Note func(ctx context.Context, text string) error
}

// Choice is one answer to a question.
type Choice struct {
	// Key is the choice's hotkey; it may be empty. Choices with the key "j" (jump) are listed apart when they are several.
	Key, Label string
	// ID is what is returned.
	ID string
}

// Interrupted ends a run that the reader has broken off with Ctrl-C, which a form sees as a key. Its exit code is that of
// a process ended by SIGINT; there is nothing to say about it.
type Interrupted struct{}

func (Interrupted) Error() string { return "interrupted" }

// ExitStatus is the exit code of the process.
func (Interrupted) ExitStatus() int { return 130 }

// New returns the way of asking that a terminal allows; plain asks with numbered lines, without redrawing.
func New(streams genericiooptions.IOStreams, terminal report.Terminal, messages *message.Catalog, plain bool) Asker {
	switch {
	case !terminal.Interactive:
		return Nobody{}
	case plain:
		return &lines{in: streams.In, out: streams.Out, messages: messages, terminal: terminal}
	}
	return newForm(streams, terminal, messages)
}

// Nobody is there to be asked.
type Nobody struct{}

var _ Asker = Nobody{}

// Ask answers nothing.
func (Nobody) Ask(context.Context, Question) (string, error) { return "", nil }

// Text answers nothing.
func (Nobody) Text(context.Context, string, string) (string, error) { return "", nil }

// Pick answers nothing.
func (Nobody) Pick(context.Context, Picker) (string, error) { return "", nil }
