package report_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// TestCommandsInABoxStayWhole: a diagnosis that is the output of a step holds commands, which can be pasted from there too.
func TestCommandsInABoxStayWhole(t *testing.T) {
	target := orders("orders-of-customers-who-pay-by-invoice-in-the-north-7c9f8d6b54-x2lqp")
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
					Number: 1, Total: 1, Output: strings.Split(strings.TrimRight(text.String(), "\n"), "\n"), Unbroken: page.Commands(),
				})
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
