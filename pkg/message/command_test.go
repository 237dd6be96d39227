package message_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// into finds a command into which a value is put as it is; made finds what makes one.
var (
	into = regexp.MustCompile("(?:kubectl|curl|ln -s|export) [^{}\"“”;；。，,（）():]*{{\\.")
	made = regexp.MustCompile(`{{(?:command|word)\b[^}]*}}`)
	good = regexp.MustCompile(`^{{(?:command "[^"]*"(?: \.[A-Za-z]+)*|word \.[A-Za-z]+)}}$`)
)

// TestCommandsOfTheCatalogueAreMade: a value reaches a command by the function command alone. Those named here begin with the
// name of a program and are no commands.
func TestCommandsOfTheCatalogueAreMade(t *testing.T) {
	prose := []string{"doctor.kubectl", "doctor.kubectl-skew", "doctor.kubectl-alone", "doctor.plugin", "doctor.shadowed", "doctor.completer", "doctor.no-shell"}
	makers := 0
	for _, language := range message.Languages() {
		for id, forms := range texts(t, language) {
			for _, form := range forms {
				for _, call := range made.FindAllString(form, -1) {
					makers++
					if !good.MatchString(call) {
						t.Errorf("%s in %s: %s is no podkit's own words with values", id, language, call)
					}
				}
				if found := into.FindString(form); found != "" && !slices.Contains(prose, id) {
					t.Errorf("%s in %s: a value is put into a command as it is: %s", id, language, found)
				}
			}
		}
	}
	if makers < 60 {
		t.Errorf("found only %d commands: the search is broken", makers)
	}
}

func TestCommandsInSentences(t *testing.T) {
	for language, refused := range map[message.Language]string{message.English: "no command is shown", message.Chinese: "不显示命令"} {
		catalog, err := message.NewCatalog(language)
		if err != nil {
			t.Fatal(err)
		}
		say := func(pod string) string {
			return catalog.Text("container.none", message.Args{"Pod": pod, "Namespace": "shop"})
		}
		for pod, want := range map[string]string{
			"web": "kubectl podkit describe web -n shop", "$(touch x)": "kubectl podkit describe '$(touch x)' -n shop",
			"it's": `kubectl podkit describe 'it'\''s' -n shop`, "x<docs>": "kubectl podkit describe 'x<docs>' -n shop",
			"a\nb": refused, "-oyaml": refused, "a`b": refused, "\u202eb": refused,
		} {
			if got := say(pod); !strings.Contains(got, want) {
				t.Errorf("%q in %s: got %q, want %s", pod, language, got, want)
			}
		}
		line := shellword.New("kubectl get --raw %s", "/a;b")
		if got := catalog.Text("recording.no-watch", message.Args{"Line": line}); !strings.HasSuffix(got, "kubectl get --raw '/a;b'") {
			t.Errorf("a command as an argument: %s", got)
		}
		if got := catalog.Text("doctor.no-completer", message.Args{"Folder": "/my bin"}); !strings.Contains(got, "'/my bin'/kubectl_complete-podkit`") {
			t.Errorf("a word: %s", got)
		}
	}
}

// TestCommandsOfTheCatalogueAreHarmless: what the reader fills in is written in capitals there. A <name> before other words
// would make fish write a file.
func TestCommandsOfTheCatalogueAreHarmless(t *testing.T) {
	span := regexp.MustCompile("`(?:kubectl|curl|export|ln) [^`]*`")
	found := 0
	for _, language := range message.Languages() {
		for id, forms := range texts(t, language) {
			for _, command := range span.FindAllString(strings.Join(forms, "\n"), -1) {
				found++
				if strings.ContainsAny(made.ReplaceAllString(command, ""), "<>;|&*") && !strings.Contains(command, "'jsonpath=") && !strings.Contains(command, "'custom-columns=") {
					t.Errorf("%s in %s: a shell does something with %s", id, language, command)
				}
			}
		}
	}
	if found < 100 {
		t.Errorf("found only %d commands: the search is broken", found)
	}
}
