// Package notice says, on stderr and in the user's language, what a command has to tell beside its output: notes, failures
// that do not end it, and what it is doing. Whatever is in them that came from a cluster is neutralised.
//
// It decides nothing, and it does not know exit codes. Start reading at Teller, and at Line for what goes away again.
package notice

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// Teller says notes and failures, a line each.
type Teller struct {
	out      io.Writer
	messages *message.Catalog
}

// New returns a teller that writes to out, which is stderr but in tests.
func New(out io.Writer, messages *message.Catalog) *Teller {
	return &Teller{out: out, messages: messages}
}

// Notes says each note. What cannot be written to stderr has nobody to be told to.
func (t *Teller) Notes(notes ...action.Note) {
	for _, note := range notes {
		t.line(t.messages.Text(note.ID, note.Args))
	}
}

// Failure says an error that does not end the command.
func (t *Teller) Failure(err error) {
	text := err.Error()
	var told *message.Error
	if errors.As(err, &told) {
		text = t.messages.Text(told.ID, told.Args)
	}
	t.line(t.messages.Text("error.prefix", message.Args{"Text": text}))
}

func (t *Teller) line(text string) {
	fmt.Fprintln(t.out, report.Escape(strings.Join(strings.Fields(text), " ")))
}
