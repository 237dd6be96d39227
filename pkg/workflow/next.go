package workflow

import (
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Verb is what a reader wants next.
type Verb string

// The verbs of an answer.
const (
	// Onward goes where the workflow leads. It is what a run without a reader always answers.
	Onward Verb = "onward"
	// Skip passes over the step to which the workflow leads.
	Skip Verb = "skip"
	// Again repeats the step that was told last.
	Again Verb = "again"
	// Back goes to the step before it.
	Back Verb = "back"
	// Jump goes to the step that the answer names.
	Jump Verb = "jump"
	// Take takes the offer that the answer names.
	Take Verb = "take"
	// Quit ends the run.
	Quit Verb = "quit"
)

// circles is how often the workflow itself leads to one step, so that a run without a reader comes to its end.
const circles = 20

// Answer is what the reader wants next.
type Answer struct {
	Verb Verb
	// ID is the step of a Jump or the offer of a Take; in a choice of another verb it is the step that is meant.
	ID string
}

// Move is what to do now: run a step, pass over it when Skip is set, or perform an offer. Both are nil at the end of the
// run.
type Move struct {
	Step  *Step
	Skip  bool
	Offer *Offer
}

// IsEnd reports whether the run is over.
func (m Move) IsEnd() bool { return m.Step == nil && m.Offer == nil }

// Next returns what to do after state when the reader gives this answer. It is a pure function: the same run of answers
// and outcomes always takes the same way. An answer that names what is not there is an error.
func (w *Workflow) Next(state State, answer Answer) (Move, error) {
	if state.At != "" && w.Step(state.At) == nil {
		return Move{}, w.noStep(state.At)
	}
	id := answer.ID
	switch answer.Verb {
	case Onward, Skip:
		return Move{Step: w.Step(w.onward(state)), Skip: answer.Verb == Skip}, nil
	case Quit:
		return Move{}, nil
	case Take:
		if step := w.Step(state.At); step != nil {
			if offer := step.offer(id); offer != nil && w.Holds(offer.Needs, state, step.ID) {
				return Move{Offer: offer}, nil
			}
		}
		return Move{}, message.Errorf(nil, "workflow.no-offer", message.Args{"Workflow": w.Name, "Step": state.At, "Offer": id})
	case Again:
		id = state.At
	case Back:
		id = state.before()
	case Jump:
	default:
		return Move{}, message.Errorf(nil, "workflow.no-move", message.Args{"Move": string(answer.Verb)})
	}
	step := w.Step(id)
	if step == nil {
		return Move{}, w.noStep(id)
	}
	return Move{Step: step}, nil
}

func (w *Workflow) noStep(id string) error {
	return message.Errorf(nil, "workflow.no-step", message.Args{"Workflow": w.Name, "Step": id, "Steps": strings.Join(w.ids(), ", ")})
}

// onward returns the id of the step to which the workflow itself leads, or End.
func (w *Workflow) onward(state State) string {
	next := w.leads(state)
	if state.Outcomes[next].Times >= circles {
		return End
	}
	return next
}

func (w *Workflow) leads(state State) string {
	if state.At == "" {
		return w.Steps[0].ID
	}
	for _, branch := range w.Step(state.At).Next {
		if w.Holds(branch.When, state, state.At) {
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
		if w.Holds(branch.When, state, step.ID) {
			return branch.To == End
		}
	}
	return false
}

// Choices returns the answers that make sense after state, the recommended one first: onward, then what is offered
// here and was not taken yet, then all else. An offer reaches into a Pod, so that Enter alone never takes one.
func (w *Workflow) Choices(state State) []Answer {
	var fresh, taken, rest []Answer
	for _, offer := range w.Step(state.At).Offers {
		answer := Answer{Verb: Take, ID: offer.ID}
		switch {
		case !w.Holds(offer.Needs, state, state.At):
		case slices.Contains(state.Taken, offer.ID):
			taken = append(taken, answer)
		default:
			fresh = append(fresh, answer)
		}
	}
	next := w.onward(state)
	rest = append(rest, Answer{Verb: Again, ID: state.At})
	if next != End {
		rest = append(rest, Answer{Verb: Skip, ID: next})
	}
	if before := state.before(); before != "" {
		rest = append(rest, Answer{Verb: Back, ID: before})
	}
	for _, step := range w.Steps {
		if step.ID != next && step.ID != state.At && step.ID != state.before() {
			rest = append(rest, Answer{Verb: Jump, ID: step.ID})
		}
	}
	if next == End {
		return slices.Concat([]Answer{{Verb: Quit}}, fresh, taken, rest)
	}
	return slices.Concat([]Answer{{Verb: Onward, ID: next}}, fresh, taken, rest, []Answer{{Verb: Quit}})
}

func (w *Workflow) ids() []string {
	ids := make([]string, 0, len(w.Steps))
	for _, step := range w.Steps {
		ids = append(ids, step.ID)
	}
	return ids
}
