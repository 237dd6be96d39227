package docs

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
)

var update = flag.Bool("update", false, "write the command reference anew")

const reference = "../../docs/cli"

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
	if *update {
		write(t, pages)
	}
	have := map[string]string{}
	paths, err := filepath.Glob(filepath.Join(reference, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		have[filepath.Base(path)] = string(data)
	}
	if diff := cmp.Diff(have, pages); diff != "" {
		t.Errorf("docs/cli is stale, run: make update\n(-there +generated)\n%s", diff)
	}
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

func write(t *testing.T, pages map[string]string) {
	t.Helper()
	old, err := filepath.Glob(filepath.Join(reference, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range old {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(reference, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, page := range pages {
		if err := os.WriteFile(filepath.Join(reference, name), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
