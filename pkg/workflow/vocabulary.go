package workflow

import "slices"

// Vocabulary is what a workflow may speak of: it belongs to whoever performs the actions.
type Vocabulary struct {
	// Actions are what steps can do, by name; Offers are the names of what only a person can start.
	Actions map[string]Action
	Offers  []string
	// About are the facts that can be known about a target.
	About []string
	// Args are the arguments that every text gets, besides Answers, Verdict and Root.
	Args []string
	// Values are the words that a name in a condition can be compared with: family, id, verdict, ...
	Values map[string][]string
}

// Action is what a workflow may know of an action.
type Action struct {
	// Params are the parameters it takes.
	Params []string
	// Facts are what it can find.
	Facts []string
	// Args are what it adds to the arguments of its step's texts.
	Args []string
	// Consent says what it asks for with these parameters; nil is ReadOnly.
	Consent func(params map[string]string) Consent
}

// statuses are the facts about how a step ended.
func statuses() []string {
	return []string{string(Done), string(Failed), string(Skipped), string(Withheld)}
}

// action returns an action of the table, or ask.
func (v Vocabulary) action(name string) (Action, bool) {
	if name == Ask {
		return Action{}, true
	}
	action, known := v.Actions[name]
	return action, known
}

// actions are the names of all actions, sorted.
func (v Vocabulary) actions() []string {
	names := []string{Ask}
	for name := range v.Actions {
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
