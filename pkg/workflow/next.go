package workflow

import (
	"fmt"
	"slices"
)

// Verb is what a reader wants next.
type Verb string

// The verbs of an answer.
const (
	// Onward goes where the workflow leads. It is what a run without a reader always answers.
	Onward Verb = "onward"
	// Again repeats the step that was told last.
	Again Verb = "again"
	// Jump goes to the step that the answer names.
	Jump Verb = "jump"
	// Take takes the offer that the answer names.
	Take Verb = "take"
	// Quit ends the run.
	Quit Verb = "quit"
)

// Answer is what the reader wants next.
type Answer struct {
	Verb Verb
	// ID is the step of a Jump or the offer of a Take; in a choice of Onward it is the step that comes next.
	ID string
}

// Move is what to do now: run a step, or perform an offer. Both are nil at the end of the run.
type Move struct {
	Step  *Step
	Offer *Offer
}

// IsEnd reports whether the run is over.
func (m Move) IsEnd() bool { return m.Step == nil && m.Offer == nil }

// Next returns what to do after state when the reader gives this answer. It is a pure function: the same run of answers
// and outcomes always takes the same way. An answer that names what is not there is an error.
func (w *Workflow) Next(state State, answer Answer) (Move, error) {
	switch answer.Verb {
	case Onward:
		return Move{Step: w.Step(w.onward(state))}, nil
	case Again, Jump:
		id := answer.ID
		if answer.Verb == Again {
			id = state.At
		}
		if step := w.Step(id); step != nil {
			return Move{Step: step}, nil
		}
		return Move{}, fmt.Errorf("workflow %q has no step %q; its steps are %v", w.Name, id, w.ids())
	case Take:
		if step := w.Step(state.At); step != nil {
			if offer := step.offer(answer.ID); offer != nil && state.Holds(offer.Needs, step.ID) {
				return Move{Offer: offer}, nil
			}
		}
		return Move{}, fmt.Errorf("step %q of workflow %q offers no %q here", state.At, w.Name, answer.ID)
	case Quit:
		return Move{}, nil
	}
	return Move{}, fmt.Errorf("answer %q is none of onward, again, jump, take, quit", answer.Verb)
}

// onward returns the id of the step to which the workflow itself leads, or End.
func (w *Workflow) onward(state State) string {
	if state.At == "" {
		return w.Steps[0].ID
	}
	for _, branch := range w.Step(state.At).Next {
		if state.Holds(branch.When, state.At) {
			return branch.To
		}
	}
	if below := w.Number(state.At); below < len(w.Steps) {
		return w.Steps[below].ID
	}
	return End
}

// GaveUp reports whether the run cannot go on: the step told last failed, and a branch leads from there to the End.
func (w *Workflow) GaveUp(state State) bool {
	step := w.Step(state.At)
	if step == nil || state.Outcomes[step.ID].Status != Failed {
		return false
	}
	for _, branch := range step.Next {
		if state.Holds(branch.When, step.ID) {
			return branch.To == End
		}
	}
	return false
}

// Choices returns the answers that make sense after state, the recommended one first: what is offered here and was not
// taken yet, then onward, then all else.
func (w *Workflow) Choices(state State) []Answer {
	var fresh, taken, jumps []Answer
	for _, offer := range w.Step(state.At).Offers {
		answer := Answer{Verb: Take, ID: offer.ID}
		switch {
		case !state.Holds(offer.Needs, state.At):
		case slices.Contains(state.Taken, offer.ID):
			taken = append(taken, answer)
		default:
			fresh = append(fresh, answer)
		}
	}
	next := w.onward(state)
	for _, step := range w.Steps {
		if step.ID != next && step.ID != state.At {
			jumps = append(jumps, Answer{Verb: Jump, ID: step.ID})
		}
	}
	again := Answer{Verb: Again, ID: state.At}
	if next == End {
		return slices.Concat(fresh, []Answer{{Verb: Quit}}, taken, []Answer{again}, jumps)
	}
	return slices.Concat(fresh, []Answer{{Verb: Onward, ID: next}}, taken, []Answer{again}, jumps, []Answer{{Verb: Quit}})
}

func (w *Workflow) ids() []string {
	ids := make([]string, 0, len(w.Steps))
	for _, step := range w.Steps {
		ids = append(ids, step.ID)
	}
	return ids
}
