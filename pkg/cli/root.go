package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/capture"
	"github.com/kubectl-podkit/podkit/pkg/cli/completion"
	"github.com/kubectl-podkit/podkit/pkg/cli/curl"
	"github.com/kubectl-podkit/podkit/pkg/cli/debug"
	"github.com/kubectl-podkit/podkit/pkg/cli/debug/authoring"
	"github.com/kubectl-podkit/podkit/pkg/cli/demo"
	"github.com/kubectl-podkit/podkit/pkg/cli/describe"
	"github.com/kubectl-podkit/podkit/pkg/cli/diagnose"
	"github.com/kubectl-podkit/podkit/pkg/cli/diffrecordings"
	"github.com/kubectl-podkit/podkit/pkg/cli/doctor"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cli/exec"
	"github.com/kubectl-podkit/podkit/pkg/cli/explain"
	"github.com/kubectl-podkit/podkit/pkg/cli/findings"
	"github.com/kubectl-podkit/podkit/pkg/cli/get"
	"github.com/kubectl-podkit/podkit/pkg/cli/logs"
	"github.com/kubectl-podkit/podkit/pkg/cli/nodes"
	"github.com/kubectl-podkit/podkit/pkg/cli/proxy"
	"github.com/kubectl-podkit/podkit/pkg/cli/replay"
	"github.com/kubectl-podkit/podkit/pkg/cli/version"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// The groups under which the help lists the commands.
const (
	guided = "guided"
	look   = "look"
	try    = "try"
	kept   = "kept"
	other  = "other"
)

var rootLong = templates.LongDesc(`
	Find out why a Pod does not do what it should.

	podkit chains what you would do by hand (get, describe, logs, exec, proxy and curl) into guided workflows that
	lead from "something is broken" to the cause, with the evidence and the next command.
	It installs nothing in the cluster, and changes nothing without asking.`)

var rootExample = templates.Examples(`
	# Which pods have a problem, and why
	kubectl podkit get pods -A --unhealthy

	# Walk through an app step by step, each with the kubectl line that does the same
	kubectl podkit debug deploy/bootcamp

	# All that is known of a pod, the last termination and the events in order included
	kubectl podkit describe web-0

	# Ask the app in a pod, through the API server
	kubectl podkit curl web-0:8080/healthz`)

// NewCommand returns the whole command tree.
func NewCommand(env *environment.Environment) *cobra.Command {
	guide := debug.NewCommand(env)
	root := &cobra.Command{
		Use:           "kubectl-podkit",
		Annotations:   map[string]string{cobra.CommandDisplayNameAnnotation: "kubectl podkit"},
		Short:         "Find out why a Pod does not do what it should",
		Long:          rootLong,
		Example:       rootExample,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          known,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !env.Terminal().Interactive {
				return cmd.Help()
			}
			guide.SetContext(cmd.Context()) // Who types no command is asked what it is about.
			return guide.RunE(guide, nil)
		},
	}
	root.SetIn(env.Streams.In)
	root.SetOut(env.Streams.Out)
	root.SetErr(env.Streams.ErrOut)
	env.AddFlags(root.PersistentFlags())
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return message.Errorf(err, "error.flag", message.Args{"Cause": err.Error(), "Command": cmd.CommandPath()})
	})
	root.AddGroup(
		&cobra.Group{ID: guided, Title: "Guided debugging:"},
		&cobra.Group{ID: look, Title: "Look at pods and nodes:"},
		&cobra.Group{ID: try, Title: "Reach into a pod:"},
		&cobra.Group{ID: kept, Title: "Recordings of a cluster:"},
		&cobra.Group{ID: other, Title: "Other:"},
	)
	add(root, guided, diagnose.NewCommand(env), guide, authoring.NewCommand(env), demo.NewCommand(env, debug.NewCommand))
	add(root, look, get.NewCommand(env), describe.NewCommand(env), nodes.NewCommand(env))
	add(root, look, logs.NewCommand(env))
	add(root, try, exec.NewCommand(env), proxy.NewCommand(env), curl.NewCommand(env))
	add(root, kept, capture.NewCommand(env), replay.NewCommand(env), diffrecordings.NewCommand(env))
	add(root, other, explain.NewCommand(env), findings.NewCommand(env), doctor.NewCommand(env), version.NewCommand(env))
	root.AddCommand(exitCodes())
	root.SetHelpCommandGroupID(other)
	addCompletion(root)
	completion.Flags(root, env)
	return root
}

// known refuses arguments of the root command: they are commands that do not exist. Cobra's own refusal has no next
// step to offer in the reader's language.
func known(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	cmd.SuggestionsMinimumDistance = 2
	near := strings.Join(cmd.SuggestionsFor(args[0]), ", ")
	return message.Errorf(nil, "error.unknown-command", message.Args{"Command": args[0], "Near": near})
}

// add puts commands into a group of the help.
func add(root *cobra.Command, group string, commands ...*cobra.Command) {
	for _, command := range commands {
		command.GroupID = group
		command.Args = withHelp(command.Args)
		root.AddCommand(command)
	}
}

// withHelp lets cobra's refusals of arguments end in what to do next, as those of flags do.
func withHelp(check cobra.PositionalArgs) cobra.PositionalArgs {
	if check == nil {
		return nil
	}
	return func(cmd *cobra.Command, args []string) error {
		err := check(cmd, args)
		var told *message.Error
		if err == nil || errors.As(err, &told) {
			return err
		}
		return message.Errorf(err, "error.flag", message.Args{"Cause": err.Error(), "Command": cmd.CommandPath()})
	}
}
