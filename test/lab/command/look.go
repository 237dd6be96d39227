package command

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

func newStatus() *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "Show parts and nodes; exit 1 unless all of them work",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			l, _, err := open(cmd)
			if err != nil {
				return err
			}
			return l.Status(cmd.Context(), cmd.OutOrStdout())
		},
	}
}

func newKubeconfig() *cobra.Command {
	return &cobra.Command{
		Use:   "kubeconfig",
		Short: "Print the path of the lab's kubeconfig",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			l, _, err := open(cmd)
			if err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), l.Kubeconfig())
			return nil
		},
	}
}

func newPath() *cobra.Command {
	return &cobra.Command{
		Use:   "path [NAME]",
		Short: "Print the path of kubectl, kubeconfig, binaries, images, state or logs",
		Example: `  # Put the cluster's own kubectl first
  PATH=$(go run ./test/lab path binaries):$PATH`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			l, p, err := open(cmd)
			if err != nil {
				return err
			}
			named := map[string]string{
				"kubectl": l.Kubectl(), "kubeconfig": l.Kubeconfig(), "binaries": l.Binaries(),
				"images": p.Images(), "state": p.State, "logs": p.Logs(),
			}
			names := make([]string, 0, len(named))
			for name := range named {
				names = append(names, name)
			}
			slices.Sort(names)
			if len(args) == 0 {
				for _, name := range names {
					fmt.Fprintf(cmd.OutOrStdout(), "%-12s%s\n", name, named[name])
				}
				return nil
			}
			path, ok := named[args[0]]
			if !ok {
				return fmt.Errorf("there is no path %q; the names are %s", args[0], strings.Join(names, ", "))
			}
			fmt.Fprintln(cmd.OutOrStdout(), path)
			return nil
		},
	}
}

func newLogs() *cobra.Command {
	return &cobra.Command{
		Use:   "logs PART",
		Short: "Print the log of a part; `lab status` names the parts",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			l, _, err := open(cmd)
			if err != nil {
				return err
			}
			file, err := l.Log(args[0])
			if err != nil {
				return err
			}
			f, err := os.Open(file)
			if err != nil {
				return fmt.Errorf("reading the log of %s: %w; was it ever started?", args[0], err)
			}
			defer f.Close()
			if _, err := io.Copy(cmd.OutOrStdout(), f); err != nil {
				return fmt.Errorf("reading the log of %s: %w", args[0], err)
			}
			return nil
		},
	}
}
