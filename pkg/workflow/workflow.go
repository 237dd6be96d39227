package workflow

// The type of the documents in which workflows are written.
const (
	APIVersion = "podkit.dev/v1alpha1"
	Kind       = "Workflow"
)

// End is the name of the place after the last step, where a Branch may lead to.
const End = "end"

// Workflow is one guided run. All texts are message ids.
type Workflow struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	// Name is how users call it, as in --workflow explore.
	Name string `json:"name"`
	// Title names it in a few words, Summary tells in a sentence or two what the reader gets from it.
	Title   string `json:"title"`
	Summary string `json:"summary"`
	// Steps run in this order unless a branch leads elsewhere.
	Steps []Step `json:"steps"`
	// Closing is what to say when the run is over: all remarks whose condition holds over what is known of the target.
	Closing []Remark `json:"closing,omitempty"`
}

// Step is one thing to do, and what to say about it.
type Step struct {
	// ID names the step within its workflow.
	ID string `json:"id"`
	// Title says in a few words what is done, Purpose in a sentence or two what for.
	Title   string `json:"title"`
	Purpose string `json:"purpose"`
	// Action is what is done, With its parameters; the caller knows what they mean.
	Action string            `json:"action"`
	With   map[string]string `json:"with,omitempty"`
	// Needs must all be met, or the step is skipped and the first unmet one tells why.
	Needs []Need `json:"needs,omitempty"`
	// Means is what the result means: all remarks whose condition holds, in order.
	Means []Remark `json:"means"`
	// Next is where to go from here: the first branch whose condition holds, else the step below.
	Next []Branch `json:"next,omitempty"`
	// Offers are things that the reader may do here besides. Nothing is done without their choosing it.
	Offers []Offer `json:"offers,omitempty"`
}

// Condition is a list of facts that must all be known; one written "!fact" must not be. The empty condition holds.
type Condition []string

// Need is a condition without which a step makes no sense.
type Need struct {
	When Condition `json:"when"`
	// Else is the message that says why the step was skipped.
	Else string `json:"else"`
}

// Remark is a sentence for readers in whose case a condition holds.
type Remark struct {
	When Condition `json:"when,omitempty"`
	Say  string    `json:"say"`
}

// Branch leads to another step, or to the End, when its condition holds.
type Branch struct {
	When Condition `json:"when,omitempty"`
	To   string    `json:"to"`
}

// Offer is an action that only a person can choose, such as a shell.
type Offer struct {
	ID string `json:"id"`
	// Label is what the reader chooses; Hint is said before it starts.
	Label string `json:"label"`
	Hint  string `json:"hint"`
	// Action is what is done.
	Action string `json:"action"`
	// Needs must hold for the offer to be made.
	Needs Condition `json:"needs,omitempty"`
}

// Step returns the step called id, or nil when there is none.
func (w *Workflow) Step(id string) *Step {
	for i := range w.Steps {
		if w.Steps[i].ID == id {
			return &w.Steps[i]
		}
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
