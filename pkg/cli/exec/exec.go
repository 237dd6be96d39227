// Package exec is the command that runs a command in a container, or opens the best shell there is in it.
package exec

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/completion"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
)

var long = templates.LongDesc(`
	Run a command in a container, as kubectl exec does, and exit with its exit code.

	Without a command, on a terminal, the best shell of the container is opened: bash, else ash, else sh.

	The container is the one of -c, else the pod's default container, else the first. An owner (deploy/web) stands for
	one of its pods, a ready one if there is any.`)

var example = templates.Examples(`
	# The best shell there is in a pod
	kubectl podkit exec web-0

	# The environment of the app
	kubectl podkit exec web-0 -- env

	# A command of one's own choice on a terminal, in one of two containers
	kubectl podkit exec -it web-0 -c proxy -- sh

	# In one of the ready pods of a Deployment
	kubectl podkit exec deploy/web -- cat /etc/resolv.conf

	# Local text as the input of a remote command
	echo hello | kubectl podkit exec -i web-0 -- tee /tmp/hello`)

// Flags are the flags as typed.
type Flags struct {
	Container string
	Stdin     bool
	TTY       bool
	Quiet     bool
}

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	flags := &Flags{}
	cmd := &cobra.Command{
		Use:               "exec (POD | TYPE/NAME) [flags] [-- COMMAND [ARGUMENT...]]",
		Short:             "Run a command in a container, or open the best shell there is",
		Long:              long,
		Example:           example,
		ValidArgsFunction: completion.FirstPod(env),
		// The flags come before the command.
		DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := flags.ToOptions(env, args, cmd.ArgsLenAtDash())
			if err != nil {
				return err
			}
			return options.Run(cmd.Context())
		},
	}
	flags.AddFlags(cmd.Flags())
	// The flag exists, so registering its completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("container", completion.Containers(env))
	return cmd
}

// AddFlags registers the flags under kubectl's names.
func (f *Flags) AddFlags(flags *pflag.FlagSet) {
	flags.StringVarP(&f.Container, "container", "c", "", "Run in this container")
	flags.BoolVarP(&f.Stdin, "stdin", "i", false, "Pass standard input to the command")
	flags.BoolVarP(&f.TTY, "tty", "t", false, "Give the command a terminal; standard input must be one")
	flags.BoolVarP(&f.Quiet, "quiet", "q", false, "Print the command's output only")
}
