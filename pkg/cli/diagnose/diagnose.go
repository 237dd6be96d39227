// Package diagnose is the command that leads from pods to the root cause of their trouble, with evidence and the next
// commands.
package diagnose

import (
	"github.com/spf13/cobra"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/completion"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cli/selection"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

var long = templates.LongDesc(`
	Say why pods do not do what they should: the root cause in a sentence, what it leads to, the evidence and where it was
	read, and the commands to look further and to repair. It only reads.

	Without a target it answers for the namespace, with -A for the cluster; an owner (deploy/web) stands for its pods.
	Equal causes of replicas are told once. What could not be read is listed, with the right that is missing; it is never
	taken for something that does not exist.

	-o json and yaml give all that was found in a versioned document, in English unless --lang is given, so that scripts
	read the same everywhere; -o name gives the pods with a root cause. "kubectl podkit findings" explains every id.`)

var example = templates.Examples(`
	# What is wrong in the namespace
	kubectl podkit diagnose

	# One pod, and the pods of a Deployment
	kubectl podkit why web-0
	kubectl podkit diagnose deploy/web

	# The whole cluster
	kubectl podkit diagnose -A

	# All of the evidence, whole stack traces, and what the cause means
	kubectl podkit diagnose web-0 -v

	# In a pipeline: exit with 3 when something keeps a pod of the release from working
	kubectl podkit diagnose -l release=v2 --fail-on=error

	# The root cause of each pod, for a script
	kubectl podkit diagnose -o 'jsonpath={range .targets[*]}{.object.name} {.rootCause.id}{"\n"}{end}'`)

// Flags are the flags as typed.
type Flags struct {
	selection.Flags
	Print   *genericclioptions.PrintFlags
	FailOn  string
	Stats   bool
	Verbose bool
}

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	flags := &Flags{Print: genericclioptions.NewPrintFlags("")}
	cmd := &cobra.Command{
		Use:               "diagnose [pods | POD... | TYPE/NAME...]",
		Aliases:           []string{"why"},
		Short:             "Say why pods fail: the root cause, its evidence, and what to do",
		Long:              long,
		Example:           example,
		ValidArgsFunction: completion.Pods(env),
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := flags.ToOptions(env, args)
			if err != nil {
				return err
			}
			return options.Run(cmd.Context())
		},
	}
	flags.AddFlags(cmd)
	return cmd
}

// AddFlags registers the flags, kubectl's under kubectl's names.
func (f *Flags) AddFlags(cmd *cobra.Command) {
	f.Flags.AddFlags(cmd.Flags())
	f.Print.AddFlags(cmd)
	cmd.Flags().StringVar(&f.FailOn, "fail-on", "", "Exit with 3 when there is a finding as bad as this, or worse: error or warning")
	cmd.Flags().BoolVar(&f.Stats, "stats", false, "Say on the standard error what was asked of the server, and how long it took")
	cmd.Flags().BoolVarP(&f.Verbose, "verbose", "v", false, "Show all findings with all of their evidence, and what the cause means")
	// It fails for a flag that does not exist alone.
	_ = cmd.RegisterFlagCompletionFunc("fail-on", cobra.FixedCompletions([]cobra.Completion{"error", "warning"}, cobra.ShellCompDirectiveNoFileComp))
}

// ToOptions checks the flags and arguments.
func (f *Flags) ToOptions(env *environment.Environment, args []string) (*Options, error) {
	spec, err := f.ToSpec(env, args)
	if err != nil {
		return nil, err
	}
	failOn, err := severity(f.FailOn)
	if err != nil {
		return nil, err
	}
	messages, err := env.Messages()
	if err != nil {
		return nil, err
	}
	forScripts, err := env.ScriptMessages()
	if err != nil {
		return nil, err
	}
	options := &Options{
		Spec: spec, FailOn: failOn, Stats: f.Stats, Verbose: f.Verbose,
		Messages: messages, ForScripts: forScripts, Kubectl: env.Kubectl(), Streams: env.Streams, Terminal: env.Terminal(), Now: env.Now,
	}
	if options.Names = *f.Print.OutputFormat == "name"; !options.Names {
		var wide bool
		if options.Printer, wide, err = report.Printer(f.Print); err != nil {
			return nil, err
		}
		options.Verbose = options.Verbose || wide
	}
	options.Cluster, err = env.Cluster()
	return options, err
}

// severity reads the value of --fail-on; empty means never.
func severity(typed string) (diagnosis.Severity, error) {
	for _, severity := range []diagnosis.Severity{diagnosis.Error, diagnosis.Warning} {
		if typed == severity.String() {
			return severity, nil
		}
	}
	if typed != "" {
		return 0, message.Errorf(nil, "error.fail-on", message.Args{"Value": typed})
	}
	return 0, nil
}
