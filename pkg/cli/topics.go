package cli

import (
	"github.com/spf13/cobra"
	"k8s.io/kubectl/pkg/util/templates"
)

// exitCodes is a page of the help and no command: it does nothing.
func exitCodes() *cobra.Command {
	return &cobra.Command{
		Use:   "exit-codes",
		Short: "What the exit codes mean",
		Long: templates.LongDesc(`
			0 - podkit did what it was asked to.

			1 - It could not; a sentence on the standard error says why and what to do.

			3 - diagnose did what it was asked to, and found something as bad as --fail-on said.

			130 - It was interrupted.

			exec ends with the exit code of the command that it ran in the container, and curl --fail with 22 when the app
			answered with a status of 400 or more.`),
	}
}
