package command

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/kubectl-podkit/podkit/test/lab/cluster"
)

func newNode() *cobra.Command {
	node := &cobra.Command{Use: "node", Short: "Switch a node off and on"}
	node.AddCommand(
		&cobra.Command{
			Use:   "stop NAME",
			Short: "Cut a node's power: its kubelet and all of its containers die at once",
			Long: `Cut a node's power: its kubelet and all of its containers die at once.

It returns when none of the node's processes is left. The cluster notices about
twenty seconds later, and evicts the node's pods fifteen seconds after that.`,
			Args: cobra.ExactArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return exclusively(cmd, func(ctx context.Context, l *cluster.Lab) error { return l.StopNode(ctx, args[0]) })
			},
		},
		&cobra.Command{
			Use:   "start NAME",
			Short: "Switch a node on and wait until it is Ready",
			Args:  cobra.ExactArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return exclusively(cmd, func(ctx context.Context, l *cluster.Lab) error { return l.StartNode(ctx, args[0]) })
			},
		},
	)
	return node
}

func newImage() *cobra.Command {
	image := &cobra.Command{Use: "image", Short: "Bring images to the nodes"}
	image.AddCommand(&cobra.Command{
		Use:   "load FILE...",
		Short: "Import docker-archive files (as `docker save` writes them) into every node",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return exclusively(cmd, func(ctx context.Context, l *cluster.Lab) error { return l.LoadImages(ctx, args) })
		},
	})
	return image
}
