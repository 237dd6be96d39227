package cli

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
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

// completes reports whether a shell asks for completions. Nothing may reach the terminal then but these: the standard
// error would end up in the line that is being typed.
func completes(args []string) bool {
	return len(args) > 0 && (args[0] == cobra.ShellCompRequestCmd || args[0] == cobra.ShellCompNoDescRequestCmd)
}

// addCompletion adds cobra's completion command, with pages that say what to do for "kubectl podkit" as well: cobra's own
// know of the binary's name alone.
func addCompletion(root *cobra.Command) {
	root.SetCompletionCommandGroupID(other)
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.Short = "Print what completes podkit in a shell"
		cmd.Long = completionLong
		for _, shell := range cmd.Commands() {
			shell.Short = "Print the completion script for " + shell.Name()
			shell.Long = shell.Short + ".\n\n" + loading[shell.Name()] + "\n" + viaKubectl
		}
	}
}
