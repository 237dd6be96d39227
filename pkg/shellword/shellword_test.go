package shellword_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// shells are those of the four that are there; PODKIT_SHELLS=all wants them all.
func shells(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, name := range []string{"bash", "dash", "zsh", "fish"} {
		path, err := exec.LookPath(name)
		switch {
		case err == nil:
			found = append(found, path)
		case os.Getenv("PODKIT_SHELLS") == "all":
			t.Fatalf("%s is missing", name)
		}
	}
	if len(found) == 0 {
		t.Fatal("there is no shell")
	}
	return found
}

// run gives a line to a shell in an empty folder, and returns what it wrote and which files it left.
func run(t *testing.T, shell, line string) (out string, files []string) {
	t.Helper()
	folder := t.TempDir()
	cmd := exec.CommandContext(t.Context(), shell, "-c", line)
	cmd.Dir, cmd.Env = folder, []string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH"), "POD_NAME=web 0"}
	written, _ := cmd.Output()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return string(written), files
}

// awkward are texts with which a shell does something, quoted or not.
var awkward = []string{
	"web-0", "", "a b", "it's", `"$(id)"`, "`id`", "*", "~", "~root", "#x", "a=b", "x;y", "$HOME", `\`, `\'`, `\\`, `a\`, `'\'`, "<a>", "x<docs>",
	"'", "''", "=ls", "==", "%1", "%self", "{a,b}", "[a]", "(touch x)", "$(touch${IFS}x)", "|touch x", "&touch x", ">x", ">>x", "<x", "!!", "!x", "^a^b",
	"?", "a?b", "-n", "--", "@x", "+x", "名字", "é", "a:h", "$POD_NAME", "${POD_NAME}", "a~b", "a=~", "x\\", `x\n`,
}

func TestAShellTakesAValueForItself(t *testing.T) {
	for _, shell := range shells(t) {
		for _, word := range awkward {
			line, refusal := shellword.New("printf %s -- %s", "[%s]", "x").With("-- %s", []string{word, "end"}).Line()
			if refusal != "" {
				t.Errorf("%q: %s", word, refusal)
			}
			out, files := run(t, shell, line)
			if want := "[--][x][" + word + "][end]"; strings.TrimPrefix(out, "[--]") != strings.TrimPrefix(want, "[--]") || len(files) > 0 {
				t.Errorf("%s takes %q, written %s, for %q, and leaves %q", filepath.Base(shell), word, line, out, files)
			}
		}
	}
}

// TestValuesStandBesideOtherParts: quoted, beside podkit's own words and variables.
func TestValuesStandBesideOtherParts(t *testing.T) {
	for _, shell := range shells(t) {
		for _, word := range awkward {
			made := shellword.Text("/").And(shellword.Variable("POD_NAME"), shellword.Text(":80/"+word))
			line, refusal := shellword.New("printf %s %s a%sb:%s", "[%s]", made, word, word).Line()
			if refusal != "" {
				t.Errorf("%q: %s", word, refusal)
			}
			if out, files := run(t, shell, line); out != "[/web 0:80/"+word+"][a"+word+"b:"+word+"]" || len(files) > 0 {
				t.Errorf("%s takes %q, written %s, for %q, and leaves %q", filepath.Base(shell), word, line, out, files)
			}
		}
	}
}

// TestNoShellRunsALineWithPlaceholders, or makes a file, whatever stands before the last of them.
func TestNoShellRunsALineWithPlaceholders(t *testing.T) {
	value, key := shellword.Placeholder("value"), shellword.Placeholder("key")
	for _, command := range []shellword.Command{
		shellword.New("touch FOO=%s", value),
		shellword.New("touch --from-literal=%s=%s", key, value),
		shellword.New("touch a=%s b %s c=%s", value, "x;touch y", value),
		shellword.New("touch -f %s", shellword.Placeholder("manifest.yaml")),
		shellword.New("touch x -- %s", value),
	} {
		line, refusal := command.Line()
		if refusal != "" {
			t.Errorf("%v: %s", command, refusal)
		}
		for _, shell := range shells(t) {
			if _, files := run(t, shell, line); len(files) > 0 {
				t.Errorf("%s: %s left %q", filepath.Base(shell), line, files)
			}
		}
	}
	for _, command := range []shellword.Command{
		shellword.New("touch %s x", value), shellword.New("touch %s.x", value), shellword.New("touch %s -- x", value),
		shellword.New("touch a=<value>"), shellword.New("touch").With("--data={x:<value>}"), shellword.Fill("touch <value> x"),
	} {
		if line, refusal := command.Line(); refusal != shellword.Unfinished {
			t.Errorf("%s is offered, although fish would make a file", line)
		}
	}
}

// TestLines: plain words stay plain, and placeholders are podkit's own alone.
func TestLines(t *testing.T) {
	for want, command := range map[string]shellword.Command{
		"kubectl get --raw /api/v1/pods":                     shellword.New("kubectl get --raw %s", "/api/v1/pods"),
		"kubectl -n shop logs web-0 -c app --previous":       shellword.New("kubectl -n %s logs %s -c %s", "shop", "web-0", "app").With("--previous"),
		"kubectl set env deploy/web ORDERS_DSN=<value>":      shellword.New("kubectl set env %s %s=%s", "deploy/web", "ORDERS_DSN", shellword.Placeholder("value")),
		"kubectl exec web -- cat 'x<docs>' .bashrc":          shellword.New("kubectl exec %s -- %s", "web", []string{"cat", "x<docs>", ".bashrc"}),
		"kubectl exec web -n shop --context=lab -- ls -l":    shellword.New("kubectl exec %s -- ls -l", "web").With("-n %s", "shop").Typed("--context=lab"),
		"'/opt/my tools/kubectl' get pods":                   shellword.New("kubectl get pods").Called("/opt/my tools/kubectl"),
		"'/opt/a=b/kubectl' get pods":                        shellword.New("kubectl get pods").Called("/opt/a=b/kubectl"),
		"curl http://localhost:8001/":                        shellword.New("curl %s", "http://localhost:8001/").Called("k"),
		`kubectl describe pod "$POD_NAME"`:                   shellword.New("kubectl describe pod %s", shellword.Variable("POD_NAME")),
		"kubectl get pods '' --field-selector=a=b '<value>'": shellword.New("kubectl get pods %s --field-selector=%s %s", "", "a=b", "<value>"),
		"export 'POD_NAME=a b'":                              shellword.New("export POD_NAME=%s", "a b"),
	} {
		if got, refusal := command.Line(); got != want || refusal != "" {
			t.Errorf("got %s %s, want %s", got, refusal, want)
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, text := range []string{"a\nb", "a\tb", "a\x1bb", "\u202eb", "a\u200bb", "\ufeff", "a\u00a0b", "a\u3000b", "\u2028", "\xff", "\u3164", "a\ufe0f", "\ue000", "\U000e0041", "\ufffd", "\x00", "\u0085"} {
		for _, command := range []shellword.Command{
			shellword.New("kubectl get %s", text), shellword.New("kubectl get -n %s", text), shellword.New("kubectl exec x -- %s", []string{text}),
			shellword.New("kubectl get").Typed(text), shellword.New("kubectl get").Called(text),
		} {
			if line, refusal := command.Line(); refusal != shellword.Characters || line != "" {
				t.Errorf("%q is written: %q, %s", text, line, refusal)
			}
		}
		if got := shellword.InProse(text); strings.Contains(string(got), text) && text != "\ufffd" {
			t.Errorf("%q is written in prose: %q", text, got)
		}
	}
	for _, command := range []shellword.Command{
		shellword.New("kubectl edit %s", "-oyaml/x"), shellword.New("kubectl get pods %s", []string{"a", "--server=x"}), shellword.New("kubectl get %s=x", "--server"),
	} {
		if line, refusal := command.Line(); refusal != shellword.Option {
			t.Errorf("an option is smuggled in: %s", line)
		}
	}
	for _, command := range []shellword.Command{
		shellword.New("kubectl logs --container=%s", "-x"), shellword.New("kubectl exec x -- %s", []string{"-x"}), shellword.New("kubectl").Typed("-x"),
	} {
		if _, refusal := command.Line(); refusal != "" {
			t.Errorf("%v: %s", command, refusal)
		}
	}
	if _, refusal := shellword.New("kubectl get %s %s", "x").Line(); refusal != shellword.Unfinished {
		t.Error("a value is missing, and nobody says so")
	}
	if _, refusal := shellword.New("kubectl get", "x").Line(); refusal != shellword.Unfinished {
		t.Error("a value is left over, and nobody says so")
	}
	if line, refusal := shellword.New("kubectl get %s", "a`b").InProse(); refusal != shellword.Characters {
		t.Errorf("a backquote ends the code of a sentence: %s", line)
	}
}
