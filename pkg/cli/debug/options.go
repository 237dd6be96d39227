package debug

import (
	"context"
	"os"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/cli/debug/repertoire"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cli/publication"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/report/markdown"
	"github.com/kubectl-podkit/podkit/pkg/target"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// betweenLooks is the time between two looks at pods that are on their way.
const betweenLooks = time.Second

// Cluster is what debug reads; cluster.Cluster does.
type Cluster interface {
	repertoire.Cluster
	// Stats counts what was asked so far.
	Stats() cluster.Count
}

// Pods reaches into pods; action.Client does.
type Pods interface {
	repertoire.Pods
	// Shell returns the best shell that a container has.
	Shell(ctx context.Context, pod *corev1.Pod, container string) (string, error)
	// Exec runs a command in a container.
	Exec(ctx context.Context, command action.Command) error
}

// Options are what debug was asked to do.
type Options struct {
	// Workflow is the one that was named; without one it is chosen from the candidates by what is found.
	Workflow   Entry
	Candidates []Entry
	Library    Library
	Spec       target.Spec
	Container  string
	// Yes is set when nobody is to be asked; Allow is what may run without asking.
	Yes   bool
	Allow workflow.Consent
	// ShowValues is set to ask whether the values of variables may be shown.
	ShowValues bool
	// Answers stand in for the reader; nil when there are none.
	Answers *answers
	// Record is where the run is kept, Resumed what is known of its first part; both may be nil.
	Record  *record
	Resumed *saved
	// Publisher writes reports at the end of the run.
	Publisher publication.Publisher
	// Watch is set to wait, for Timeout, until the target is healthy.
	Watch   bool
	Timeout time.Duration
	// Patience is how long to wait for a pod that is on its way, Look the time between two looks at it.
	Patience, Look time.Duration
	// Plain is set for terminals on which nothing can be redrawn.
	Plain bool
	// Context is the kubeconfig's context, for words only.
	Context string

	Cluster  Cluster
	Pods     Pods
	Kubectl  repertoire.Kubectl
	Messages *message.Catalog
	Streams  genericiooptions.IOStreams
	Terminal report.Terminal
	Now      func() time.Time
}

// ToOptions checks the flags and arguments.
func (f *Flags) ToOptions(env *environment.Environment, args []string) (*Options, error) {
	spec, err := f.ToSpec(env, args)
	if err != nil {
		return nil, err
	}
	options := &Options{
		Spec: spec, Container: f.Container, Yes: f.Yes, Patience: f.PodRunningTimeout, Look: betweenLooks,
		Watch: f.Watch, Timeout: f.Timeout, Library: NewLibrary(env),
		Plain: f.Plain || env.Getenv("TERM") == "dumb", Streams: env.Streams, Terminal: env.Terminal(), Now: env.Now,
	}
	if options.Plain {
		env.Bounds.Waiter = nil // It writes over its line.
	}
	if options.Allow, err = allowed(f.Allow); err != nil {
		return nil, err
	}
	if options.ShowValues, err = f.showing(env, options.Terminal); err != nil {
		return nil, err
	}
	if err := options.settle(env, args); err != nil {
		return nil, err
	}
	if f.Answers != "" {
		if options.Answers, err = readAnswers(options.Library, f.Answers); err != nil {
			return nil, err
		}
	}
	if options.Messages, err = env.Messages(); err != nil {
		return nil, err
	}
	name, err := f.resume(options, args)
	if err != nil {
		return nil, err
	}
	if err := options.keep(f.Record); err != nil {
		return nil, err
	}
	if err := options.reports(env, &f.Publication); err != nil {
		return nil, err
	}
	if err := options.find(name); err != nil {
		return nil, err
	}
	if err := options.connect(env); err != nil {
		return nil, err
	}
	if options.Resumed != nil && options.Resumed.Context != options.Context {
		return nil, message.Errorf(nil, "debug.resume-context", message.Args{
			"File": f.Resume, "Then": options.Resumed.Context, "Now": options.Context,
		})
	}
	return options, nil
}

// resume takes up the run of --resume, if there is one, and returns the name of the workflow that is run.
func (f *Flags) resume(options *Options, args []string) (string, error) {
	if f.Resume == "" {
		return f.Workflow, nil
	}
	if len(args) > 0 || f.Workflow != "" || f.Record != "" {
		return "", message.Errorf(nil, "debug.resume-flags", nil)
	}
	return options.takeUp(f.Resume)
}

// settle fits the run to a recording, if one is read: nothing comes up any more that could be waited for, and nothing is
// reached into that somebody would have to agree to.
func (o *Options) settle(env *environment.Environment, args []string) error {
	if !env.IsRecorded() {
		return nil
	}
	o.Patience, o.Allow = 0, workflow.Changes
	if !o.Watch {
		return nil
	}
	where := []string{"-n", o.Spec.Namespace}
	if o.Spec.Namespace == "" {
		where = []string{"-A"}
	}
	return env.NeedsLive("recording.no-watch", slices.Concat([]string{"podkit", "debug"}, where, args, []string{"-w"})...)
}

// showing reads --show-values, which is refused where nobody can be asked.
func (f *Flags) showing(env *environment.Environment, terminal report.Terminal) (bool, error) {
	switch {
	case f.ShowValues && env.IsRecorded():
		return false, message.Errorf(nil, "consent.values-recorded", nil)
	case f.ShowValues && (f.Yes || f.Answers != "" || !terminal.Interactive):
		return false, message.Errorf(nil, "consent.values-nobody", nil)
	}
	return f.ShowValues, nil
}

// allowed reads the value of --allow.
func allowed(typed string) (workflow.Consent, error) {
	switch workflow.Consent(typed) {
	case "", workflow.ReadOnly:
		return workflow.ReadOnly, nil
	case workflow.Active:
		return workflow.Active, nil
	}
	return "", message.Errorf(nil, "debug.allow", message.Args{"Value": typed})
}

// keep prepares a record in a new file, when there is to be one.
func (o *Options) keep(path string) error {
	if path == "" {
		return nil
	}
	if err := o.keepable(path); err != nil {
		return err
	}
	o.Record = &record{path: path, text: markdown.NewRecord(o.Messages, o.Now)}
	return nil
}

// keepable refuses a file for the record that is there already, or that a report of the run will be.
func (o *Options) keepable(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return message.Errorf(nil, "debug.record-exists", message.Args{"File": path})
	}
	return apart(path, o.Publisher.Reports)
}

// takeUp reads the record of an interrupted run, and returns the name of its workflow.
func (o *Options) takeUp(path string) (string, error) {
	text, kept, err := readRecord(o.Library, path)
	if err != nil {
		return "", err
	}
	if kept.Ended {
		return "", message.Errorf(nil, "debug.resume-ended", message.Args{"File": path})
	}
	o.Resumed, o.Spec, o.Container = &kept, kept.Spec, kept.Container
	o.Record = &record{path: path, text: markdown.NewRecord(o.Messages, o.Now)}
	o.Record.text.Continue(text)
	return kept.Workflow, nil
}

// find finds the workflow that was named, or all that can be chosen from. One of the user's that is broken is told of, and
// is not in the way.
func (o *Options) find(name string) (err error) {
	if name != "" {
		o.Workflow, err = o.Library.Open(name)
		return err
	}
	var broken []error
	o.Candidates, broken = o.Library.All()
	for _, problem := range broken {
		o.tell(report.Sentence(problem, o.Messages))
	}
	return nil
}

// connect prepares all that needs the kubeconfig.
func (o *Options) connect(env *environment.Environment) error {
	var err error
	if o.Kubectl, err = kubectl(env); err != nil {
		return err
	}
	if o.Context, err = contextName(env); err != nil {
		return err
	}
	reader, err := env.Cluster()
	if err != nil {
		return err
	}
	o.Cluster = reader
	o.Pods, err = action.New(reader)
	return err
}

// kubectl returns how lines are written that mean the same cluster and namespace as podkit's flags. A namespace that was
// given with -n is always named; --token and the like are never repeated.
func kubectl(env *environment.Environment) (repertoire.Kubectl, error) {
	config := env.Config
	lines := repertoire.Kubectl{Name: env.Kubectl()}
	for _, flag := range []struct {
		name  string
		value *string
	}{
		{"--kubeconfig", config.KubeConfig},
		{"--context", config.Context},
		{"--cluster", config.ClusterName},
		{"--user", config.AuthInfoName},
		{"--as", config.Impersonate},
	} {
		if flag.value != nil && *flag.value != "" {
			lines.Flags = append(lines.Flags, flag.name+"="+*flag.value)
		}
	}
	if config.Namespace != nil && *config.Namespace != "" || env.IsRecorded() {
		return lines, nil // The lines are for the live cluster, whose context may be in any namespace.
	}
	home, err := env.Namespace()
	lines.Home = home
	return lines, err
}

// contextName is the name of the kubeconfig's context in use; empty inside a cluster.
func contextName(env *environment.Environment) (string, error) {
	recorded, err := env.Recording()
	if err == nil && recorded == nil && env.Config.Context != nil && *env.Config.Context != "" {
		return *env.Config.Context, nil
	}
	access, err := env.Access()
	if err != nil {
		return "", err
	}
	raw, err := access.ToRawKubeConfigLoader().RawConfig()
	return raw.CurrentContext, err
}
