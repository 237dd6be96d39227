package command

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/kubectl-podkit/podkit/test/lab/cluster"
)

func newUp() *cobra.Command {
	return &cobra.Command{
		Use:   "up",
		Short: "Bring the lab up, or what of it is down",
		Long: `Bring the lab up, or what of it is down, and print how to reach it.

What runs already is left alone, so that a second "lab up" takes seconds. It may be
interrupted, or fail, at any point: the next one goes on from there.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return exclusively(cmd, func(ctx context.Context, l *cluster.Lab) error {
				if err := l.Up(ctx); err != nil {
					return err
				}
				l.Report()
				fmt.Fprintf(cmd.OutOrStdout(), "export KUBECONFIG=%s\n", l.Kubeconfig())
				return nil
			})
		},
	}
}

func newDown() *cobra.Command {
	return &cobra.Command{
		Use:   "down",
		Short: "Remove the lab and all of its traces but the cache",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return exclusively(cmd, func(ctx context.Context, l *cluster.Lab) error { return l.Down(ctx) })
		},
	}
}
