package diagnosis

import (
	"slices"
)

// Rule looks at one case and says what it finds. Check is pure: it is run again whenever more is known, and the findings
// of its last run count. It must cope with answers of every state: NotYet (say what is known without it), Absent, and
// Denied or Failed, which prove nothing. What was denied need not be told by the rule; the engine does.
type Rule struct {
	// Name says in a word what the rule looks at.
	Name string
	// Causes are all findings that it may yield, the more telling ones first: that order decides between findings that
	// are otherwise equally bad and equally sure.
	Causes []Cause
	Check  func(*Case) []Finding
}

// Cause is what is said of every finding of an id.
type Cause struct {
	// ID never changes its meaning; it is the finding's id in every output.
	ID       string
	Severity Severity
	// Explains lists the findings of the same pod, and of the same container where both name one, that are symptoms when
	// this one is there.
	Explains []string
}

// Unexplained is the finding for a bad state that no rule accounts for.
const Unexplained = "unexplained"

// Causes lists the causes of rules in their order, and Unexplained.
func Causes(rules []Rule) []Cause {
	var causes []Cause
	for _, rule := range rules {
		causes = append(causes, rule.Causes...)
	}
	return append(causes, Cause{ID: Unexplained, Severity: Error})
}

// knowledge is what the rules say of their causes, by id.
type knowledge struct {
	causes map[string]Cause
	order  map[string]int
	// explained are the ids that any cause explains.
	explained map[string]bool
}

func know(rules []Rule) knowledge {
	k := knowledge{map[string]Cause{}, map[string]int{}, map[string]bool{}}
	for i, cause := range Causes(rules) {
		k.causes[cause.ID], k.order[cause.ID] = cause, i
		for _, symptom := range cause.Explains {
			k.explained[symptom] = true
		}
	}
	return k
}

// explains reports whether one finding is the cause of another of the same pod.
func (k knowledge) explains(cause, symptom *Finding) bool {
	if !slices.Contains(k.causes[cause.ID].Explains, symptom.ID) {
		return false
	}
	return cause.Container == symptom.Container || cause.Container == "" || symptom.Container == ""
}
