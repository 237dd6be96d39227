package access

import "slices"

// Asked is a right at a place: what a server is asked about.
type Asked struct {
	Right
	Place Place
}

// Allowance is what is known of a right.
type Allowance int

// The allowances. The zero value is Unknown: the server could not be asked, or did not say.
const (
	Unknown Allowance = iota
	Allowed
	Refused
)

// Verdict is how well a command works with what its user may do.
type Verdict int

// The verdicts.
const (
	Works Verdict = iota
	Degraded
	Fails
	Undecided
)

// String is the verdict as scripts read it.
func (v Verdict) String() string {
	return [...]string{"works", "degraded", "fails", "unknown"}[v]
}

// Assessment is a command's verdict, and the needs that are not met.
type Assessment struct {
	Command Command
	Verdict Verdict
	Missing []Need
}

// Questions are the rights that commands ask for at their places, each once, sorted.
func Questions(commands []Command) []Asked {
	var all []Asked
	for i := range commands {
		for _, need := range commands[i].Needs {
			all = append(all, Asked{need.Right, need.Place})
		}
	}
	slices.SortFunc(all, func(a, b Asked) int {
		if order := compare(a.Right, b.Right); order != 0 {
			return order
		}
		return int(a.Place - b.Place)
	})
	return slices.Compact(all)
}

// Assess judges a command by what its user may do. A command of which something vital is not known is Undecided; what is
// not known beside that is not held against it.
func Assess(command Command, allowed func(Asked) Allowance) Assessment {
	assessment := Assessment{Command: command}
	either := map[Allowance]int{}
	unknown := false
	for _, need := range command.Needs {
		state := allowed(Asked{need.Right, need.Place})
		if need.Weight == Either {
			either[state]++
		}
		switch state {
		case Refused:
			assessment.Missing = append(assessment.Missing, need)
			assessment.Verdict = max(assessment.Verdict, refused(need.Weight))
		case Unknown:
			unknown = unknown || need.Weight == Vital
		}
	}
	if either[Allowed] == 0 {
		switch {
		case either[Unknown] > 0:
			unknown = true
		case either[Refused] > 0:
			assessment.Verdict = Fails
		}
	}
	if unknown && assessment.Verdict != Fails {
		assessment.Verdict = Undecided
	}
	return assessment
}

// refused is what the refusal of one need makes of a command.
func refused(weight Weight) Verdict {
	if weight == Vital {
		return Fails
	}
	return Degraded
}
