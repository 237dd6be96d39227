package workflow

import (
	"maps"
	"slices"
)

// Status is how a step ended.
type Status string

// The ways in which a step ends. Each is also a fact about the step, for the conditions of its remarks and branches.
const (
	Done    Status = "done"
	Failed  Status = "failed"
	Skipped Status = "skipped"
	// Withheld is a step that made sense and was not run, since nobody agreed to it: what it would have found is not known.
	Withheld Status = "withheld"
)

// Outcome is what became of a step.
type Outcome struct {
	Status Status `json:"status,omitempty"`
	// Facts are what the action found, in its own vocabulary.
	Facts []string `json:"facts,omitempty"`
	// Times is how often the step was reached.
	Times int `json:"times,omitempty"`
}

// State is where a run stands. It is a value: its methods return a new one and leave the old one as it was. It holds all
// that Next decides by, and can be written down as JSON and taken up again.
type State struct {
	// At is the id of the step that was told last; empty before the first.
	At string `json:"at,omitempty"`
	// Way are the steps that lead here, At the last, none twice: going back to one forgets those after it.
	Way []string `json:"way,omitempty"`
	// Case is what the diagnosis says, About are the facts about the target as it was seen last.
	Case  Case     `json:"case"`
	About []string `json:"about,omitempty"`
	// Outcomes holds how each step ended that was reached, by its id.
	Outcomes map[string]Outcome `json:"outcomes,omitempty"`
	// Answers are the reader's, by the id of the step that asked.
	Answers map[string]string `json:"answers,omitempty"`
	// Taken are the ids of the offers that the reader has taken.
	Taken []string `json:"taken,omitempty"`
}

// Reached returns the state after a step ended so, with what is now known about the target.
func (s State) Reached(step string, outcome Outcome, about []string) State {
	outcome.Times = s.Outcomes[step].Times + 1
	s.Outcomes = with(s.Outcomes, step, outcome)
	if at := slices.Index(s.Way, step); at >= 0 {
		s.Way = s.Way[:at]
	}
	s.Way = append(slices.Clone(s.Way), step)
	s.At, s.About = step, slices.Clone(about)
	return s
}

// Seeing returns the state with what is known before a step runs: how it ended before is forgotten.
func (s State) Seeing(step string, about []string) State {
	s.Outcomes = with(s.Outcomes, step, Outcome{Times: s.Outcomes[step].Times})
	s.About = slices.Clone(about)
	return s
}

// Answered returns the state after the reader answered an ask step.
func (s State) Answered(step, answer string) State {
	s.Answers = with(s.Answers, step, answer)
	return s
}

// Diagnosed returns the state with another diagnosis.
func (s State) Diagnosed(found Case) State {
	s.Case = found
	return s
}

// Took returns the state after the reader took an offer.
func (s State) Took(offer string) State {
	if !slices.Contains(s.Taken, offer) {
		s.Taken = append(slices.Clone(s.Taken), offer)
	}
	return s
}

// before is the step that lead to the one told last, or "".
func (s State) before() string {
	if len(s.Way) < 2 {
		return ""
	}
	return s.Way[len(s.Way)-2]
}

// with returns a copy of a map with one more entry.
func with[V any](old map[string]V, key string, value V) map[string]V {
	fresh := make(map[string]V, len(old)+1)
	maps.Copy(fresh, old)
	fresh[key] = value
	return fresh
}

// Unmet returns the text that says why a step makes no sense here, or nil when it does.
func (w *Workflow) Unmet(state State, step *Step) *Text {
	for i := range step.Needs {
		if !w.Holds(step.Needs[i].When, state, step.ID) {
			return &step.Needs[i].Else
		}
	}
	return nil
}

// Meaning returns the texts that tell what a step's result means.
func (w *Workflow) Meaning(state State, step *Step) []Text { return w.said(step.Means, state, step.ID) }

// Ending returns the texts that end a run.
func (w *Workflow) Ending(state State) []Text { return w.said(w.Closing, state, "") }

// said returns the texts of the remarks whose condition holds at a step.
func (w *Workflow) said(remarks []Remark, state State, step string) []Text {
	var said []Text
	for _, remark := range remarks {
		if w.Holds(remark.When, state, step) {
			said = append(said, remark.Say)
		}
	}
	return said
}
