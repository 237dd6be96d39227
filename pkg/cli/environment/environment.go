// Package environment is what a command is given to work with: streams, kubeconfig flags, messages in the user's
// language, a reader of the cluster, the clock, and what the terminal can do. Everything in it is made on first use, so
// that commands which need no cluster never look for one.
//
// It decides nothing and prints nothing. Start reading at Environment.
package environment

import (
	"cmp"
	"context"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/notice"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/input"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// Environment is one invocation's surroundings. Tests fill it with streams, a clock and variables of their own.
type Environment struct {
	Streams genericiooptions.IOStreams
	// Config holds -n, --context, --kubeconfig, --as, --request-timeout and the rest of kubectl's connection flags.
	Config *genericclioptions.ConfigFlags
	// Getenv reads an environment variable.
	Getenv func(string) string
	// Bounds are how long the cluster may take to answer. They hold for every request that is made by way of Config.
	Bounds *cluster.Bounds
	// Now is the clock: that of a recording stands still.
	Now func() time.Time
	// Context ends what is read before a command runs: its files.
	Context context.Context

	language string
	messages *message.Catalog
	cluster  *cluster.Cluster
	recorded recorded
}

// New returns the environment of a process.
func New(streams genericiooptions.IOStreams, getenv func(string) string) *Environment {
	config := genericclioptions.NewConfigFlags(true).WithWarningPrinter(streams)
	env := &Environment{
		Streams: streams, Config: config, Getenv: getenv, Bounds: cluster.DefaultBounds(), Context: context.Background(),
	}
	env.Bounds.Waiter = notice.NewWaiting(env.waitingLine(), env.Messages)
	config.WrapConfigFn = env.Bounds.Wrap
	env.Now = func() time.Time { return env.recorded.now(time.Now) }
	return env
}

// waitingLine is where is told what is waited for. A terminal that cannot write over a line is spared it.
func (e *Environment) waitingLine() *notice.Line {
	if e.Getenv("TERM") == "dumb" {
		return &notice.Line{}
	}
	return notice.NewLine(e.Streams.ErrOut)
}

// AddFlags registers kubectl's connection flags, --lang and --recording.
func (e *Environment) AddFlags(flags *pflag.FlagSet) {
	e.Config.AddFlags(flags)
	flags.StringVar(&e.language, "lang", "", "Language of podkit's own words: en or zh (default: PODKIT_LANG, LC_ALL, LANG, then en)")
	flags.StringVar(&e.recorded.path, "recording", "", "Read this recording of a cluster instead of a live one")
}

// Messages returns the catalogue in the user's language.
func (e *Environment) Messages() (*message.Catalog, error) {
	if e.messages != nil {
		return e.messages, nil
	}
	language, err := message.Choose(e.language, e.Getenv)
	if err != nil {
		return nil, err
	}
	e.messages, err = message.NewCatalog(language)
	return e.messages, err
}

// ScriptMessages returns the catalogue for output that scripts read: English whoever runs them, unless --lang was typed.
func (e *Environment) ScriptMessages() (*message.Catalog, error) {
	if e.language != "" {
		return e.Messages()
	}
	return message.NewCatalog(message.English)
}

// Cluster returns the reader of the cluster that the flags name, or of the recording.
func (e *Environment) Cluster() (*cluster.Cluster, error) {
	if e.cluster != nil {
		return e.cluster, nil
	}
	access, err := e.Access()
	if err != nil {
		return nil, err
	}
	e.cluster, err = cluster.New(access, e.Streams.ErrOut)
	return e.cluster, err
}

// Namespace returns the namespace of -n, else that of the context or of the recording's captor, else "default".
func (e *Environment) Namespace() (string, error) {
	access, err := e.Access()
	if err != nil {
		return "", err
	}
	return cluster.Namespace(access)
}

// Files opens the files that the user names.
func (e *Environment) Files() input.Files { return input.Files{Stdin: e.Streams.In} }

// mostRead bounds the files of a few pages that users write: workflows, answers, patterns.
const mostRead = 16 << 20

// ReadFile reads a whole file of that kind.
func (e *Environment) ReadFile(path string) ([]byte, error) {
	return e.Files().Read(e.Context, path, mostRead)
}

// Terminal says what the standard output can do.
func (e *Environment) Terminal() report.Terminal {
	terminal := report.NewTerminal(e.Streams, e.Getenv)
	terminal.Kubectl = e.Kubectl()
	return terminal
}

// Kubectl is the name by which kubectl lines are printed: that of the kubectl which started podkit, when it says so.
func (e *Environment) Kubectl() string {
	return filepath.Base(cmp.Or(e.Getenv("KUBECTL_PATH"), "kubectl"))
}
