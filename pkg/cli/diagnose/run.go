package diagnose

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/cli-runtime/pkg/printers"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cli/notice"
	"github.com/kubectl-podkit/podkit/pkg/cli/publication"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/report/document"
	"github.com/kubectl-podkit/podkit/pkg/report/press"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// Cluster is what diagnose reads.
type Cluster interface {
	target.PodReader
	casefile.Library
	// Stats counts what was asked so far.
	Stats() cluster.Count
}

// Options are what diagnose was asked to do.
type Options struct {
	Spec target.Spec
	// FailOn is the severity from which on findings make the command fail; 0 means never.
	FailOn  diagnosis.Severity
	Stats   bool
	Verbose bool
	// Printer prints the document; nil means the text for people. Names prints the names of pods with a root cause.
	Printer printers.ResourcePrinter
	Names   bool
	// Format is one of the formats of reports, printed in place of the text; empty means none. Publisher prints it, and writes
	// reports into files beside it.
	Format    press.Format
	Publisher publication.Publisher

	Cluster Cluster
	// Messages are in the reader's language, ForScripts in that of the document.
	Messages, ForScripts *message.Catalog
	// Kubectl is how kubectl is called in the commands.
	Kubectl  string
	Streams  genericiooptions.IOStreams
	Terminal report.Terminal
	Now      func() time.Time
}

// foundError makes the exit code 3: the command ran, and what it found is as bad as --fail-on said.
type foundError struct{ severity diagnosis.Severity }

// exitFound is kubectl's exit code for a success that the user asked to be told apart.
const exitFound = 3

func (e foundError) Error() string { return "there are findings of severity " + e.severity.String() }
func (foundError) ExitStatus() int { return exitFound }

// Run reads the pods, finds what is wrong, and prints it.
func (o *Options) Run(ctx context.Context) error {
	began := o.Now()
	found, err := o.find(ctx)
	if err != nil {
		return err
	}
	if err := o.print(found); err != nil {
		return err
	}
	if err := o.Publisher.Save(o.copy(found)); err != nil {
		return err
	}
	if o.Stats {
		if err := o.printStats(found, o.Now().Sub(began)); err != nil {
			return err
		}
	}
	if err := diagnosis.Broken(found.Targets); err != nil {
		return err
	}
	if worst := worst(found); o.FailOn != 0 && worst >= o.FailOn {
		return foundError{worst}
	}
	return nil
}

// find asks the cluster, and tells a terminal so for as long as it does.
func (o *Options) find(ctx context.Context) (*diagnosis.Diagnosis, error) {
	line := notice.NewLine(o.Streams.ErrOut)
	line.Show(o.Messages.Text("prompt.reading"))
	defer line.Clear()
	pods, err := target.Pods(ctx, o.Cluster, o.Spec)
	if err != nil {
		return nil, err
	}
	found := diagnosis.Diagnose(ctx, o.Cluster, casefile.New(pods, o.Now()), causes.All())
	if err := ctx.Err(); err != nil {
		return nil, err // What was found so far would pass for all there is.
	}
	if o.Format != "" || len(o.Publisher.Reports) > 0 {
		return o.Publisher.Around(ctx, o.Cluster, found)
	}
	return found, nil
}

func worst(found *diagnosis.Diagnosis) diagnosis.Severity {
	worst := diagnosis.Severity(0)
	for i := range found.Targets {
		for j := range found.Targets[i].Findings {
			worst = max(worst, found.Targets[i].Findings[j].Severity)
		}
	}
	return worst
}

func (o *Options) print(found *diagnosis.Diagnosis) error {
	switch {
	case o.Format != "":
		return o.Publisher.Print(o.Streams.Out, o.Format, o.copy(found))
	case o.Names:
		return o.printNames(found)
	case o.Printer != nil:
		return o.Printer.PrintObj(o.document(found), o.Streams.Out)
	case len(found.Targets) == 0:
		args := message.Args{"Namespace": o.Spec.Namespace, "Count": 0}
		_, err := fmt.Fprintln(o.Streams.ErrOut, o.Messages.Text("get.none", args))
		return err
	}
	page := report.NewPage(o.Streams.Out, o.Messages, o.Terminal)
	page.Diagnosis(found, report.DiagnosisView{Kubectl: o.Kubectl, Namespaced: o.Spec.Namespace == "", Verbose: o.Verbose})
	return page.Err()
}

// printNames prints the pods that have a root cause in the form that kubectl takes back.
func (o *Options) printNames(found *diagnosis.Diagnosis) error {
	var names strings.Builder
	for i := range found.Targets {
		if found.Targets[i].Root() != nil {
			names.WriteString("pod/" + found.Targets[i].Pod.Name + "\n")
		}
	}
	text := names.String()
	if !o.Terminal.Piped {
		text = report.Escape(text)
	}
	_, err := io.WriteString(o.Streams.Out, text)
	return err
}

// copy is what a report is printed from.
func (o *Options) copy(found *diagnosis.Diagnosis) press.Copy {
	return publication.Copy(found, o.Spec, o.Cluster.Stats())
}

func (o *Options) document(found *diagnosis.Diagnosis) *document.Diagnosis {
	c := o.copy(found)
	return document.Builder{Messages: o.ForScripts, Kubectl: o.Kubectl}.Build(found, c.Scope, c.Cost)
}

// printStats says on stderr what the diagnosis cost.
func (o *Options) printStats(found *diagnosis.Diagnosis, took time.Duration) error {
	asked := o.Cluster.Stats()
	_, err := fmt.Fprintln(o.Streams.ErrOut, o.Messages.Text("diagnose.stats", message.Args{
		"Requests": asked.Requests, "Bytes": size(asked.Bytes), "Rounds": found.Rounds, "Time": took.Round(time.Millisecond).String(),
	}))
	return err
}

// size is a number of bytes in words.
func size(bytes int64) string {
	switch {
	case bytes >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20))
	case bytes >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(bytes)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", bytes)
}
