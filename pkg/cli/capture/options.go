package capture

import (
	"crypto/rand"
	"fmt"
	"time"

	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/build"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/input"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/capture"
	"github.com/kubectl-podkit/podkit/pkg/recording/redact"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// Options are what capture was asked to do.
type Options struct {
	Spec target.Spec
	// Output is the file to write.
	Output             string
	LogLines, LogBytes int
	// Active allows asking the apps.
	Active bool
	// Plain leaves secrets in; Yes is the consent to that.
	Plain, Yes bool
	Quiet      bool
	Extra      []redact.Extra
	// Salt keys the placeholders.
	Salt []byte
	// Timeout bounds one request; 0 leaves it to the capture.
	Timeout time.Duration
	// Namespace is the one that the user is in, Podkit this build.
	Namespace, Podkit string

	Targets  target.PodReader
	Source   capture.Source
	Messages *message.Catalog
	Streams  genericiooptions.IOStreams
	Terminal report.Terminal
	Now      func() time.Time
}

// ToOptions checks the flags and arguments.
func (f *Flags) ToOptions(env *environment.Environment, args []string) (*Options, error) {
	if f.Output == "" {
		return nil, message.Errorf(nil, "capture.no-output", nil)
	}
	spec, err := f.ToSpec(env, args)
	if err != nil {
		return nil, err
	}
	options := &Options{
		Spec: spec, Output: f.Output, LogLines: f.LogLines, Yes: f.Yes, Quiet: f.Quiet,
		Podkit: build.Current().Version, Streams: env.Streams, Terminal: env.Terminal(), Now: env.Now,
	}
	if err := f.limits(options); err != nil {
		return nil, err
	}
	if err := f.redaction(env, options); err != nil {
		return nil, err
	}
	for _, allowed := range f.Allow {
		if allowed != active {
			return nil, message.Errorf(nil, "capture.allow", message.Args{"Value": allowed})
		}
		options.Active = true
	}
	return options, options.connect(env)
}

// limits reads what bounds a log.
func (f *Flags) limits(options *Options) error {
	size, err := resource.ParseQuantity(f.LogBytes)
	if err != nil || size.Value() < 1 || size.Value() > 32<<20 {
		return message.Errorf(err, "capture.log-bytes", message.Args{"Value": f.LogBytes})
	}
	if f.LogLines < 1 {
		return message.Errorf(nil, "capture.log-lines", message.Args{"Value": f.LogLines})
	}
	options.LogBytes = int(size.Value())
	return nil
}

// redaction reads what is to be taken out.
func (f *Flags) redaction(env *environment.Environment, options *Options) error {
	switch f.Redact {
	case "on":
	case "off":
		if f.ExtraRedact != "" {
			return message.Errorf(nil, "capture.redact-both", nil)
		}
		options.Plain = true
	default:
		return message.Errorf(nil, "capture.redact", message.Args{"Value": f.Redact})
	}
	options.Salt = make([]byte, 32)
	if _, err := rand.Read(options.Salt); err != nil {
		return fmt.Errorf("reading random bytes: %w", err)
	}
	if f.ExtraRedact == "" {
		return nil
	}
	text, err := env.ReadFile(f.ExtraRedact)
	if err != nil {
		return input.Explain(err, "capture.read-patterns", message.Args{"File": f.ExtraRedact})
	}
	options.Extra, err = redact.ReadExtra(f.ExtraRedact, text)
	return err
}

// connect prepares all that needs the kubeconfig.
func (o *Options) connect(env *environment.Environment) error {
	var err error
	if o.Messages, err = env.Messages(); err != nil {
		return err
	}
	if o.Namespace, err = env.Namespace(); err != nil {
		return err
	}
	reader, err := env.Cluster()
	if err != nil {
		return err
	}
	o.Targets, o.Timeout = reader, reader.Timeout()
	o.Source, err = capture.NewClient(reader.Config())
	return err
}

// scope is what is asked for, for the head of the recording.
func (o *Options) scope() recording.Scope {
	scope := recording.Scope{Selector: o.Spec.Labels, All: o.Spec.Namespace == "" && len(o.Spec.Names) == 0}
	if o.Spec.Namespace != "" {
		scope.Namespaces = []string{o.Spec.Namespace}
	}
	for _, name := range o.Spec.Names {
		scope.Targets = append(scope.Targets, name.String())
	}
	return scope
}
