package environment

import (
	"context"

	"github.com/spf13/cobra"
)

// RunE is what a command does: its flags become options, and the options run.
func RunE[O interface{ Run(context.Context) error }](
	env *Environment, toOptions func(*Environment, []string) (O, error),
) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		options, err := toOptions(env, args)
		if err != nil {
			return err
		}
		return options.Run(cmd.Context())
	}
}
