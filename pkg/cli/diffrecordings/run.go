package diffrecordings

import (
	"context"
	"io"

	"k8s.io/cli-runtime/pkg/printers"

	"github.com/kubectl-podkit/podkit/pkg/difference"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// Options are what diff-recordings was asked to do.
type Options struct {
	// Before and After are paths of recordings.
	Before, After string
	ExitCode      bool
	// Printer prints the document; nil means the text for people.
	Printer  printers.ResourcePrinter
	Messages *message.Catalog
	// Open reads a recording and diagnoses it.
	Open     func(ctx context.Context, path string) (difference.Snapshot, error)
	Out      io.Writer
	Terminal report.Terminal
}

// differentError makes the exit code 3: the command ran, and there are differences.
type differentError struct{}

// exitDifferent is kubectl's exit code for a success that the user asked to be told apart.
const exitDifferent = 3

func (differentError) Error() string   { return "the recordings differ" }
func (differentError) ExitStatus() int { return exitDifferent }

// Run compares the recordings and prints what changed.
func (o *Options) Run(ctx context.Context) error {
	before, err := o.Open(ctx, o.Before)
	if err != nil {
		return err
	}
	after, err := o.Open(ctx, o.After)
	if err != nil {
		return err
	}
	changed := difference.Compare(before, after, o.Messages)
	if err := o.print(changed); err != nil {
		return err
	}
	if o.ExitCode && !changed.None() {
		return differentError{}
	}
	return nil
}

func (o *Options) print(changed *difference.Difference) error {
	if o.Printer != nil {
		return o.Printer.PrintObj(changed, o.Out)
	}
	page := report.NewPage(o.Out, o.Messages, o.Terminal)
	page.Difference(changed)
	return page.Err()
}
