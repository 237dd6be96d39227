package cli

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestArguments(t *testing.T) {
	tests := []struct{ argv, want []string }{
		{[]string{"/usr/bin/kubectl-podkit", "get", "-A"}, []string{"get", "-A"}},
		{[]string{"/usr/bin/kubectl_complete-podkit", "get", ""}, []string{"__complete", "get", ""}},
		{[]string{"kubectl_complete-podkit.exe", "ge"}, []string{"__complete", "ge"}},
	}
	for _, test := range tests {
		if got := Arguments(test.argv); !slices.Equal(got, test.want) {
			t.Errorf("%q: got %q, want %q", test.argv, got, test.want)
		}
	}
}

// TestCompletionDisturbsNobody: cobra tells on the standard error how a completion ended, which some shells show.
func TestCompletionDisturbsNobody(t *testing.T) {
	t.Setenv("KUBECONFIG", filepath.Join(t.TempDir(), "none"))
	for _, line := range []string{"ge", "describe web", "get --frob x", "get -n s", "logs web-0 -c a"} {
		for _, request := range []string{"__complete", "__completeNoDesc"} {
			args := append([]string{request}, strings.Fields(line)...)
			if _, _, errOut := invoke(t.Context(), nil, args...); errOut != "" {
				t.Errorf("%q: stderr %q", args, errOut)
			}
		}
	}
}

func TestCompletionScripts(t *testing.T) {
	for shell, want := range map[string]string{
		"bash": "__start_kubectl-podkit", "zsh": "#compdef kubectl-podkit", "fish": "complete -c kubectl-podkit", "powershell": "Register-ArgumentCompleter",
	} {
		if code, out, errOut := invoke(t.Context(), nil, "completion", shell); code != 0 || !strings.Contains(out, want) || errOut != "" {
			t.Errorf("%s: exit code %d, stderr %q, no %q in %.200s", shell, code, errOut, want, out)
		}
		_, out, _ := invoke(t.Context(), nil, "completion", shell, "--help")
		for _, want := range []string{"kubectl-podkit completion " + shell, "kubectl_complete-podkit"} {
			if !strings.Contains(out, want) {
				t.Errorf("the page for %s does not say %q:\n%s", shell, want, out)
			}
		}
	}
}
