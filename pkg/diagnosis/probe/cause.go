package probe

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// met is a failing probe and what it met.
type met struct {
	failing
	cause cause
}

// causes says what the failing probes met: each cause once a container, with all probes that met it.
func causes(k *diagnosis.Case) []diagnosis.Finding {
	var all []met
	for _, f := range failings(k) {
		if c := f.classify(); c.id != "" && f.explained() {
			all = append(all, met{f, c})
		}
	}
	// The sentence is about the probe that does the most harm.
	slices.SortStableFunc(all, func(a, b met) int { return cmp.Compare(b.severity, a.severity) })
	var found []diagnosis.Finding
	for i := range all {
		earlier := slices.ContainsFunc(all[:i], func(m met) bool { return m.of(&all[i]) })
		if !earlier {
			found = append(found, all[i].finding(k, all[i:]))
		}
	}
	return found
}

// of reports whether two probes of one container met the same.
func (m *met) of(other *met) bool { return m.Name() == other.Name() && m.cause.id == other.cause.id }

// finding tells what the probe met, and which others of its container met the same.
func (m *met) finding(k *diagnosis.Case, all []met) diagnosis.Finding {
	kinds := []string{string(m.kind)}
	var proof []diagnosis.Evidence
	for i := range all {
		other := &all[i]
		if !m.of(other) {
			continue
		}
		if other.kind != m.kind && m.alike(other) {
			kinds = append(kinds, string(other.kind))
		}
		proof = append(proof, diagnosis.EventOf(other.report.event), other.written())
	}
	args := m.args()
	args["Kinds"] = strings.Join(kinds, "/")
	maps.Copy(args, m.cause.args)
	return diagnosis.Finding{
		ID: m.cause.id, Severity: m.severity, Confidence: m.certainty(), Container: m.Name(), Form: m.cause.form,
		Args: args, Evidence: proof, Remedies: m.remedies(k),
	}
}

// alike reports whether one sentence holds of both probes. A refused connection has nothing to do with the path.
func (m *met) alike(other *met) bool {
	if m.cause.form != other.cause.form || m.host() != other.host() {
		return false
	}
	if m.cause.id == "probe-connection-refused" {
		port, ok := m.port()
		same, also := other.port()
		return ok && also && port == same
	}
	return m.target() == other.target()
}

// certainty is how sure it is that the report is about the failure that shows now.
func (m *met) certainty() diagnosis.Confidence {
	if !m.fresh {
		return min(m.confidence, diagnosis.Likely)
	}
	return m.confidence
}
