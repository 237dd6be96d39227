package report_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// cases are what a diagnosis can look like.
func cases() map[string]*diagnosis.Diagnosis {
	return map[string]*diagnosis.Diagnosis{
		"one":      diagnosed(unread(), nil, orders("orders-7c9f8d6b54-x2lqp")),
		"many":     fleet(),
		"hostile":  diagnosed(nil, nil, attacker()),
		"healthy":  diagnosed(nil, nil, healthy("web-0"), healthy("web-1")),
		"well":     diagnosed(nil, nil, healthy("web-0")),
		"starting": diagnosed(nil, nil, starting("db-0")),
	}
}

func TestDiagnosis(t *testing.T) {
	for name, found := range cases() {
		for _, width := range []int{80, 200} {
			for _, language := range []message.Language{message.English, message.Chinese} {
				for _, color := range []bool{false, true} {
					file := fmt.Sprintf("diagnosis/%s-%d-%s", name, width, language)
					if color {
						file += "-color"
					}
					t.Run(file, func(t *testing.T) {
						got := shownDiagnosis(t, found, language, report.Terminal{Width: width, Color: color}, false)
						golden.Equal(t, file+".txt", got)
						checkLines(t, got, width)
					})
				}
			}
		}
	}
}

func TestDiagnosisInFull(t *testing.T) {
	got := shownDiagnosis(t, cases()["one"], message.English, report.Terminal{}, true)
	golden.Equal(t, "diagnosis/one-verbose.txt", got)
	checkLines(t, got, 80)
	checkLines(t, shownDiagnosis(t, cases()["hostile"], message.English, report.Terminal{}, true), 80)
}

// ownCommand matches the lines that are there to be pasted, which are never broken.
var ownCommand = regexp.MustCompile(`^\s+kubectl `)

// checkLines checks what holds of every line: it keeps to the width unless it is a command, it has no blanks at its end,
// and nothing in it moves the cursor.
func checkLines(t *testing.T, text string, width int) {
	t.Helper()
	if width > 120 {
		width = 120
	}
	for line := range strings.Lines(text) {
		line = ansi.Strip(strings.TrimSuffix(line, "\n"))
		if lipgloss.Width(line) > width && !ownCommand.MatchString(line) {
			t.Errorf("a line of %d columns: %q", lipgloss.Width(line), line)
		}
		if strings.TrimRight(line, " ") != line {
			t.Errorf("blanks at the end of %q", line)
		}
		if at := strings.IndexFunc(line, unicode.IsControl); at >= 0 {
			t.Errorf("a control character in %q", line)
		}
	}
}

func TestColourAddsNothingToADiagnosis(t *testing.T) {
	for name, found := range cases() {
		plain := shownDiagnosis(t, found, message.English, report.Terminal{}, false)
		colored := shownDiagnosis(t, found, message.English, report.Terminal{Color: true}, false)
		if name != "hostile" && (colored == plain || ansi.Strip(colored) != plain) {
			t.Errorf("%s: without colours it reads\n%s\nwith colours taken away\n%s", name, plain, ansi.Strip(colored))
		}
	}
}

// TestTheCauseIsToldFirst: a reader has seen the cause by the second line, at any width.
func TestTheCauseIsToldFirst(t *testing.T) {
	for _, name := range []string{"one", "many"} {
		for _, width := range []int{80, 100, 200} {
			lines := strings.Split(shownDiagnosis(t, cases()[name], message.English, report.Terminal{Width: width}, false), "\n")
			if !strings.Contains(lines[1], "The liveness probe of container orders is refused on port 8081") {
				t.Errorf("%s at %d columns: the second line is %q", name, width, lines[1])
			}
		}
	}
}

// TestManyCausesAreALineEach: of more causes than a screen holds, each is a few lines and the command that tells more.
func TestManyCausesAreALineEach(t *testing.T) {
	var groups []diagnosis.Group
	var targets []diagnosis.Target
	for i := range 9 {
		target := orders(fmt.Sprintf("orders-%d", i))
		target.Pod.Namespace = fmt.Sprintf("shop-%d", i%2)
		target.Workload = diagnosis.Workload{Kind: "Pod", Name: target.Pod.Name}
		targets = append(targets, target)
		groups = append(groups, diagnosis.Group{Namespace: target.Pod.Namespace, Workload: target.Workload, Root: target.Findings[0], Targets: []string{target.Pod.Name}, Of: 1})
	}
	got := shownDiagnosis(t, diagnosed(nil, groups, targets...), message.English, report.Terminal{}, false)
	golden.Equal(t, "diagnosis/causes.txt", got)
	if strings.Contains(got, "Caused by") || strings.Count(got, "kubectl podkit diagnose -n shop-") != 9 {
		t.Errorf("got\n%s", got)
	}
}

// TestASharedCauseIsProvedOnce: what several workloads miss is told of each, and its proof once; in full, of each.
func TestASharedCauseIsProvedOnce(t *testing.T) {
	var groups []diagnosis.Group
	var targets []diagnosis.Target
	for _, name := range []string{"cart", "orders", "web"} {
		target := orders(name + "-0")
		target.Workload.Name = name
		target.Findings = []diagnosis.Finding{{
			ID: "configmap-missing", Severity: diagnosis.Error, Confidence: diagnosis.Certain, Container: name,
			Object:   diagnosis.Object{APIVersion: "v1", Kind: "ConfigMap", Namespace: "shop", Name: "app-config"},
			Args:     message.Args{"Container": name, "Object": "app-config"},
			Evidence: []diagnosis.Evidence{{Source: diagnosis.Status, Container: name, Value: "CreateContainerConfigError"}},
		}}
		targets = append(targets, target)
		groups = append(groups, diagnosis.Group{Namespace: "shop", Workload: target.Workload, Root: target.Findings[0], Targets: []string{name + "-0"}, Of: 1})
	}
	found := diagnosed(nil, groups, targets...)
	for verbose, proofs := range map[bool]int{false: 1, true: 3} {
		got := shownDiagnosis(t, found, message.English, report.Terminal{}, verbose)
		if causes := strings.Count(got, "ConfigMap app-config does not exist"); causes != 3 {
			t.Errorf("the cause is told %d times:\n%s", causes, got)
		}
		if strings.Count(got, "CreateContainerConfigError") != proofs {
			t.Errorf("want the proof %d times:\n%s", proofs, got)
		}
		if !verbose {
			golden.Equal(t, "diagnosis/shared.txt", got)
		}
	}
}
