// Package replay is the command that serves a recording to kubectl and other tools.
package replay

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
)

var long = templates.LongDesc(`
	Serve a recording as the API server that it was taken from, so that kubectl and other tools can read it.

	It is read-only: what would change something is refused. What the recording does not hold is refused, too, and never
	said not to exist. Ages in tables are against the time of the recording. It listens on this machine alone.

	FILE is a recording of kubectl podkit capture; YAML or JSON of kubectl get and a directory of kubectl cluster-info dump
	are taken as far as they go. podkit's own commands need no server: they take --recording FILE.

	The standard output gets one line, which sets KUBECONFIG. Ctrl-C stops it, and removes the kubeconfig.`)

var example = templates.Examples(`
	# Serve a recording, and read it with kubectl in another terminal
	kubectl podkit replay incident.podkit

	# On a port of one's own choice
	kubectl podkit replay incident.podkit --listen=127.0.0.1:8001

	# YAML that somebody sent
	kubectl podkit replay pods.yaml`)

// Flags are the flags as typed.
type Flags struct {
	Listen string
	Remote bool
}

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	flags := &Flags{}
	cmd := &cobra.Command{
		Use:     "replay FILE",
		Short:   "Serve a recording to kubectl and other tools",
		Long:    long,
		Example: example,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := flags.ToOptions(env, args[0])
			if err != nil {
				return err
			}
			return options.Run(cmd.Context())
		},
	}
	flags.AddFlags(cmd.Flags())
	return cmd
}

// AddFlags registers the flags.
func (f *Flags) AddFlags(flags *pflag.FlagSet) {
	flags.StringVar(&f.Listen, "listen", "127.0.0.1:0", "Address and port to listen on; port 0 takes a free one")
	flags.BoolVar(&f.Remote, "allow-remote", false, "Let --listen name an address that other machines reach; everybody who reaches it can read the recording")
}
