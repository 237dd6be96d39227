package debug

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cli/publication"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// reports checks the flags about reports. None may take the place of the run's record.
func (o *Options) reports(env *environment.Environment, flags *publication.Flags) (err error) {
	if o.Record != nil {
		if err := apart(o.Record.path, flags.Reports); err != nil {
			return err
		}
	}
	o.Publisher, err = flags.ToPublisher(env)
	return err
}

// apart refuses a record that is one of the reports as well.
func apart(record string, reports []string) error {
	kept := absolute(record)
	if at := slices.IndexFunc(reports, func(path string) bool { return absolute(path) == kept }); at >= 0 {
		return message.Errorf(nil, "debug.report-record", message.Args{"File": reports[at]})
	}
	return nil
}

// absolute is a path by which files are told apart.
func absolute(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return filepath.Clean(path)
}

// publish writes the reports of what the run found last.
func (o *Options) publish(ctx context.Context, g *guide) error {
	if len(o.Publisher.Reports) == 0 {
		return nil
	}
	found, err := o.Publisher.Around(ctx, o.Cluster, g.subject.Diagnosis)
	if err != nil {
		return err
	}
	return o.Publisher.Save(publication.Copy(found, g.subject.Spec, o.Cluster.Stats()))
}
