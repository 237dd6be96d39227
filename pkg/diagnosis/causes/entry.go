package causes

import (
	"slices"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// Other is the family of what no family's rule finds: diagnosis.Unexplained.
const Other = "other"

// Entry is a cause and its place among the others.
type Entry struct {
	diagnosis.Cause
	// Family is the name of the family whose rule finds it.
	Family string
	// ExplainedBy are the ids of the causes whose symptom it can be, in the order of the list.
	ExplainedBy []string
}

// Entries lists every cause of some families, in the order of the rules, and diagnosis.Unexplained as the last. With
// Families() it is all that podkit can find.
func Entries(families []Family) []Entry {
	var entries []Entry
	var rules []diagnosis.Rule
	for _, family := range families {
		rules = append(rules, family.Rules...)
		for _, rule := range family.Rules {
			for _, cause := range rule.Causes {
				entries = append(entries, Entry{Cause: cause, Family: family.Name})
			}
		}
	}
	all := diagnosis.Causes(rules)
	entries = append(entries, Entry{Cause: all[len(all)-1], Family: Other})
	for i := range entries {
		for _, cause := range all {
			if slices.Contains(cause.Explains, entries[i].ID) {
				entries[i].ExplainedBy = append(entries[i].ExplainedBy, cause.ID)
			}
		}
	}
	return entries
}
