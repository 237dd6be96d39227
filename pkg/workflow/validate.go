package workflow

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Vocabulary is what a workflow may speak of: it belongs to whoever performs the actions.
type Vocabulary struct {
	// Actions are what steps can do, by name; Offers are the names of what only a person can start.
	Actions map[string]Action
	Offers  []string
	// About are the facts that can be known about a target.
	About []string
	// Message returns an error when there is no such message, or when it asks for arguments that nobody gives.
	Message func(id string) error
}

// Action is what a workflow may know of an action.
type Action struct {
	// Params are the parameters it takes.
	Params []string
	// Facts are what it can find.
	Facts []string
}

var slug = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// Validate returns everything that is wrong with a workflow, joined; nil when it can be run.
func (w *Workflow) Validate(words Vocabulary) error {
	v := validation{workflow: w, words: words}
	v.message("title", w.Title)
	v.message("summary", w.Summary)
	if !slug.MatchString(w.Name) {
		v.fail("name %q is not lower-case-with-hyphens", w.Name)
	}
	for _, remark := range w.Closing {
		v.condition("closing", remark.When, nil)
		v.message("closing", remark.Say)
	}
	seen := map[string]bool{End: true}
	for i := range w.Steps {
		step := &w.Steps[i]
		if !slug.MatchString(step.ID) || seen[step.ID] {
			v.fail("step id %q is taken, or not lower-case-with-hyphens", step.ID)
		}
		seen[step.ID] = true
		v.step(step)
	}
	v.reachable()
	return errors.Join(v.problems...)
}

// validation collects the problems of one workflow.
type validation struct {
	workflow *Workflow
	words    Vocabulary
	problems []error
}

func (v *validation) fail(format string, args ...any) {
	v.problems = append(v.problems, fmt.Errorf("workflow %q: "+format, append([]any{v.workflow.Name}, args...)...))
}

func (v *validation) message(where, id string) {
	if err := v.words.Message(id); err != nil {
		v.fail("%s: %w", where, err)
	}
}

func (v *validation) step(step *Step) {
	where := "step " + step.ID
	v.message(where+" title", step.Title)
	v.message(where+" purpose", step.Purpose)
	action, known := v.words.Actions[step.Action]
	if !known {
		v.fail("%s: no action %q; there are %v", where, step.Action, slices.Sorted(maps.Keys(v.words.Actions)))
	}
	for _, param := range slices.Sorted(maps.Keys(step.With)) {
		if !slices.Contains(action.Params, param) {
			v.fail("%s: action %s takes no %q; it takes %v", where, step.Action, param, action.Params)
		}
	}
	for _, need := range step.Needs {
		v.condition(where+" needs", need.When, nil)
		v.message(where+" needs", need.Else)
	}
	if len(step.Means) == 0 {
		v.fail("%s: nothing says what its result means", where)
	}
	for _, remark := range step.Means {
		v.condition(where+" means", remark.When, action.Facts)
		v.message(where+" means", remark.Say)
	}
	for _, branch := range step.Next {
		v.condition(where+" next", branch.When, action.Facts)
		if branch.To != End && v.workflow.Step(branch.To) == nil {
			v.fail("%s next: there is no step %q", where, branch.To)
		}
	}
	v.offers(where, step, action.Facts)
}

func (v *validation) offers(where string, step *Step, facts []string) {
	for _, offer := range step.Offers {
		v.message(where+" offer label", offer.Label)
		v.message(where+" offer hint", offer.Hint)
		v.condition(where+" offer", offer.Needs, facts)
		if !slices.Contains(v.words.Offers, offer.Action) {
			v.fail("%s offers %q; what can be offered is %v", where, offer.Action, v.words.Offers)
		}
	}
}

// condition checks that every fact is one that can be known where it is asked for.
func (v *validation) condition(where string, condition Condition, own []string) {
	statuses := []string{string(Done), string(Failed), string(Skipped)}
	for _, fact := range condition {
		name := strings.TrimPrefix(fact, "!")
		if !slices.Contains(v.words.About, name) && !slices.Contains(own, name) && !slices.Contains(statuses, name) {
			v.fail("%s: nobody can know %q", where, name)
		}
	}
}

// reachable checks that the workflow leads to each of its steps without a jump.
func (v *validation) reachable() {
	reached := map[string]bool{}
	todo := []string{v.workflow.Steps[0].ID}
	for len(todo) > 0 {
		id := todo[0]
		todo = todo[1:]
		step := v.workflow.Step(id)
		if step == nil || reached[id] {
			continue
		}
		reached[id] = true
		todo = append(todo, v.workflow.exits(step)...)
	}
	for _, step := range v.workflow.Steps {
		if !reached[step.ID] {
			v.fail("no way leads to step %q", step.ID)
		}
	}
}

// exits returns where a step can lead: its branches up to one that always holds, else the step below as well.
func (w *Workflow) exits(step *Step) []string {
	var to []string
	for _, branch := range step.Next {
		to = append(to, branch.To)
		if len(branch.When) == 0 {
			return to
		}
	}
	if below := w.Number(step.ID); below < len(w.Steps) {
		to = append(to, w.Steps[below].ID)
	}
	return to
}
