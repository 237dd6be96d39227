package cli

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
)

// tree returns the root command and every command below it.
func tree() (root *cobra.Command, all []*cobra.Command) {
	env := environment.New(genericiooptions.NewTestIOStreamsDiscard(), func(string) string { return "" })
	root = NewCommand(env)
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		all = append(all, cmd)
		for _, child := range cmd.Commands() {
			walk(child)
		}
	}
	walk(root)
	return root, all
}

// ours reports whether a command is podkit's own: completion's scripts and help are cobra's.
func ours(cmd *cobra.Command) bool {
	return cmd.Name() != "help" && !strings.HasPrefix(cmd.CommandPath(), "kubectl podkit completion")
}

// TestHelpOfEveryCommand is the idea of kubectl's sanity checks (pkg/cmd/util/sanity) for this tree.
func TestHelpOfEveryCommand(t *testing.T) {
	_, all := tree()
	for _, cmd := range all {
		name := cmd.CommandPath()
		if cmd.Short == "" || strings.HasSuffix(cmd.Short, ".") || strings.ContainsAny(cmd.Short, "\n\t") {
			t.Errorf("%s: the short text %q must be one line without a full stop", name, cmd.Short)
		}
		if !ours(cmd) {
			continue
		}
		if cmd.Long == "" && cmd.Example == "" {
			t.Errorf("%s says neither what it does nor how", name)
		}
		if cmd.Runnable() && cmd.Example == "" {
			t.Errorf("%s has no example", name)
		}
		for _, text := range []string{cmd.Long, cmd.Example} {
			if text != strings.TrimSpace(text) && text != "  "+strings.TrimSpace(text) {
				t.Errorf("%s: the text has blanks around it: %q", name, text)
			}
		}
		if cmd.HasParent() && len(cmd.Parent().Groups()) > 0 && cmd.Runnable() && cmd.GroupID == "" {
			t.Errorf("%s is in no group of the help", name)
		}
	}
}

// prompt is how a shell greets: an example that begins with it cannot be pasted.
var prompt = regexp.MustCompile(`^[$>#]\s`)

// TestEveryExampleCanBePasted: a comment, then a line that the command tree understands.
func TestEveryExampleCanBePasted(t *testing.T) {
	_, all := tree()
	tried := 0
	for _, cmd := range all {
		if !ours(cmd) {
			continue
		}
		commented := false
		for line := range strings.Lines(cmd.Example) {
			line = strings.TrimSpace(line)
			switch {
			case line == "":
				commented = false
			case strings.HasPrefix(line, "# "):
				commented = true
			case !commented:
				t.Errorf("%s: no comment says what this is for: %s", cmd.CommandPath(), line)
			case prompt.MatchString(line):
				t.Errorf("%s: a prompt cannot be pasted: %s", cmd.CommandPath(), line)
			default:
				tried++
				for _, problem := range misunderstood(t, cmd, line) {
					t.Errorf("%s: %s: %s", cmd.CommandPath(), line, problem)
				}
			}
		}
	}
	if tried < 20 {
		t.Errorf("tried %d examples only: the search is broken", tried)
	}
}

// misunderstood tells what the tree does not understand in a line of an example. Of a line with a pipe or a redirection,
// podkit's part counts.
func misunderstood(t *testing.T, of *cobra.Command, line string) (problems []string) {
	t.Helper()
	words := words(line)
	if at := slices.Index(words, "|"); at >= 0 && words[0] != "kubectl" {
		words = words[at+1:]
	}
	for _, end := range []string{"|", ">"} {
		if at := slices.Index(words, end); at >= 0 {
			words = words[:at]
		}
	}
	if len(words) < 2 || words[0] != "kubectl" || words[1] != "podkit" {
		return []string{"does not begin with kubectl podkit"}
	}
	root, _ := tree() // A new one, since parsing leaves its traces in the flags.
	found, rest, err := root.Find(words[2:])
	if err != nil {
		return []string{err.Error()}
	}
	if of.HasParent() && found.CommandPath() != of.CommandPath() {
		problems = append(problems, "is an example of "+found.CommandPath())
	}
	if err := found.ParseFlags(rest); err != nil {
		problems = append(problems, err.Error())
	}
	if err := found.ValidateArgs(found.Flags().Args()); err != nil {
		problems = append(problems, err.Error())
	}
	return problems
}

// TestFlagsAreToldAndDoNotCollide: usage texts are there, and no command hides a flag of kubectl's connection.
func TestFlagsAreToldAndDoNotCollide(t *testing.T) {
	root, all := tree()
	inherited := map[string]bool{}
	root.PersistentFlags().VisitAll(func(flag *pflag.Flag) { inherited["--"+flag.Name] = true; inherited["-"+flag.Shorthand] = true })
	delete(inherited, "-")
	for _, cmd := range all {
		if !ours(cmd) {
			continue
		}
		cmd.LocalNonPersistentFlags().VisitAll(func(flag *pflag.Flag) {
			if flag.Usage == "" {
				t.Errorf("%s: --%s is not explained", cmd.CommandPath(), flag.Name)
			}
			if inherited["--"+flag.Name] || inherited["-"+flag.Shorthand] {
				t.Errorf("%s: --%s (-%s) hides a flag of every command", cmd.CommandPath(), flag.Name, flag.Shorthand)
			}
		})
	}
}

// words splits a line as a shell does, as far as examples need it: quotes, and no escapes or variables.
func words(line string) []string {
	var all []string
	var word strings.Builder
	quote, begun := rune(0), false
	end := func() {
		if begun {
			all = append(all, word.String())
		}
		word.Reset()
		begun = false
	}
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote, begun = r, true
		case quote == 0 && r == ' ':
			end()
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	end()
	return all
}

func TestWords(t *testing.T) {
	want := []string{"a", "-d", `{"x": 1}`, "", "b=c d"}
	if diff := cmp.Diff(want, words(`a  -d '{"x": 1}' '' b="c d"`)); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
}
