package workflow

import (
	"text/template"

	"github.com/google/cel-go/cel"
)

// The type of the documents in which workflows are written.
const (
	APIVersion = "podkit.dev/v1alpha1"
	Kind       = "Workflow"
)

// End is the name of the place after the last step, where a Branch may lead to.
const End = "end"

// Ask is the action that asks the reader; whoever runs the workflow does that, no table of actions has it.
const Ask = "ask"

// Workflow is one guided run.
type Workflow struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	// Name is how users call it, as in --workflow explore.
	Name string `json:"name"`
	// Title names it in a few words.
	Title Text `json:"title"`
	// Summary tells in a sentence or two what the reader gets from it.
	Summary Text `json:"summary"`
	// When says for which diagnoses it is taken without being named; absent, it is only taken by name.
	When Condition `json:"when,omitempty"`
	// Fits is said when it was taken so: why this one.
	Fits *Text `json:"fits,omitempty"`
	// Priority decides between several whose When holds: the highest is taken.
	Priority int `json:"priority,omitempty"`
	// Steps run in this order unless a branch leads elsewhere.
	Steps []Step `json:"steps"`
	// Closing is what to say when the run is over: all remarks whose condition holds.
	Closing []Remark `json:"closing,omitempty"`

	source     []byte
	conditions map[Condition]cel.Program
	// texts and params are compiled apart: what is a word of a command in the one is a value in the other.
	texts, params map[string]*template.Template
}

// Step is one thing to do, and what to say about it.
type Step struct {
	// ID names the step within its workflow.
	ID string `json:"id"`
	// Title says in a few words what is done.
	Title Text `json:"title"`
	// Purpose says in a sentence or two what it is done for.
	Purpose Text `json:"purpose"`
	// Action is what is done: a name of the table of actions, or ask.
	Action string `json:"action"`
	// With are the action's parameters; each is a template over what texts can say.
	With map[string]string `json:"with,omitempty"`
	// Ask is what an ask step asks.
	Ask *Query `json:"ask,omitempty"`
	// Consent raises what the action itself asks for: read-only, active or changes. It never lowers it.
	Consent Consent `json:"consent,omitempty"`
	// Needs must all be met, or the step is skipped and the first unmet one tells why.
	Needs []Need `json:"needs,omitempty"`
	// Means is what the result means: all remarks whose condition holds, in order.
	Means []Remark `json:"means,omitempty"`
	// Next is where to go from here: the first branch whose condition holds, else the step below.
	Next []Branch `json:"next,omitempty"`
	// Offers are things that the reader may do here besides. Nothing is done without their choosing it.
	Offers []Offer `json:"offers,omitempty"`
}

// Query is a question to the reader. Without a reader the default is taken.
type Query struct {
	// Options are the answers to choose from; none means free text.
	Options []Option `json:"options,omitempty"`
	// Default is taken when nobody answers; with options it is one of their values.
	Default string `json:"default,omitempty"`
}

// Option is one answer to choose.
type Option struct {
	// Value is what conditions and texts see as answers.ID.
	Value string `json:"value"`
	// Label is what the reader chooses.
	Label Text `json:"label"`
}

// Need is a condition without which a step makes no sense.
type Need struct {
	When Condition `json:"when"`
	// Else says why the step was skipped.
	Else Text `json:"else"`
}

// Remark is a sentence for readers in whose case a condition holds.
type Remark struct {
	When Condition `json:"when,omitempty"`
	Say  Text      `json:"say"`
}

// Branch leads to another step, or to the End, when its condition holds.
type Branch struct {
	When Condition `json:"when,omitempty"`
	To   string    `json:"to"`
}

// Offer is an action that only a person can choose, such as a shell.
type Offer struct {
	ID string `json:"id"`
	// Label is what the reader chooses.
	Label Text `json:"label"`
	// Hint is said before it starts.
	Hint Text `json:"hint"`
	// Action is what is done.
	Action string `json:"action"`
	// Needs must hold for the offer to be made.
	Needs Condition `json:"needs,omitempty"`
}

// Source is the document as it was written.
func (w *Workflow) Source() []byte { return w.source }

// Step returns the step called id, or nil when there is none.
func (w *Workflow) Step(id string) *Step {
	if number := w.Number(id); number > 0 {
		return &w.Steps[number-1]
	}
	return nil
}

// Number returns the place of a step in the workflow, counted from 1; 0 when there is none called id.
func (w *Workflow) Number(id string) int {
	for i := range w.Steps {
		if w.Steps[i].ID == id {
			return i + 1
		}
	}
	return 0
}

// offer returns the step's offer called id, or nil when it makes no such offer.
func (s *Step) offer(id string) *Offer {
	for i := range s.Offers {
		if s.Offers[i].ID == id {
			return &s.Offers[i]
		}
	}
	return nil
}
