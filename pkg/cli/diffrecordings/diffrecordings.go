// Package diffrecordings is the command that says what changed between two recordings of a cluster. It asks no live cluster.
package diffrecordings

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/difference"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

var long = templates.LongDesc(`
	Say what changed between two recordings: how the workloads do, findings that came and went, objects that came, went or
	changed with the fields that did, image digests and restarts.

	Both are diagnosed by the same rules as a live cluster. Replicas of a workload are compared as one, since their names do
	not last. What one of the recordings does not cover is not compared, and is said to be so: it may have existed.

	What the status tells of an object is told as verdicts, conditions, restarts and images; what the server writes by itself
	is left out. The exit code is 0 whether there are differences or not; with --exit-code it is 3 when there are.`)

var example = templates.Examples(`
	# What a rollout has changed: recordings made by "kubectl podkit capture" before and after it
	kubectl podkit diff-recordings before.podkit after.podkit

	# In a pipeline: exit with 3 when anything has changed
	kubectl podkit diff-recordings before.podkit after.podkit --exit-code

	# The root causes that are gone, for a script
	kubectl podkit diff-recordings before.podkit after.podkit -o 'jsonpath={.findings[?(@.change=="went")].id}'`)

// Flags are the flags as typed.
type Flags struct {
	Print    *genericclioptions.PrintFlags
	ExitCode bool
}

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	flags := &Flags{Print: genericclioptions.NewPrintFlags("")}
	cmd := &cobra.Command{
		Use:     "diff-recordings BEFORE AFTER",
		Short:   "Say what changed between two recordings",
		Long:    long,
		Example: example,
		Args:    cobra.ExactArgs(2),
		RunE:    environment.RunE(env, flags.ToOptions),
	}
	flags.AddFlags(cmd)
	return cmd
}

// AddFlags registers the flags, kubectl's under kubectl's names.
func (f *Flags) AddFlags(cmd *cobra.Command) {
	f.Print.AddFlags(cmd)
	cmd.Flags().BoolVar(&f.ExitCode, "exit-code", false, "Exit with 3 when there are differences")
	outputs := slices.DeleteFunc(f.Print.AllowedFormats(), func(name string) bool { return name == "name" })
	cmd.Flags().Lookup("output").Usage = "Output format. One of: (" + strings.Join(outputs, ", ") + ")."
	// It fails for a flag that does not exist alone.
	_ = cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions(outputs, cobra.ShellCompDirectiveNoFileComp))
}

// ToOptions checks the flags and arguments. Scripts get English unless a language was chosen by flag.
func (f *Flags) ToOptions(env *environment.Environment, args []string) (*Options, error) {
	printer, _, err := report.Printer(f.Print, env.Terminal())
	if err != nil {
		return nil, err
	}
	messages, err := env.Messages()
	if err != nil {
		return nil, err
	}
	if printer != nil {
		if messages, err = env.ScriptMessages(); err != nil {
			return nil, err
		}
	}
	env.Economize()
	return &Options{
		Before: args[0], After: args[1], ExitCode: f.ExitCode, Printer: printer, Messages: messages,
		Open: func(ctx context.Context, path string) (difference.Snapshot, error) {
			return open(ctx, env.Files(), path)
		},
		Out: env.Streams.Out, Terminal: env.Terminal(),
	}, nil
}
