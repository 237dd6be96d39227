package doctor

import (
	"context"
	"io"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/access"
	"github.com/kubectl-podkit/podkit/pkg/build"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/report/document"
)

// Cluster is what doctor asks; cluster.Cluster does.
type Cluster interface {
	access.Reviewer
	ServerVersion(ctx context.Context) casefile.Answer[string]
	User(ctx context.Context) casefile.Answer[string]
	Pods(ctx context.Context, query casefile.Query) casefile.Answer[[]corev1.Pod]
	Events(ctx context.Context, query casefile.Query) casefile.Answer[[]corev1.Event]
	Nodes(ctx context.Context, query casefile.Query) casefile.Answer[[]corev1.Node]
}

// Options are what doctor was asked to do.
type Options struct {
	// Output is json, yaml, or empty for text.
	Output string
	// Everywhere asks for the rights in all namespaces.
	Everywhere bool
	// Language is the value of --lang.
	Language string
	// Self is the path of the running program; empty when it is not known.
	Self  string
	Build build.Info
	// Libraries is the version of Kubernetes that podkit's client libraries are of: v1.37.2.
	Libraries string

	// Locate reads the kubeconfig, and Connect prepares the reading of the cluster; neither contacts it.
	Locate  func() (cluster.Located, error)
	Connect func() (Cluster, error)
	// KubectlVersion asks a kubectl for its version.
	KubectlVersion func(ctx context.Context, path string) (string, error)

	Messages *message.Catalog
	Getenv   func(string) string
	Out      io.Writer
	Terminal report.Terminal
	Now      func() time.Time
}

// sickError makes the exit code 1 when podkit cannot work at all; what there is to say has been printed.
type sickError struct{}

func (sickError) Error() string   { return "podkit cannot work here" }
func (sickError) ExitStatus() int { return 1 }

// Run examines everything and prints what was found.
func (o *Options) Run(ctx context.Context) error {
	checkup := &report.Checkup{TakenAt: o.Now()}
	o.cluster(ctx, checkup)
	if err := ctx.Err(); err != nil {
		return err
	}
	checkup.Checks = append(checkup.Checks, o.terminal()...)
	checkup.Checks = append(checkup.Checks, o.installation()...)
	if err := o.print(checkup); err != nil {
		return err
	}
	if !checkup.Works() {
		return sickError{}
	}
	return nil
}

func (o *Options) print(checkup *report.Checkup) error {
	if o.Output == "" {
		page := report.NewPage(o.Out, o.Messages, o.Terminal)
		page.Checkup(checkup)
		return page.Err()
	}
	told := document.BuildCheckup(checkup, o.Messages)
	if o.Output == "yaml" {
		return report.WriteYAML(o.Out, told, o.Terminal)
	}
	return report.WriteJSON(o.Out, told, o.Terminal)
}
