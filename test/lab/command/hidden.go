package command

import (
	"github.com/spf13/cobra"

	"github.com/kubectl-podkit/podkit/test/lab/node"
	"github.com/kubectl-podkit/podkit/test/lab/process"
)

// newStage is the command through which every part is started; see [process.Stage].
func newStage() *cobra.Command {
	var stage process.Stage
	cmd := &cobra.Command{
		Use:    "stage PROGRAM [ARG...]",
		Hidden: true,
		Args:   cobra.MinimumNArgs(1),
		RunE:   func(_ *cobra.Command, args []string) error { return stage.Exec(args[0], args[1:]) },
	}
	cmd.Flags().StringVar(&stage.Record, "record", "", "the file that will name the process")
	cmd.Flags().StringVar(&stage.Digest, "digest", "", "the digest that goes into it")
	cmd.Flags().StringVar(&stage.Cgroup, "cgroup", "", "the cgroup to join")
	cmd.Flags().IntVar(&stage.Namespace, "namespace", 0, "the process whose mount namespace is entered")
	return cmd
}

// newHold is the process that holds a node's mount namespace; see [node.Hold].
func newHold() *cobra.Command {
	return &cobra.Command{
		Use:    "hold NODE",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			_, p, err := open(cmd)
			if err != nil {
				return err
			}
			return node.Hold(cmd.Context(), p, args[0])
		},
	}
}

// newRegistries is the process that serves the registries.
func newRegistries() *cobra.Command {
	return &cobra.Command{
		Use:    "registries [REPOSITORY:TAG=ARCHIVE...]",
		Hidden: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			l, _, err := open(cmd)
			if err != nil {
				return err
			}
			return l.ServeRegistries(cmd.Context(), args)
		},
	}
}
