// Package doctor is the command that examines podkit's own surroundings: the kubeconfig, the server, what its user may do
// and which command suffers from what is missing, the terminal, the language, and how podkit is installed.
//
// It asks the cluster's API server alone. Start reading at Options.Run.
package doctor

import (
	"os"

	"github.com/spf13/cobra"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/build"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

var long = templates.LongDesc(`
	Examine what podkit works with: which kubeconfig and context it takes, whether the server answers and how old it is,
	what you may do there and which command suffers from what is missing, with the rules of RBAC to ask for; what the
	terminal can do, which language was chosen and why, and how podkit is installed.

	Rights are those for pods in the namespace, or with -A in all of them. They are asked for with a handful of requests,
	and nothing is asked of anybody but the cluster's API server. The exit code is 1 only when podkit cannot work at all.

	-o json and yaml give a versioned document, in English unless --lang is given.`)

var example = templates.Examples(`
	# What works here, and what does not
	kubectl podkit doctor

	# The rights in another namespace, and those of somebody else
	kubectl podkit doctor -n shop --as=jane

	# The rights in the whole cluster
	kubectl podkit doctor -A

	# The commands that do not work whole, for a script
	kubectl podkit doctor -o json`)

// Flags are the flags as typed.
type Flags struct {
	AllNamespaces bool
	Output        string
}

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	flags := &Flags{}
	cmd := &cobra.Command{
		Use:     "doctor",
		Short:   "Examine what podkit works with: kubeconfig, server, rights, terminal, installation",
		Long:    long,
		Example: example,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			options, err := flags.ToOptions(env, cmd.Flag("lang").Value.String())
			if err != nil {
				return err
			}
			return options.Run(cmd.Context())
		},
	}
	cmd.Flags().BoolVarP(&flags.AllNamespaces, "all-namespaces", "A", false, "Ask for the rights in all namespaces; -n is ignored then")
	cmd.Flags().StringVarP(&flags.Output, "output", "o", "", "Output format: json or yaml")
	return cmd
}

// ToOptions checks the flags. That there is no cluster to ask is a finding, and no error here.
func (f *Flags) ToOptions(env *environment.Environment, language string) (*Options, error) {
	if err := env.NeedsLive("recording.no-doctor", "podkit", "doctor"); err != nil {
		return nil, err
	}
	messages, err := env.Messages()
	if err != nil {
		return nil, err
	}
	if f.Output != "" {
		if messages, err = env.ScriptMessages(); err != nil {
			return nil, err
		}
	}
	if f.Output != "" && f.Output != "json" && f.Output != "yaml" {
		return nil, message.Errorf(nil, "error.output", message.Args{"Output": f.Output, "Formats": "json, yaml"})
	}
	self, err := os.Executable()
	if err != nil {
		self = "" // Nothing can be said of other programs of that name then.
	}
	options := &Options{
		Output: f.Output, Everywhere: f.AllNamespaces, Language: language, Self: self, Build: build.Current(), Libraries: build.Kubernetes(),
		Messages: messages, Getenv: env.Getenv, Out: env.Streams.Out, Terminal: env.Terminal(), Now: env.Now, KubectlVersion: kubectlVersion,
	}
	options.Locate = func() (cluster.Located, error) { return cluster.Locate(env.Config) }
	options.Connect = func() (Cluster, error) { return env.Cluster() }
	return options, nil
}
