package gallery

import (
	"fmt"
	"slices"
	"strings"
)

// Check compares what was found with what a case's header says, and returns the
// differences in words; none when the answer is right.
func Check(c *Case, answer Answer) []string {
	differences := never(c, answer)
	if c.Well != "" {
		return append(differences, checkWell(c, answer)...)
	}
	if len(answer.Targets) == 0 {
		return append(differences, "no Pod was diagnosed")
	}
	worst := answer.Targets[0]
	if !slices.Contains(c.Verdicts, worst.Verdict) {
		differences = append(differences, fmt.Sprintf("verdict %s, want %s", worst.Verdict, strings.Join(c.Verdicts, " or ")))
	}
	if answer.Root() != c.Want() {
		return append(differences, fmt.Sprintf("root cause %s, want %s%s", answer.Root(), c.Want(), sentence(worst.RootCause)))
	}
	for _, id := range c.Also {
		if !worst.has(id) {
			differences = append(differences, fmt.Sprintf("no finding %s beside the root cause", id))
		}
	}
	if root := worst.root(); root != nil {
		differences = append(differences, checkRoot(c, *root)...)
	}
	return append(differences, checkGroup(c, answer)...)
}

// Alarms are the warnings and errors about a case that is well.
func Alarms(c *Case, answer Answer) []string {
	var alarms []string
	for _, target := range answer.Targets {
		for _, finding := range target.Findings {
			if c.Well != "" && (finding.Severity == "warning" || finding.Severity == "error") {
				alarms = append(alarms, fmt.Sprintf("false alarm %s%s", finding.ID, sentence(&finding)))
			}
		}
	}
	return alarms
}

func checkWell(c *Case, answer Answer) []string {
	differences := Alarms(c, answer)
	if noPods := len(answer.Targets) == 0; noPods != slices.Contains(c.Shows, None) {
		return append(differences, fmt.Sprintf("%d Pods were diagnosed", len(answer.Targets)))
	}
	for _, target := range answer.Targets {
		if !slices.Contains(c.Verdicts, target.Verdict) {
			differences = append(differences, fmt.Sprintf("verdict %s, want %s", target.Verdict, strings.Join(c.Verdicts, " or ")))
		}
	}
	return differences
}

func checkRoot(c *Case, root Finding) []string {
	var differences []string
	if object := root.Object.Kind + "/" + root.Object.Name; c.Object != "" && object != c.Object {
		differences = append(differences, fmt.Sprintf("the root cause is about %s, want %s", object, c.Object))
	}
	for _, words := range c.Says {
		if !strings.Contains(root.words(), words) {
			differences = append(differences, fmt.Sprintf("the root cause does not say %q%s", words, sentence(&root)))
		}
	}
	return differences
}

func checkGroup(c *Case, answer Answer) []string {
	if c.Group == 0 {
		return nil
	}
	for _, group := range answer.Groups {
		if group.RootCause.ID == c.Want() && len(group.Targets) == c.Group {
			return nil
		}
	}
	return []string{fmt.Sprintf("no group of %d Pods with %s", c.Group, c.Want())}
}

// never finds what must not be said. An id that is the case's own, or words, are
// looked for in all that the findings say.
func never(c *Case, answer Answer) []string {
	var differences []string
	for _, target := range answer.Targets {
		for _, finding := range target.Findings {
			for _, words := range c.Never {
				if strings.Contains(finding.words(), words) {
					differences = append(differences, fmt.Sprintf("finding %s says %q, which it must not", finding.ID, words))
				}
			}
		}
	}
	return differences
}

// sentence is what a finding says, for a message about it.
func sentence(finding *Finding) string {
	if finding == nil {
		return ""
	}
	return ": " + finding.Summary
}
