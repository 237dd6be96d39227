package docs

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
)

// TestReference compares docs/cli with what the commands say of themselves.
func TestReference(t *testing.T) {
	streams, _, _, _ := genericiooptions.NewTestIOStreams()
	root := cli.NewCommand(environment.New(streams, func(string) string { return "" }))
	root.DisableAutoGenTag = true
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	// Its default is the home directory of whoever generates the page.
	root.PersistentFlags().Lookup("cache-dir").DefValue = "$HOME/.kube/cache"
	pages := map[string]string{}
	collect(t, root, pages)
	checkPages(t, "docs/cli", pages)
}

// collect renders a command and those below it; help and completion scripts are cobra's own and need no page.
func collect(t *testing.T, cmd *cobra.Command, pages map[string]string) {
	t.Helper()
	var page bytes.Buffer
	cmd.DisableAutoGenTag = true
	if err := doc.GenMarkdownCustom(cmd, &page, func(name string) string { return fileName(strings.TrimSuffix(name, ".md")) }); err != nil {
		t.Fatal(err)
	}
	pages[fileName(cmd.CommandPath())] = page.String()
	for _, below := range cmd.Commands() {
		if below.IsAvailableCommand() && below.Name() != "help" {
			collect(t, below, pages)
		}
	}
}

func fileName(commandPath string) string {
	return strings.NewReplacer(" ", "-", "_", "-").Replace(commandPath) + ".md"
}
