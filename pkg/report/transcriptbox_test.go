package report_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// TestCommandsInABoxStayWhole: a diagnosis that is the output of a step holds commands, which can be pasted from there too.
func TestCommandsInABoxStayWhole(t *testing.T) {
	target := orders("orders-7c9f8d6b54-x2lqp")
	root := &target.Findings[0]
	root.Remedies = append(root.Remedies, diagnosis.Remedy{
		ID: "remedy.probe-ask", Args: message.Args{"Port": 8080, "Path": "/a b"}, Effect: diagnosis.ReadOnly,
		Command: shellword.New("kubectl podkit curl -n shop %s", "orders:8080/"+strings.Repeat("a b-c/", 20)),
	})
	var lines []string
	for _, remedy := range target.Root().Remedies {
		if line, _ := remedy.Command.Line(); line != "" {
			lines = append(lines, line)
		}
	}
	for _, language := range []message.Language{message.English, message.Chinese} {
		for _, width := range []int{40, 80} {
			t.Run(string(language)+strconv.Itoa(width), func(t *testing.T) {
				messages, err := message.NewCatalog(language)
				if err != nil {
					t.Fatal(err)
				}
				terminal := report.Terminal{Width: width}
				var text, out bytes.Buffer
				page := report.NewPage(&text, messages, terminal.Inset())
				page.Target(&target, now, report.DiagnosisView{})
				report.NewTranscript(&out, messages, terminal).Step(report.Step{
					Number: 1, Total: 1, Failure: messages.Text("container.none", message.Args{"Pod": strings.Repeat("web-", 20), "Namespace": "shop"}),
					Output: strings.Split(strings.TrimRight(text.String(), "\n"), "\n"), Unbroken: page.Commands(),
				})
				if want := "kubectl podkit describe " + strings.Repeat("web-", 20) + " -n shop\n"; !strings.Contains(out.String(), want) {
					t.Errorf("the command of a sentence is broken:\n%s", out.String())
				}
				long := 0
				for _, line := range lines {
					if !strings.Contains(out.String(), " "+line+"\n") {
						t.Errorf("%s is broken:\n%s", line, out.String())
					}
					if lipgloss.Width(line) > width {
						long++
					}
				}
				if long == 0 {
					t.Errorf("no command is longer than %d columns", width)
				}
				for line := range strings.Lines(out.String()) {
					if line = strings.TrimRight(line, "\n"); lipgloss.Width(line) > width && !strings.Contains(line, "kubectl") {
						t.Errorf("%q is wider than %d columns", line, width)
					}
				}
			})
		}
	}
}
