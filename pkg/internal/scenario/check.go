package scenario

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// CheckFinding checks what holds of every finding, whatever it is about.
func CheckFinding(t *testing.T, rules []diagnosis.Rule, finding diagnosis.Finding) {
	t.Helper()
	if !slices.ContainsFunc(diagnosis.Causes(rules), func(c diagnosis.Cause) bool { return c.ID == finding.ID }) {
		t.Errorf("%s is a cause of no rule", finding.ID)
	}
	if finding.Confidence == 0 || len(finding.Evidence) == 0 {
		t.Errorf("%s has no confidence or no evidence", finding.ID)
	}
	if len(finding.Remedies) == 0 && finding.ID != diagnosis.Unexplained {
		t.Errorf("%s has no remedy", finding.ID)
	}
	for _, remedy := range finding.Remedies {
		if remedy.Effect == "" || !remedy.Command.IsZero() && remedy.Command.Program() != "kubectl" {
			t.Errorf("%s: the remedy %s has no effect, or its command is not kubectl's: %s", finding.ID, remedy.ID, remedy.Command)
		}
		if _, refusal := remedy.Command.Line(); refusal == shellword.Unfinished {
			t.Errorf("%s: the remedy %s lacks a value, or has a placeholder before other words: %s", finding.ID, remedy.ID, remedy.Command)
		}
	}
	for _, language := range []message.Language{message.English, message.Chinese} {
		for _, text := range texts(t, language, finding) {
			if strings.Contains(text, "<no value>") || strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
				t.Errorf("%s in %s: %q lacks an argument or has no message", finding.ID, language, text)
			}
		}
	}
}

// likePlaceholder is what a reader takes for podkit's own placeholder; no scenario holds the like of it.
var likePlaceholder = regexp.MustCompile(`<[a-z][a-z.-]*>`)

// checkPlaceholders checks that no remedy is a line that a shell runs, though it has a placeholder.
func checkPlaceholders(t *testing.T, finding diagnosis.Finding) {
	t.Helper()
	for _, remedy := range finding.Remedies {
		if line, _ := remedy.Command.Line(); likePlaceholder.MatchString(line) && !strings.HasSuffix(line, ">") {
			t.Errorf("%s: a shell runs the remedy %s, although it has what looks like a placeholder: %s", finding.ID, remedy.ID, line)
		}
	}
}

// texts are all words that podkit says of a finding.
func texts(t *testing.T, language message.Language, finding diagnosis.Finding) []string {
	t.Helper()
	catalog := catalogue(t, language)
	all := []string{catalog.Text("finding."+finding.ID+".title", nil), catalog.Text(finding.Summary(), finding.Args)}
	for _, evidence := range finding.Evidence {
		if evidence.Says != "" {
			all = append(all, catalog.Text(evidence.Says, evidence.Args))
		}
	}
	for _, remedy := range finding.Remedies {
		all = append(all, catalog.Text(remedy.ID, remedy.Args))
	}
	return all
}

func catalogue(t *testing.T, language message.Language) *message.Catalog {
	t.Helper()
	catalog, err := message.NewCatalog(language)
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}

// Print writes a diagnosis in English, every line of which a test can pin down.
func Print(t *testing.T, found *diagnosis.Diagnosis) string {
	t.Helper()
	english := catalogue(t, message.English)
	var out strings.Builder
	for _, target := range found.Targets {
		fmt.Fprintf(&out, "%s %s (%s)\n", target.Pod.Name, target.Verdict, target.Workload)
		for _, finding := range target.Findings {
			printFinding(&out, english, finding)
		}
	}
	for _, unknown := range found.Unknowns {
		fmt.Fprintf(&out, "unknown: %s %s/%s %s\n", unknown.State, unknown.Kind, unknown.Name, unknown.Container)
	}
	return out.String()
}

func printFinding(out *strings.Builder, english *message.Catalog, finding diagnosis.Finding) {
	fmt.Fprintf(out, "  %s %s %s %s\n", finding.ID, finding.Severity, finding.Confidence, finding.Container)
	fmt.Fprintf(out, "    %s\n", english.Text(finding.Summary(), finding.Args))
	for _, cause := range finding.Because {
		fmt.Fprintf(out, "    because %s\n", strings.TrimSpace(cause.ID+" "+cause.Container+" "+cause.Object))
	}
	for _, evidence := range finding.Evidence {
		says := ""
		if evidence.Says != "" {
			says = english.Text(evidence.Says, evidence.Args)
		}
		where := strings.TrimSpace(evidence.Object.Kind + " " + evidence.Object.Name + " " + evidence.Container + " " + evidence.Field + " " + evidence.Reason)
		value := strings.ReplaceAll(evidence.Value, "\n", "\n      | ")
		fmt.Fprintf(out, "    %s\n", strings.Join(strings.Fields(fmt.Sprintf("%s %s: %s", evidence.Source, where, says)), " ")+quoted(value))
	}
	for _, remedy := range finding.Remedies {
		fmt.Fprintf(out, "    > %s\n", english.Text(remedy.ID, remedy.Args))
		if !remedy.Command.IsZero() {
			words := strings.Join(remedy.Command.Words(), " ")
			if _, refusal := remedy.Command.Line(); refusal != "" {
				words = string(refusal)
			}
			fmt.Fprintf(out, "      %s  [%s]\n", words, remedy.Effect)
		}
	}
}

func quoted(value string) string {
	if value == "" {
		return ""
	}
	return " " + value
}
