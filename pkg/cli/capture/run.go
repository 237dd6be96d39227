package capture

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/capture"
	"github.com/kubectl-podkit/podkit/pkg/recording/redact"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// Run reads the cluster and writes the file. Until it is whole it has another name, and none when anything goes wrong.
func (o *Options) Run(ctx context.Context) error {
	if o.Plain && !o.Yes {
		if err := o.consent(ctx); err != nil {
			return err
		}
	}
	selections, err := o.Spec.Resolve(ctx, o.Targets)
	if err != nil {
		return err
	}
	if err := o.there(ctx, selections); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(o.Output), "."+filepath.Base(o.Output)+".*")
	if err != nil {
		return o.unwritten(err)
	}
	// After the renaming there is nothing left to remove.
	defer os.Remove(file.Name())
	defer file.Close()
	summary, size, err := o.write(ctx, file, selections)
	if err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return o.unwritten(err)
	}
	if err := os.Rename(file.Name(), o.Output); err != nil {
		return o.unwritten(err)
	}
	if o.Quiet {
		return nil
	}
	_, err = io.WriteString(o.Streams.Out, o.told(summary, size))
	return err
}

// there refuses names of pods that do not exist, with the sentence of every other command.
func (o *Options) there(ctx context.Context, selections []target.Selection) error {
	for _, selection := range selections {
		if len(selection.Names) == 0 {
			continue
		}
		if answer := target.Read(ctx, o.Targets, selection); answer.State == casefile.Absent {
			return answer.Err
		}
	}
	return nil
}

func (o *Options) unwritten(err error) error {
	return message.Errorf(err, "capture.unwritten", message.Args{"File": o.Output, "Cause": err.Error()})
}

// consent asks whether secrets are to be left in.
func (o *Options) consent(ctx context.Context) error {
	if !o.Terminal.Interactive {
		return message.Errorf(nil, "capture.needs-yes", nil)
	}
	fmt.Fprint(o.Streams.ErrOut, o.Messages.Text("capture.consent", message.Args{"File": o.Output})+" ")
	answered := make(chan string, 1)
	go func() {
		line, err := bufio.NewReader(o.Streams.In).ReadString('\n')
		if err != nil {
			line = ""
		}
		answered <- line
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case line := <-answered:
		switch strings.ToLower(strings.TrimSpace(line)) {
		case "y", "yes", "是":
			return nil
		}
	}
	return message.Errorf(nil, "capture.no-consent", nil)
}

// write fills the file.
func (o *Options) write(ctx context.Context, file io.Writer, selections []target.Selection) (*capture.Summary, int64, error) {
	out := &sized{writer: file}
	writer, err := recording.NewWriter(out)
	if err != nil {
		return nil, 0, o.unwritten(err)
	}
	between, err := newScratch(o.Output)
	if err != nil {
		return nil, 0, o.unwritten(err)
	}
	defer between.Close()
	progress := o.progress(out, &between.sized)
	work := &capture.Capture{
		Source: o.Source, Selections: selections, LogLines: o.LogLines, LogBytes: o.LogBytes, Active: o.Active, Timeout: o.Timeout,
		Header: recording.Header{TakenAt: o.Now(), Podkit: o.Podkit, Namespace: o.Namespace, Scope: o.scope()},
		Step:   progress.step,
	}
	if !o.Plain {
		work.Redactor, work.Scratch = redact.New(o.Salt, o.Extra), between
	}
	summary, err := work.Run(ctx, writer)
	progress.end()
	var unread *capture.UnreadError
	switch {
	case ctx.Err() != nil:
		return nil, 0, ctx.Err()
	case out.err != nil || between.err != nil:
		return nil, 0, o.unwritten(cmp.Or(out.err, between.err))
	case errors.As(err, &unread):
		return nil, 0, cluster.Explain(unread.Err, unread.Verb, unread.Resource, unread.Namespace, "")
	case err != nil:
		return nil, 0, err
	case summary.Targets == 0 && (summary.Within == 0 || o.Spec.Labels != "" || o.Spec.Fields != ""):
		return nil, 0, o.nobody()
	}
	return summary, out.size, nil
}

// nobody is the error for pods that a selector does not find, and for a namespace that is not there or empty: a recording
// of nothing would only look like one. A namespace without pods is recorded, as what should have made them may be in it.
func (o *Options) nobody() error {
	if o.Spec.Namespace == "" {
		return message.Errorf(nil, "selection.none-anywhere", nil)
	}
	return message.Errorf(nil, "selection.none", message.Args{"Namespace": o.Spec.Namespace})
}

// sized counts what is written, and remembers what kept it from being.
type sized struct {
	writer io.Writer
	size   int64
	err    error
}

func (s *sized) Write(p []byte) (int, error) {
	n, err := s.writer.Write(p)
	s.size += int64(n)
	if err != nil {
		s.err = err
	}
	return n, err
}
