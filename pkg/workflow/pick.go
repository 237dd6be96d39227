package workflow

// Pick returns the workflow to take for what a state knows: of those whose When holds the one with the highest priority,
// the first by name of several; nil when none holds. One without a When is only taken by name.
func Pick(workflows []*Workflow, state State) *Workflow {
	var picked *Workflow
	for _, w := range workflows {
		switch {
		case w.When == "" || !w.Holds(w.When, state, ""):
		case picked == nil, w.Priority > picked.Priority, w.Priority == picked.Priority && w.Name < picked.Name:
			picked = w
		}
	}
	return picked
}
