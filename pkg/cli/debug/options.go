package debug

import (
	"context"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/cli/debug/repertoire"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// betweenLooks is the time between two looks at pods that are on their way.
const betweenLooks = time.Second

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
	Workflow  *workflow.Workflow
	Spec      target.Spec
	Container string
	// Yes is set when nobody is to be asked.
	Yes bool
	// Patience is how long to wait for a pod that is on its way, Look the time between two looks at it.
	Patience, Look time.Duration
	// Plain is set for terminals on which nothing can be redrawn.
	Plain bool
	// Context is the kubeconfig's context, for words only.
	Context string

	Cluster  repertoire.Cluster
	Pods     Pods
	Kubectl  repertoire.Kubectl
	Messages *message.Catalog
	Streams  genericiooptions.IOStreams
	Terminal report.Terminal
	Now      func() time.Time
}

// ToOptions checks the flags and arguments.
func (f *Flags) ToOptions(env *environment.Environment, args []string) (*Options, error) {
	guide, err := workflow.Load(f.Workflow)
	if err != nil {
		return nil, message.Errorf(err, "debug.no-workflow", message.Args{"Name": f.Workflow, "Names": strings.Join(workflow.Names(), ", ")})
	}
	spec, err := f.ToSpec(env, args)
	if err != nil {
		return nil, err
	}
	options := &Options{
		Workflow: guide, Spec: spec, Container: f.Container, Yes: f.Yes, Patience: f.PodRunningTimeout, Look: betweenLooks,
		Plain: env.Getenv("TERM") == "dumb", Streams: env.Streams, Terminal: env.Terminal(), Now: env.Now,
	}
	return options, options.connect(env)
}

// connect prepares all that needs the kubeconfig.
func (o *Options) connect(env *environment.Environment) error {
	var err error
	if o.Messages, err = env.Messages(); err != nil {
		return err
	}
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
	if config.Namespace != nil && *config.Namespace != "" {
		return lines, nil
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
