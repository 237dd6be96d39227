package report_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/cli-runtime/pkg/printers"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// invented is a cause with everything that a page can show: long prose, a second paragraph, commands, relations.
func invented() *report.Explanation {
	return &report.Explanation{
		ID: "tank-empty", Severity: "error", Family: "crash", Title: "The tank is empty",
		Meaning: strings.Repeat("Nothing runs without fuel. ", 6),
		Decided: "The gauge reads `0`.\nA gauge that is broken proves nothing.",
		Confirm: "`kubectl -n garage get car -o jsonpath='{.status.gauge}'` shows what the gauge reads.",
		Fix:     "Fill it up.\x1b[2J", Explains: []string{"wheels-still", "radio-dead"}, ExplainedBy: []string{"tank-leaks"},
	}
}

func TestExplanation(t *testing.T) {
	titles := map[string]string{"wheels-still": "The wheels do not turn", "radio-dead": "收音机没有声音", "tank-leaks": "The tank leaks"}
	tests := map[string]struct {
		language message.Language
		terminal report.Terminal
	}{
		"en":     {message.English, report.Terminal{Width: 80}},
		"zh":     {message.Chinese, report.Terminal{Width: 80}},
		"narrow": {message.English, report.Terminal{Width: 20}},
		"wide":   {message.English, report.Terminal{Width: 200}},
		"color":  {message.English, report.Terminal{Width: 80, Color: true}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			page := report.NewPage(&out, catalog(t, test.language), test.terminal)
			page.Explanation(invented(), func(id string) string { return titles[id] })
			golden.Equal(t, "explanation/"+name+".txt", out.String())
			if page.Err() != nil || strings.Contains(out.String(), "\x1b[2J") {
				t.Errorf("error %v, or an escape sequence came through", page.Err())
			}
		})
	}
	page := report.NewPage(broken{}, catalog(t, message.English), report.Terminal{})
	page.Explanation(invented(), func(string) string { return "" })
	if !errors.Is(page.Err(), errBroken) {
		t.Errorf("got %v, want the writer's error", page.Err())
	}
}

func TestRelationsThatThereAreNot(t *testing.T) {
	alone := invented()
	alone.Explains, alone.ExplainedBy = nil, nil
	var out strings.Builder
	page := report.NewPage(&out, catalog(t, message.English), report.Terminal{})
	page.Explanation(alone, func(string) string { t.Error("a title was asked for"); return "" })
	if strings.Contains(out.String(), "may explain") || strings.Contains(out.String(), "lie behind") {
		t.Errorf("headings without anything below them:\n%s", out.String())
	}
}

func TestExplain(t *testing.T) {
	entry := causes.Entry{Cause: diagnosis.Cause{ID: diagnosis.Unexplained, Severity: diagnosis.Error}, Family: causes.Other, ExplainedBy: []string{"x"}}
	want := map[message.Language]string{message.English: "No known cause", message.Chinese: "原因未知"}
	for language, title := range want {
		got := report.Explain(&entry, catalog(t, language))
		if got.Title != title || got.ID != "unexplained" || got.Severity != "error" || got.Family != "other" || len(got.ExplainedBy) != 1 {
			t.Errorf("%s: got %+v", language, got)
		}
		for _, part := range append(got.Parts(), report.Part{Text: got.Title}) {
			if part.Text == "" || strings.HasPrefix(part.Text, "[") {
				t.Errorf("%s: %s is not told: %q", language, part.Heading, part.Text)
			}
		}
	}
}

// TestExplanationTable: only the last column may be Chinese, or the columns would not stand below each other.
func TestExplanationTable(t *testing.T) {
	second := *invented()
	second.ID, second.Severity, second.Title = "wheels-still", "warning", "车轮不转"
	var out strings.Builder
	table := report.ExplanationTable([]report.Explanation{*invented(), second})
	if err := report.PrintTable(&out, table, printers.PrintOptions{}, report.Terminal{}); err != nil {
		t.Fatal(err)
	}
	want := "ID             SEVERITY   FAMILY   TITLE\n" +
		"tank-empty     error      crash    The tank is empty\n" +
		"wheels-still   warning    crash    车轮不转\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
}
