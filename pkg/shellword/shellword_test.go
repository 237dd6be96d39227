package shellword_test

import (
	"os/exec"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// TestAShellTakesAWordForItself asks a real shell what it makes of quoted words.
func TestAShellTakesAWordForItself(t *testing.T) {
	for _, word := range []string{"web-0", "", "a b", "it's", `"$(id)"`, "`id`", "a\nb", "*", "~", "#x", "a=b", "x;y", "$HOME", `\`, "<a>", "'"} {
		out, err := exec.CommandContext(t.Context(), "sh", "-c", "printf '%s|' "+shellword.Line("-", word, "end")).Output()
		if want := "-|" + word + "|end|"; err != nil || string(out) != want {
			t.Errorf("%q: the shell takes it for %q, %v", word, out, err)
		}
	}
	if got := shellword.Line("kubectl", "get", "--raw", "/api/v1/pods"); got != "kubectl get --raw /api/v1/pods" {
		t.Errorf("plain words are quoted: %s", got)
	}
}
