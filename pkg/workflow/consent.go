package workflow

import "slices"

// Consent is what must be agreed to before a step runs.
type Consent string

// The classes, each more than the one before.
const (
	// ReadOnly only looks, from outside: nobody is asked.
	ReadOnly Consent = "read-only"
	// Active reaches into a pod: every program that runs there, whatever its name, and whatever else may have effects.
	Active Consent = "active"
	// Changes changes objects of the cluster: it asks for a typed yes.
	Changes Consent = "changes"
)

// Consents are all classes in their order.
func Consents() []Consent { return []Consent{ReadOnly, Active, Changes} }

// Exceeds reports whether a class is more than another. The empty class is ReadOnly; an unknown one exceeds all.
func (c Consent) Exceeds(other Consent) bool { return c.rank() > other.rank() }

func (c Consent) rank() int {
	if c == "" {
		return 0
	}
	if at := slices.Index(Consents(), c); at >= 0 {
		return at
	}
	return len(Consents())
}

// Class is what a step asks for with these parameters: what the action asks for by itself, or more when the step says so.
func (s *Step) Class(action Action, params map[string]string) Consent {
	class := ReadOnly
	if action.Consent != nil {
		class = action.Consent(params)
	}
	if s.Consent.Exceeds(class) {
		class = s.Consent
	}
	return class
}
