package workflow

import (
	"maps"
	"slices"
	"strings"
)

// Status is how a step ended.
type Status string

// The ways in which a step ends. Each is also a fact about the step, for the conditions of its remarks and branches.
const (
	Done    Status = "done"
	Failed  Status = "failed"
	Skipped Status = "skipped"
)

// Outcome is what became of a step.
type Outcome struct {
	Status Status
	// Facts are what the action found, in its own vocabulary.
	Facts []string
}

// State is where a run stands. It is a value: its methods return a new one and leave the old one as it was.
type State struct {
	// At is the id of the step that was told last; empty before the first.
	At string
	// About are the facts about the target as it was seen last.
	About []string
	// Outcomes holds how each step ended that was reached, by its id.
	Outcomes map[string]Outcome
	// Taken are the ids of the offers that the reader has taken.
	Taken []string
}

// Reached returns the state after a step ended so, with what is now known about the target.
func (s State) Reached(step string, outcome Outcome, about []string) State {
	outcomes := make(map[string]Outcome, len(s.Outcomes)+1)
	maps.Copy(outcomes, s.Outcomes)
	outcomes[step] = outcome
	return State{At: step, About: slices.Clone(about), Outcomes: outcomes, Taken: s.Taken}
}

// Took returns the state after the reader took an offer.
func (s State) Took(offer string) State {
	if !slices.Contains(s.Taken, offer) {
		s.Taken = append(slices.Clone(s.Taken), offer)
	}
	return s
}

// Holds reports whether a condition holds at a step: over what is known of the target, how the step ended if it was
// reached, and what its action found.
func (s State) Holds(condition Condition, step string) bool {
	outcome := s.Outcomes[step]
	for _, fact := range condition {
		name, negated := strings.CutPrefix(fact, "!")
		known := name == string(outcome.Status) || slices.Contains(outcome.Facts, name) || slices.Contains(s.About, name)
		if known == negated {
			return false
		}
	}
	return true
}

// Unmet returns the message that says why a step makes no sense here, or "" when it does.
func (s State) Unmet(step *Step) string {
	for _, need := range step.Needs {
		if !s.Holds(need.When, step.ID) {
			return need.Else
		}
	}
	return ""
}

// Meaning returns the messages that tell what a step's result means.
func (s State) Meaning(step *Step) []string { return s.said(step.Means, step.ID) }

// Closing returns the messages that end a run.
func (s State) Closing(w *Workflow) []string { return s.said(w.Closing, "") }

// said returns the messages of the remarks whose condition holds at a step.
func (s State) said(remarks []Remark, step string) []string {
	var said []string
	for _, remark := range remarks {
		if s.Holds(remark.When, step) {
			said = append(said, remark.Say)
		}
	}
	return said
}
