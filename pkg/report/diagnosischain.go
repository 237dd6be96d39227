package report

import (
	"slices"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// chainsFrom returns the ways from a root cause to what it leads to, the longest first, so that every symptom of it is
// in one of them. A cause without symptoms has no chain.
func chainsFrom(findings []diagnosis.Finding, root diagnosis.Key) [][]diagnosis.Finding {
	var chains [][]diagnosis.Finding
	for {
		var longest []diagnosis.Finding
		for i := range findings {
			if findings[i].Key() == root || inChains(chains, findings[i].Key()) {
				continue
			}
			if way := wayTo(findings, root, &findings[i], nil); len(way) > len(longest) {
				longest = way
			}
		}
		if longest == nil {
			return chains
		}
		chains = append(chains, longest)
	}
}

// wayTo returns the longest way from a root cause to one of its symptoms, both included, or nil when there is none. It
// does not go where it has been, should findings explain each other in a circle.
func wayTo(findings []diagnosis.Finding, root diagnosis.Key, symptom *diagnosis.Finding, been []diagnosis.Key) []diagnosis.Finding {
	if symptom.Key() == root {
		return []diagnosis.Finding{*symptom}
	}
	been = append(been, symptom.Key())
	var longest []diagnosis.Finding
	for i := range findings {
		key := findings[i].Key()
		if !slices.Contains(symptom.Because, key) || slices.Contains(been, key) {
			continue
		}
		if way := wayTo(findings, root, &findings[i], slices.Clone(been)); len(way) > len(longest) {
			longest = way
		}
	}
	if longest == nil {
		return nil
	}
	return append(longest, *symptom)
}

func inChains(chains [][]diagnosis.Finding, key diagnosis.Key) bool {
	return slices.ContainsFunc(chains, func(chain []diagnosis.Finding) bool {
		return slices.ContainsFunc(chain, func(f diagnosis.Finding) bool { return f.Key() == key })
	})
}

// maxEvidence is how many pieces of evidence are shown where not all are asked for.
const maxEvidence = 5

// shown chooses the evidence of a root cause: its own, and then what proves the symptoms best.
func shown(findings []diagnosis.Finding, chains [][]diagnosis.Finding, all bool) []diagnosis.Evidence {
	evidence := slices.Clone(findings[0].Evidence)
	if all {
		return evidence
	}
	for _, chain := range chains {
		for _, symptom := range chain[1:] {
			if len(symptom.Evidence) > 0 && !slices.ContainsFunc(evidence, same(symptom.Evidence[0])) {
				evidence = append(evidence, symptom.Evidence[0])
			}
		}
	}
	return evidence[:min(len(evidence), maxEvidence)]
}

// same reports whether another piece of evidence was read in the same place and says the same.
func same(one diagnosis.Evidence) func(diagnosis.Evidence) bool {
	return func(other diagnosis.Evidence) bool {
		return one.Source == other.Source && one.Container == other.Container && one.Field == other.Field && one.Value == other.Value && one.Says == other.Says
	}
}
