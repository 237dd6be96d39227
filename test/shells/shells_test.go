//go:build shells

package shells

import (
	"testing"
	"time"

	"github.com/kubectl-podkit/podkit/test/loopback"
)

// interactive are the shells, without configuration of their own, and what their users write into it.
var interactive = map[string]struct{ command, setup []string }{
	"bash": {
		[]string{"bash", "--norc", "--noprofile", "-i"},
		[]string{"source /usr/share/bash-completion/bash_completion", "source <(kubectl completion bash)", "source <(kubectl-podkit completion bash)"},
	},
	"zsh": {
		[]string{"zsh", "-f", "-i"},
		[]string{"bindkey -e", "autoload -U compinit; compinit -u", "source <(kubectl completion zsh)", "source <(kubectl-podkit completion zsh)"},
	},
	"fish": {
		[]string{"fish", "--no-config", "--interactive"},
		[]string{"kubectl completion fish | source", "kubectl-podkit completion fish | source"},
	},
}

// completions are lines as typed and as completed.
var completions = []struct{ typed, want string }{
	{"kubectl podkit desc", "kubectl podkit describe"},
	{"kubectl podkit describe dat", "kubectl podkit describe database-0"},
	{"kubectl podkit get pods dat", "kubectl podkit get pods database-0"},
	{"kubectl podkit logs web-0 -c pro", "kubectl podkit logs web-0 -c proxy"},
	{"kubectl podkit logs --since 15", "kubectl podkit logs --since 15m"},
	{"kubectl podkit diagnose deploy/w", "kubectl podkit diagnose deploy/web"},
	{"kubectl podkit diagnose dep", "kubectl podkit diagnose deploy/"},
	{"kubectl podkit get -n sh", "kubectl podkit get -n shop"},
	{"kubectl podkit get --context ha", "kubectl podkit get --context hang"},
	{"kubectl podkit get -o jsonpath-a", "kubectl podkit get -o jsonpath-as-json"},
	{"kubectl podkit findings configmap-m", "kubectl podkit findings configmap-missing"},
	{"kubectl podkit debug --workflow explo", "kubectl podkit debug --workflow explore"},
	{"kubectl podkit describe nobody", "kubectl podkit describe nobody"},
	{"kubectl podkit describe -n nowhere dat", "kubectl podkit describe -n nowhere dat"},
	{"kubectl-podkit describe dat", "kubectl-podkit describe database-0"},
}

// eventually is how long one TAB may take on a machine that is busy with other tests; kept short is what podkit itself
// takes (TestSlowServer).
const eventually = 30 * time.Second

func TestCompletion(t *testing.T) {
	kubeconfig := loopback.Serve(t)
	for name, about := range interactive {
		t.Run(name, func(t *testing.T) {
			shell := start(t, kubeconfig, about.command...)
			shell.run(about.setup...)
			for _, test := range completions {
				got, ok := shell.complete(test.typed, eventually)
				if !ok {
					t.Fatalf("%q: the shell does not come back", test.typed)
				}
				if got != test.want {
					t.Errorf("%q became %q, want %q", test.typed, got, test.want)
				}
			}
		})
	}
}

// TestSlowServer: a shell whose server does not answer is given back its line, as it was typed, after a few seconds.
func TestSlowServer(t *testing.T) {
	kubeconfig := loopback.Serve(t)
	const typed = "kubectl podkit describe --context hang dat"
	for name, about := range interactive {
		t.Run(name, func(t *testing.T) {
			shell := start(t, kubeconfig, about.command...)
			shell.run(about.setup...)
			began := time.Now()
			got, ok := shell.complete(typed, 15*time.Second)
			if !ok || got != typed {
				t.Errorf("after %s the line is %q", time.Since(began), got)
			}
			t.Logf("%s", time.Since(began).Round(100*time.Millisecond))
		})
	}
}
