package concept

import (
	"slices"
	"strings"
)

// Concept is a topic and its place among the others.
type Concept struct {
	// ID is the topic as it is typed: "init-container".
	ID string
	// Aliases are other names for it, kubectl's short ones among them.
	Aliases []string
	// Related are the ids of the topics to read next, the nearest first.
	Related []string
	// Findings are the ids of the causes that have to do with it.
	Findings []string
	// Actions are the actions of workflows whose output shows it.
	Actions []string
}

// Find returns the topic of a name: an id or an alias, whatever its case.
func Find(name string) (Concept, bool) {
	name = strings.ToLower(name)
	for _, c := range List() {
		if c.ID == name || slices.Contains(c.Aliases, name) {
			return c, true
		}
	}
	return Concept{}, false
}

// Names are all names under which a topic can be found, each id before its aliases.
func Names() []string {
	var names []string
	for _, c := range List() {
		names = append(append(names, c.ID), c.Aliases...)
	}
	return names
}

// Of returns the ids of the topics that a step brings up: those of its action, then those of the causes that were found,
// the gravest first as they are given. Each comes once.
func Of(action string, findings ...string) []string {
	var ids []string
	add := func(c Concept, there bool) {
		if there && !slices.Contains(ids, c.ID) {
			ids = append(ids, c.ID)
		}
	}
	for _, c := range List() {
		add(c, slices.Contains(c.Actions, action))
	}
	for _, finding := range findings {
		for _, c := range List() {
			add(c, slices.Contains(c.Findings, finding))
		}
	}
	return ids
}
