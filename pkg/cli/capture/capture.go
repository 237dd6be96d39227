// Package capture is the command that writes a cluster down in one file, which can be sent to somebody.
package capture

import (
	"time"

	"github.com/spf13/cobra"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/completion"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cli/selection"
)

var long = templates.LongDesc(`
	Write down what there is to know of pods in one file: the pods, their owners with the history of rollouts, nodes,
	events, services, volumes, quotas and the like of their namespaces, the ends of their logs, and what could not be read
	and why. Whoever gets the file reads it with --recording as if it were the cluster.

	Secrets are taken out before anything is written: values whose name or shape says that they are secret become
	placeholders, equal ones for equal values. What a Secret holds is never requested; of ConfigMaps the names of the keys
	stay. It is a net with holes: look at the summary, and at the file (tar --zstd -xf FILE), before you send it far away.
	--extra-redact takes patterns of your own, one regular expression a line.

	It only reads. --allow active lets it also ask the apps what their probes ask, through the API server.`)

var example = templates.Examples(`
	# The pods of a Deployment, and all that is around them
	kubectl podkit capture deploy/web -o web.podkit

	# A namespace, to find out elsewhere why its pods fail
	kubectl podkit capture -n shop -o shop.podkit

	# The whole cluster, with a pattern of your own for what must not leave the house
	kubectl podkit capture -A --extra-redact patterns.txt -o cluster.podkit`)

// Flags are the flags as typed.
type Flags struct {
	selection.Selectors
	Output      string
	LogLines    int
	LogBytes    string
	Allow       []string
	Redact      string
	ExtraRedact string
	Yes         bool
	Quiet       bool
}

// active is what --allow takes.
const active = "active"

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	flags := &Flags{}
	cmd := &cobra.Command{
		Use:               "capture [pods | POD... | TYPE/NAME...] -o FILE",
		Short:             "Write the cluster around pods down in one file, without its secrets",
		Long:              long,
		Example:           example,
		ValidArgsFunction: completion.Pods(env),
		RunE:              environment.RunE(env, flags.ToOptions),
	}
	flags.AddFlags(cmd)
	return cmd
}

// AddFlags registers the flags.
func (f *Flags) AddFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	f.Selectors.AddFlags(flags)
	flags.StringVarP(&f.Output, "output", "o", "", "The file to write")
	flags.IntVar(&f.LogLines, "log-lines", 200, "How many lines of the end of a log to keep; of containers that are well it is 20")
	flags.StringVar(&f.LogBytes, "log-bytes", "1Mi", "How many bytes of the end of a log to keep")
	flags.StringSliceVar(&f.Allow, "allow", nil, "active: ask the apps what their probes ask, through pods/proxy")
	flags.StringVar(&f.Redact, "redact", "on", "on, or off to leave secrets in; the data of Secrets and ConfigMaps is never written")
	flags.StringVar(&f.ExtraRedact, "extra-redact", "", "A file with patterns of your own: a regular expression a line, or YAML")
	flags.BoolVarP(&f.Yes, "yes", "y", false, "Ask nothing; --redact=off needs it where nobody can be asked")
	flags.BoolVarP(&f.Quiet, "quiet", "q", false, "Say nothing but errors")
	// These fail for flags that do not exist alone.
	_ = cmd.MarkFlagFilename("extra-redact")
	_ = cmd.RegisterFlagCompletionFunc("allow", cobra.FixedCompletions([]cobra.Completion{active}, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("redact", cobra.FixedCompletions([]cobra.Completion{"on", "off"}, cobra.ShellCompDirectiveNoFileComp))
}

// seldom is how often progress is told where no line can be written over.
const seldom = 5 * time.Second
