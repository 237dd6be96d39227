package authoring

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
)

// run runs the command without a cluster, in a language.
func run(t *testing.T, language string, args ...string) (string, error) {
	t.Helper()
	streams, _, out, _ := genericiooptions.NewTestIOStreams()
	env := environment.New(streams, func(name string) string {
		return map[string]string{"PODKIT_LANG": language, "XDG_CONFIG_HOME": t.TempDir()}[name]
	})
	cmd := NewCommand(env)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetArgs(args)
	err := cmd.Execute()
	return out.String(), err
}

// A built-in workflow is a file that its reader can copy, and that is sound as it is.
func TestShownDocumentIsSound(t *testing.T) {
	document, err := run(t, "en", "show", "explore", "-o", "yaml")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "mine.yaml")
	if err := os.WriteFile(file, []byte(document), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := run(t, "en", "lint", file); err != nil || out != file+": nothing is wrong\n" {
		t.Errorf("%s%v", out, err)
	}
	bad := strings.Replace(strings.Replace(document, "action: curl", "action: crul", 1), `"why" in facts`, `"whi" in facts`, 1)
	if err := os.WriteFile(file, []byte(bad), 0o600); err != nil {
		t.Fatal(err)
	}
	for language, wants := range map[string][]string{
		"en": {`no action "crul"; there are ask, claims, curl`, `nobody can know "whi" here`, "things are wrong"},
		"zh": {`没有名为 "crul" 的动作`, `这里不可能得知 "whi"`},
	} {
		out, err := run(t, language, "lint", file)
		if err == nil {
			t.Fatal("a broken workflow passes")
		}
		for _, want := range wants {
			if !strings.Contains(out+err.Error(), want) {
				t.Errorf("it does not say %q:\n%s%v", want, out, err)
			}
		}
		for line := range strings.Lines(out) {
			if !strings.HasPrefix(line, file+":") {
				t.Errorf("a line has no place: %s", line)
			}
		}
	}
}

func TestShow(t *testing.T) {
	out, err := run(t, "zh", "show", "explore")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"explore · 走进 Pod，认识一个应用", "5  exec · 容器内部是什么样子？", `exec command="env"`} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	for _, args := range [][]string{{"show", "nope"}, {"show", "explore", "-o", "json"}, {"lint", "none.yaml"}, {"test", "explore"}} {
		if _, err := run(t, "en", args...); err == nil {
			t.Errorf("%v passes", args)
		}
	}
}

func TestNormalize(t *testing.T) {
	for text, want := range map[string]string{
		"*2026-05-04T12:00:00Z*":                     "*TIME*",
		"at 2026-05-04 12:00:00.123 +0200 or so":     "at TIME +0200 or so",
		"bootcamp-5d4f9c8b7-x7k2p   1/1":             "bootcamp-HASH 1/1",
		"0 (60s ago)  3m12s  2d3h, 7ms, 1.5s, 10.1s": "0 (AGE ago) AGE AGE, AGE, AGE, AGE",
		"10.88.0.5:8080":                             "IP:8080",
		"my-own-app v1.2 64Mi 100m busybox:1.36":     "my-own-app v1.2 64Mi AGE busybox:1.36",
	} {
		if got := normalize(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		if again := normalize(want); again != want {
			t.Errorf("%q changes once more: %q", want, again)
		}
	}
}
