// Package probe names why probes fail: that a readiness, liveness or startup probe fails, what it meets (a refused
// connection, no answer in time, a status, the words of a command), and what is wrong with the probe itself (its port, its
// timing), or with a readiness gate.
//
// Status decides that a probe fails; the kubelet's Unhealthy events tell what it met. Start reading at Rules, failings and
// classify.
package probe

import "github.com/kubectl-podkit/podkit/pkg/diagnosis"

// Rules returns the rules of this family.
func Rules() []diagnosis.Rule {
	return []diagnosis.Rule{
		{Name: "probe port", Causes: []diagnosis.Cause{
			{ID: "probe-port-mismatch", Severity: diagnosis.Error, Explains: []string{
				"probe-connection-refused", "probe-grpc-failed", "readiness-failing", "liveness-failing", "startup-failing",
			}},
		}, Check: mismatches},
		{Name: "probe timing", Causes: []diagnosis.Cause{
			{ID: "probe-too-tight", Severity: diagnosis.Error, Explains: []string{
				"probe-connection-refused", "probe-grpc-failed", "startup-failing", "liveness-failing",
			}},
		}, Check: tooTight},
		{Name: "probe failure", Causes: []diagnosis.Cause{
			of("probe-connection-refused"), of("probe-timeout"), of("probe-http-status"), of("probe-exec-failed"),
			of("probe-grpc-failed"), of("probe-dns"), of("probe-tls"),
		}, Check: causes},
		{Name: "failing probe", Causes: []diagnosis.Cause{
			{ID: "readiness-failing", Severity: diagnosis.Error},
			{ID: "liveness-failing", Severity: diagnosis.Error, Explains: []string{"liveness-killed", "restarts-high"}},
			{ID: "startup-failing", Severity: diagnosis.Error, Explains: []string{"startup-killed", "restarts-high"}},
		}, Check: symptoms},
		{Name: "readiness gate", Causes: []diagnosis.Cause{{ID: "readiness-gate-unmet", Severity: diagnosis.Error}}, Check: unmetGates},
	}
}

// of is a cause that makes a probe of any kind fail.
func of(id string) diagnosis.Cause {
	return diagnosis.Cause{ID: id, Severity: diagnosis.Error, Explains: []string{"readiness-failing", "liveness-failing", "startup-failing"}}
}
