package explain

import (
	"errors"
	"io"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/concept"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// run returns what the command prints, in an environment without any cluster.
func run(t *testing.T, line string) (string, error) {
	t.Helper()
	var out strings.Builder
	env := environment.New(genericiooptions.IOStreams{Out: &out, ErrOut: io.Discard}, func(name string) string {
		return map[string]string{"KUBECONFIG": "/does/not/exist"}[name]
	})
	root := &cobra.Command{Use: "podkit", SilenceErrors: true, SilenceUsage: true}
	root.SetOut(&out)
	root.SetErr(io.Discard)
	env.AddFlags(root.PersistentFlags())
	root.AddCommand(NewCommand(env))
	root.SetArgs(strings.Fields(line))
	err := root.ExecuteContext(t.Context())
	return out.String(), err
}

func TestPages(t *testing.T) {
	for _, language := range message.Languages() {
		for name, line := range map[string]string{"list": "explain", "probe": "explain Readiness", "two": "explain svc oom service"} {
			got, err := run(t, line+" --lang "+string(language))
			if err != nil {
				t.Fatal(err)
			}
			golden.Equal(t, name+"."+string(language)+".txt", got)
		}
	}
}

// Lines of prose fit a terminal; a `kubectl line` may stand out, since it is there to be copied.
func TestPagesFit(t *testing.T) {
	for _, language := range message.Languages() {
		messages, err := message.NewCatalog(language)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		var all []string
		for _, c := range concept.List() {
			all = append(all, c.ID)
		}
		options := &Options{Topics: all, Messages: messages, Out: &out, Terminal: report.Terminal{Width: 80}}
		if err := options.Run(); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out.String()) {
			if width := lipgloss.Width(strings.TrimRight(line, "\n")); width > 80 && !strings.HasPrefix(line, "  `kubectl") {
				t.Errorf("%s: %d columns: %s", language, width, line)
			}
		}
	}
}

func TestUnknownTopic(t *testing.T) {
	tests := map[string]string{
		"prob":        `there is no topic "prob", the nearest is probe; to see them all: kubectl podkit explain`,
		"Deploymnet":  `there is no topic "Deploymnet", the nearest is deployment; to see them all: kubectl podkit explain`,
		"zzzzzzzzzzz": `there is no topic "zzzzzzzzzzz"; to see them all: kubectl podkit explain`,
	}
	for name, want := range tests {
		out, err := run(t, "explain pod "+name)
		var told *message.Error
		if !errors.As(err, &told) || told.Error() != want {
			t.Errorf("got %v, want %q", err, want)
		}
		if out != "" {
			t.Errorf("something was printed before the mistake was told:\n%s", out)
		}
	}
}

func TestCompletion(t *testing.T) {
	tests := map[string]string{
		"__complete explain daem":        "daemonset\tDaemonSet: one Pod on every Node\n:4\n",
		"__complete explain sv":          "svc\tService: one lasting address for Pods that come and go\n:4\n",
		"__complete explain daemon":      "daemonset\tDaemonSet: one Pod on every Node\n:4\n",
		"__complete explain ds daem":     ":4\n",
		"__complete --lang zh explain q": "quota\trequests 与 limits：要多少 CPU 和内存\n:4\n",
	}
	for line, want := range tests {
		if out, err := run(t, line); err != nil || out != want {
			t.Errorf("%s: got %q, %v; want %q", line, out, err, want)
		}
	}
}
