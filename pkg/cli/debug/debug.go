package debug

import (
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/completion"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cli/selection"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

var long = templates.LongDesc(`
	Walk through an app step by step. Each step says what it is for, shows the kubectl line that does the same, the
	output, and what it means.

	On a terminal the run stops after each step and asks what next: go on, repeat the step, jump to another, open a shell
	in the container, or finish. Without a terminal, or with --yes, it runs all steps through and prints a transcript;
	a shell is never opened then. Nothing in the cluster is changed.

	The target is a pod, an owner such as deploy/web, or a selector; without one, the pods of the namespace. Of several
	pods the run follows one and says which. When none is ready yet it waits a little (--pod-running-timeout).

	A step that cannot be run, or that fails (no right to exec, say), is told as such and the run goes on. The exit code
	is 0 when the run came to its end, whatever its steps found; 1 when there was no pod to look at, or the cluster could
	not be asked; 130 when it was interrupted.`)

var example = templates.Examples(`
	# Walk through the app of a Deployment
	kubectl podkit debug deploy/bootcamp

	# Through whatever runs in the namespace, in Chinese
	kubectl podkit debug --lang zh

	# Write the transcript of a run to a file, without questions
	kubectl podkit debug deploy/bootcamp --yes > transcript.txt

	# One of several containers
	kubectl podkit debug logical-host -c feeder

	# Which workflows there are, and their steps
	kubectl podkit debug --list`)

// Flags are the flags as typed.
type Flags struct {
	selection.Flags
	Workflow          string
	Container         string
	Yes               bool
	List              bool
	PodRunningTimeout time.Duration
}

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	flags := &Flags{}
	cmd := &cobra.Command{
		Use:               "debug [POD | TYPE/NAME | -l SELECTOR]",
		Short:             "Walk through an app step by step, and learn the kubectl lines on the way",
		Long:              long,
		Example:           example,
		ValidArgsFunction: completion.FirstPod(env),
		RunE: func(cmd *cobra.Command, args []string) error {
			if flags.List {
				return list(env)
			}
			options, err := flags.ToOptions(env, args)
			if err != nil {
				return err
			}
			return options.Run(cmd.Context())
		},
	}
	flags.AddFlags(cmd.Flags())
	// The flags exist, so registering their completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("container", completion.Containers(env))
	_ = cmd.RegisterFlagCompletionFunc("workflow", cobra.FixedCompletions(workflow.Names(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// AddFlags registers the flags.
func (f *Flags) AddFlags(flags *pflag.FlagSet) {
	f.Flags.AddFlags(flags)
	flags.StringVar(&f.Workflow, "workflow", "explore", "The workflow to walk through; --list shows those there are")
	flags.StringVarP(&f.Container, "container", "c", "", "Look into this container (default: the one that kubectl would choose)")
	flags.BoolVarP(&f.Yes, "yes", "y", false, "Ask nothing: run all steps through and print a transcript")
	flags.BoolVar(&f.List, "list", false, "List the workflows and their steps")
	flags.DurationVar(&f.PodRunningTimeout, "pod-running-timeout", 30*time.Second, "How long to wait for a pod that is on its way; 0 does not wait")
}
