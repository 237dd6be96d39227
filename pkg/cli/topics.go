package cli

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"k8s.io/kubectl/pkg/util/templates"
)

// completer is the name under which kubectl calls a plugin to complete its arguments (kubectl
// pkg/cmd/plugin/plugin_completion.go).
const completer = "kubectl_complete-podkit"

// Arguments returns the arguments of a command line. A link to podkit under kubectl's name for a completer completes.
func Arguments(argv []string) []string {
	name := strings.TrimSuffix(filepath.Base(argv[0]), ".exe")
	if name != completer {
		return argv[1:]
	}
	return append([]string{cobra.ShellCompRequestCmd}, argv[1:]...)
}

var completionLong = templates.LongDesc(`
	Print a completion script for a shell.

	"kubectl podkit" is completed by kubectl itself, which asks a program named kubectl_complete-podkit; podkit is that
	program when it is called so. One link is enough, beside a shell that completes kubectl:

	  ln -s "$(command -v kubectl-podkit)" /usr/local/bin/kubectl_complete-podkit

	The scripts printed here complete the binary called by its own name, kubectl-podkit.`)

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
