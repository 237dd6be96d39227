package shellword_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// FuzzLine: a real shell takes every word for itself, whatever is in it, and runs nothing of it.
func FuzzLine(f *testing.F) {
	for _, seed := range []string{
		"web-0", "", "a b", "it's", `"$(id)"`, "`id`", "a\nb", "*", "~", "#x", "a=b", "x;y", "$HOME", `\`, "<a>", "'", "'\\''", "!!", "{a,b}", "\xff\x1b",
		"/$(touch${IFS}/tmp/x);touch${IFS}/tmp/x;", "x<docs>", "-n", "%s", "~root", "你好",
	} {
		f.Add(seed, "end")
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		if strings.Contains(first+second, "\x00") {
			t.Skip("no program can be given a word with a zero byte")
		}
		line := "printf '%s|' " + shellword.Line("-", first, second, "end")
		out, err := exec.CommandContext(t.Context(), "sh", "-c", line).Output()
		if want := "-|" + first + "|" + second + "|end|"; err != nil || string(out) != want {
			t.Errorf("%q and %q: the shell takes %s for %q, %v", first, second, line, out, err)
		}
	})
}
