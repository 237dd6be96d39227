package debug

import (
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/completion"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cli/publication"
	"github.com/kubectl-podkit/podkit/pkg/cli/selection"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

var long = templates.LongDesc(`
	Find the cause of a Pod's trouble step by step. Each step says what it is for, shows the kubectl line that does the
	same, the output, and what it means.

	The target is diagnosed first, and the workflow that fits what was found is taken; podkit says why. When nothing is
	wrong it explores the app. --workflow takes another one, of "kubectl podkit workflow list" or from a file; nothing in
	a file runs anything on this machine. The run ends with the verdict and what to do about it.

	On a terminal the run stops after each step and asks what next: go on, skip, back, repeat, jump, open a shell, or
	finish. A step that runs a program in a container shows its plan and asks first. Without a terminal, or with --yes,
	nothing runs there: the steps that only look from outside, through the API server, run through, and a transcript is
	printed; --allow active lets the others run, too. With --answers a file answers: a list of {step: ID, answer: VALUE} or
	{step: ID, move: again|back|jump|skip|quit, to: ID}.

	Of a container's variables a step shows only the values that the Pod's specification sets itself; all others are masked,
	and so are those under names that look secret. --show-values asks, on a terminal, whether the rest may stand there in
	clear; in a record they stay masked.

	--record keeps the run in a Markdown file, written anew after each step: times, commands, output and notes. What
	--resume takes up after an interruption is in its last line. The first note (n) of a run without a record asks for such
	a file. --report writes what the run found at its end, as "kubectl podkit diagnose --report" does: FILE.md, FILE.html,
	FILE.sarif or FILE.xml (JUnit), without secrets unless --redact is off.

	The target is a pod, an owner such as deploy/web, or a selector. Without one you are asked on a terminal: the pods that
	are not well come first, typing filters, Tab shows owners, Ctrl-N another namespace; elsewhere it is the pods of the
	namespace. Of several pods the run follows one and says which. When none is ready yet it waits a little (--pod-running-timeout).
	Of a Service that finds none it shows which label differs.

	A step that cannot be run, or that fails (no right to exec, say), is told as such and the run goes on. The exit code
	is 0 when the run came to its end, whatever its steps found; 1 when there was no pod to look at, or the cluster could
	not be asked; 130 when it was interrupted.`)

var example = templates.Examples(`
	# From "something is broken" to the cause, for a Deployment
	kubectl podkit debug deploy/bootcamp

	# Walk through an app and learn
	kubectl podkit debug deploy/bootcamp --workflow explore

	# Keep a record to show to others, and take it up again
	kubectl podkit debug deploy/bootcamp --record incident.md
	kubectl podkit debug --resume incident.md

	# A page to attach to the incident, and a text for its ticket, of what the run found
	kubectl podkit debug deploy/bootcamp --report incident.html --report ticket.md

	# Wait until it is healthy again
	kubectl podkit debug deploy/bootcamp --yes --watch --timeout 5m

	# The steps that look into the container as well, without questions
	kubectl podkit debug svc/bootcamp --yes --allow active

	# Pick one of the pods of the namespace, in Chinese
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
	Publication       publication.Flags
	Workflow          string
	Container         string
	Yes               bool
	List              bool
	Allow             string
	ShowValues        bool
	Answers           string
	Record            string
	Resume            string
	Watch             bool
	Timeout           time.Duration
	Plain             bool
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
				return List(env)
			}
			options, err := flags.ToOptions(env, args)
			if err != nil {
				return err
			}
			return options.Run(cmd.Context())
		},
	}
	flags.AddFlags(cmd.Flags())
	publication.Complete(cmd)
	// The flags exist, so registering their completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("container", completion.Containers(env))
	_ = cmd.RegisterFlagCompletionFunc("workflow", func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return NewLibrary(env).Names(), cobra.ShellCompDirectiveDefault
	})
	_ = cmd.RegisterFlagCompletionFunc("allow", cobra.FixedCompletions([]cobra.Completion{string(workflow.Active)}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// AddFlags registers the flags.
func (f *Flags) AddFlags(flags *pflag.FlagSet) {
	f.Flags.AddFlags(flags)
	f.Publication.AddFlags(flags)
	flags.StringVar(&f.Workflow, "workflow", "", "The workflow to walk through, by name or as a file (default: the one that fits what is found)")
	flags.StringVarP(&f.Container, "container", "c", "", "Look into this container (default: the one that kubectl would choose)")
	flags.BoolVarP(&f.Yes, "yes", "y", false, "Ask nothing: run the steps that only look from outside and print a transcript")
	flags.StringVar(&f.Allow, "allow", "", "What may run without asking besides what only looks from outside: active")
	flags.BoolVar(&f.ShowValues, "show-values", false, "Ask whether the values of a container's variables may be shown in clear on this terminal")
	flags.StringVar(&f.Answers, "answers", "", "A file that answers in place of a person")
	flags.StringVar(&f.Record, "record", "", "Keep the run in this Markdown file")
	flags.StringVar(&f.Resume, "resume", "", "Take up the interrupted run of this record, and go on with it")
	flags.BoolVarP(&f.Watch, "watch", "w", false, "At the end wait until the target is healthy; exit with 1 when it is not in time")
	flags.DurationVar(&f.Timeout, "timeout", 5*time.Minute, "How long --watch waits")
	flags.BoolVar(&f.Plain, "plain", false, "Ask with numbered lines and redraw nothing, for screen readers and dumb terminals")
	flags.BoolVar(&f.List, "list", false, "List the workflows and their steps")
	flags.DurationVar(&f.PodRunningTimeout, "pod-running-timeout", 30*time.Second, "How long to wait for a pod that is on its way; 0 does not wait")
}
