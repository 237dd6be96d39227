package shellword_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// FuzzLine: a line is refused, or every shell takes each value of it for itself, runs nothing of it and makes no file.
func FuzzLine(f *testing.F) {
	for i := 0; i+1 < len(awkward); i += 9 { // All of them are TestAShellTakesAValueForItself's; these are to begin with.
		f.Add(awkward[i], awkward[i+1])
	}
	f.Add("a\nb", "\x1b[2J")
	f.Add("/$(touch${IFS}x);touch${IFS}x;", "\u202e\xff")
	var shells []string
	for _, name := range []string{"bash", "dash", "zsh", "fish"} {
		if path, err := exec.LookPath(name); err == nil {
			shells = append(shells, path)
		}
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		line, refusal := shellword.New("printf %s x%s", "[%s]", first).With("-- %s", []string{second, "end"}).Line()
		if refusal != "" {
			return
		}
		want := "[x" + first + "][--][" + second + "][end]"
		for _, shell := range shells {
			folder := t.TempDir()
			cmd := exec.CommandContext(t.Context(), shell, "-c", line)
			cmd.Dir, cmd.Env = folder, []string{"HOME=" + folder, "PATH=" + os.Getenv("PATH")}
			out, err := cmd.Output()
			if err != nil || string(out) != want {
				t.Errorf("%s takes %q and %q, written %s, for %q, %v", filepath.Base(shell), first, second, line, out, err)
			}
			if left, err := filepath.Glob(filepath.Join(folder, "*")); err != nil || len(left) > 0 && !strings.HasSuffix(shell, "fish") {
				t.Errorf("%s leaves %q of %s, %v", filepath.Base(shell), left, line, err)
			}
		}
	})
}
