package authoring

import (
	"github.com/spf13/cobra"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/completion"
	"github.com/kubectl-podkit/podkit/pkg/cli/debug"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cli/publication"
)

var long = templates.LongDesc(`
	List, show, check, run and test guided workflows.

	A workflow is a YAML document: steps with an action and parameters, texts in English and Chinese, and conditions in
	CEL over what was found (docs/workflow.schema.json describes it). Those in $XDG_CONFIG_HOME/podkit/workflows
	(~/.config/podkit/workflows) are used like the built-in ones, with the same rights: a workflow reads what its user may
	read, and runs nothing on this machine.`)

// What each subcommand is called with.
var (
	listExample = templates.Examples(`
	# Which workflows there are
	kubectl podkit workflow list`)

	showExample = templates.Examples(`
	# Its steps, and when it is taken
	kubectl podkit workflow show crash

	# As a file, to copy and change
	kubectl podkit workflow show explore -o yaml > mine.yaml`)

	lintExample = templates.Examples(`
	# Everything that is wrong in it, with line and column
	kubectl podkit workflow lint mine.yaml`)

	runExample = templates.Examples(`
	# Run it against a Deployment
	kubectl podkit workflow run mine.yaml deploy/bootcamp`)

	testExample = templates.Examples(`
	# Does it still tell the same? (--update writes the file)
	kubectl podkit workflow test mine.yaml deploy/bootcamp --answers answers.yaml --want want.md`)
)

// NewCommand returns the command with its subcommands.
func NewCommand(env *environment.Environment) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "workflow",
		Short: "List, show, check, run and test guided workflows",
		Long:  long,
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "list", Short: "List the workflows and their steps", Example: listExample, Args: cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error { return debug.List(env) },
		},
		showCommand(env), lintCommand(env), runCommand(env), testCommand(env),
	)
	return cmd
}

// runCommand is debug with the workflow as its first argument.
func runCommand(env *environment.Environment) *cobra.Command {
	flags := &debug.Flags{}
	cmd := &cobra.Command{
		Use: "run WORKFLOW [POD | TYPE/NAME | -l SELECTOR]", Short: "Run a workflow, by name or from a file: the same as debug --workflow",
		Example: runExample, Args: cobra.MinimumNArgs(1), ValidArgsFunction: workflows(env),
		RunE: func(cmd *cobra.Command, args []string) error {
			flags.Workflow = args[0]
			options, err := flags.ToOptions(env, args[1:])
			if err != nil {
				return err
			}
			return options.Run(cmd.Context())
		},
	}
	flags.AddFlags(cmd.Flags())
	publication.Complete(cmd)
	hide(cmd, "workflow", "list", "resume")
	return cmd
}

// hide takes flags of debug out of the help that make no sense here.
func hide(cmd *cobra.Command, names ...string) {
	for _, name := range names {
		cmd.Flags().Lookup(name).Hidden = true
	}
}

// workflows completes the first argument with names and files, and what follows with targets.
func workflows(env *environment.Environment) cobra.CompletionFunc {
	pods := completion.FirstPod(env)
	return func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return pods(cmd, args[1:], typed)
		}
		return debug.NewLibrary(env).Names(), cobra.ShellCompDirectiveDefault
	}
}
