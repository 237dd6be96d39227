// Package version is the command that prints which podkit and which server these are.
package version

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/build"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

var example = templates.Examples(`
	# The versions of podkit and of the server
	kubectl podkit version

	# podkit's version alone, without asking a server
	kubectl podkit version --client -o yaml`)

// Flags are the flags as typed.
type Flags struct {
	Client bool
	Output string
}

// versions is what -o json and -o yaml print.
type versions struct {
	Client build.Info `json:"clientVersion"`
	Server string     `json:"serverVersion,omitempty"`
}

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	flags := &Flags{}
	cmd := &cobra.Command{
		Use:     "version",
		Short:   "Print the versions of podkit and of the server",
		Example: example,
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return flags.run(cmd.Context(), env) },
	}
	cmd.Flags().BoolVar(&flags.Client, "client", false, "Print podkit's own version only; no server is asked")
	cmd.Flags().StringVarP(&flags.Output, "output", "o", "", "Output format: json or yaml")
	return cmd
}

// run prints what is known before it asks the server, so that an unreachable server costs nothing but its line.
func (f *Flags) run(ctx context.Context, env *environment.Environment) error {
	found := versions{Client: build.Current()}
	var serverErr error
	if !f.Client {
		found.Server, serverErr = server(ctx, env)
	}
	if err := f.print(env, found); err != nil {
		return err
	}
	return serverErr
}

func server(ctx context.Context, env *environment.Environment) (string, error) {
	reader, err := env.Cluster()
	if err != nil {
		return "", err
	}
	return reader.ServerVersion(ctx).Get()
}

func (f *Flags) print(env *environment.Environment, found versions) error {
	out := env.Streams.Out
	switch f.Output {
	case "":
		_, err := fmt.Fprintf(out, "Client Version: %s\n", found.Client.Version)
		if err == nil && found.Server != "" {
			_, err = fmt.Fprintf(out, "Server Version: %s\n", report.Escape(found.Server))
		}
		return err
	case "json":
		return report.WriteJSON(out, found, env.Terminal())
	case "yaml":
		return report.WriteYAML(out, found, env.Terminal())
	}
	return message.Errorf(nil, "error.output", message.Args{"Output": f.Output, "Formats": "json, yaml"})
}
