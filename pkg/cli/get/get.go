// Package get is the command that lists pods as kubectl does, and says why those that are not well are not.
package get

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/kubectl/pkg/scheme"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/completion"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cli/selection"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

var long = templates.LongDesc(`
	List pods with kubectl's own columns and one more, WHY: in a few words what keeps a pod from being well.

	Pods that need attention come first. An owner (deploy/web, job/load, svc/api, node/node1) stands for its pods.
	All output formats but the table and wide show the objects just as the server sent them.`)

var example = templates.Examples(`
	# The pods of the namespace, those with a problem first
	kubectl podkit get pods

	# Only the pods that are not well, in the whole cluster
	kubectl podkit get pods -A --unhealthy

	# The pods of a Deployment, with IP, node and owner
	kubectl podkit get deploy/web -o wide

	# The names of the pods, as the Kubernetes tutorial reads them
	kubectl podkit get pods -o go-template --template '{{range .items}}{{.metadata.name}}{{"\n"}}{{end}}'

	# Follow what happens to the pods with a label
	kubectl podkit get pods -l app=web -w`)

// Flags are the flags as typed.
type Flags struct {
	selection.Flags
	Print        *genericclioptions.PrintFlags
	Unhealthy    bool
	Watch        bool
	WatchOnly    bool
	NoHeaders    bool
	ShowLabels   bool
	LabelColumns []string
}

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	flags := &Flags{Print: genericclioptions.NewPrintFlags("").WithTypeSetter(scheme.Scheme)}
	cmd := &cobra.Command{
		Use:               "get [pods | POD... | TYPE/NAME...]",
		Short:             "List pods, and why they are not well",
		Long:              long,
		Example:           example,
		ValidArgsFunction: completion.Pods(env),
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := flags.ToOptions(env, cmd.Flags(), args)
			if err != nil {
				return err
			}
			return options.Run(cmd.Context())
		},
	}
	flags.AddFlags(cmd)
	return cmd
}

// AddFlags registers the flags under kubectl's names.
func (f *Flags) AddFlags(cmd *cobra.Command) {
	f.Flags.AddFlags(cmd.Flags())
	f.Print.AddFlags(cmd)
	cmd.Flags().Lookup("output").Usage += " Or wide, for IP, node and owner as well."
	cmd.Flags().BoolVar(&f.Unhealthy, "unhealthy", false, "Only the pods that are not well")
	cmd.Flags().BoolVarP(&f.Watch, "watch", "w", false, "After listing, watch for changes")
	cmd.Flags().BoolVar(&f.WatchOnly, "watch-only", false, "Watch for changes without listing first")
	cmd.Flags().BoolVar(&f.NoHeaders, "no-headers", false, "Print rows without the header")
	cmd.Flags().BoolVar(&f.ShowLabels, "show-labels", false, "Show all labels as the last column")
	cmd.Flags().StringSliceVarP(&f.LabelColumns, "label-columns", "L", nil, "Labels to show as columns of their own")
}

// ToOptions checks the flags and arguments. typed is the set that the flags were parsed by.
func (f *Flags) ToOptions(env *environment.Environment, typed *pflag.FlagSet, args []string) (*Options, error) {
	spec, err := f.ToSpec(env, args)
	if err != nil {
		return nil, err
	}
	if f.Watch || f.WatchOnly {
		if err := env.NeedsLive("recording.no-watch", environment.Typed("get", spec.Namespace, typed, args)...); err != nil {
			return nil, err
		}
	}
	messages, err := env.Messages()
	if err != nil {
		return nil, err
	}
	options := &Options{
		Spec: spec, Unhealthy: f.Unhealthy, Watch: f.Watch || f.WatchOnly, List: !f.WatchOnly,
		Streams: env.Streams, Terminal: env.Terminal(), Now: env.Now, Messages: messages,
	}
	options.table.NoHeaders, options.table.ShowLabels = f.NoHeaders, f.ShowLabels
	options.table.ColumnLabels = f.LabelColumns
	options.table.WithNamespace = f.AllNamespaces
	if options.Printer, options.table.Wide, err = report.Printer(f.Print, options.Terminal); err != nil {
		return nil, err
	}
	options.Cluster, err = env.Cluster()
	return options, err
}
