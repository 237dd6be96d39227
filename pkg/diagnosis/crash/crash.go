// Package crash explains deaths of containers, and containers that never come to life.
//
// A death is read from the status and is of exactly one kind: the kernel's OOM killer, the kubelet because of a probe, a
// signal of somebody else, an exit of the application's own, or an end without an error that is none where the container
// is started again. Events make a kind certain; no kind depends on them alone. What a death does to the pod (an init
// container that fails, a sidecar, a restart that is over) is a symptom with a finding of its own. Start reading at Rules
// and death.
package crash

import "github.com/kubectl-podkit/podkit/pkg/diagnosis"

// Rules returns the rules of this family.
func Rules() []diagnosis.Rule {
	return []diagnosis.Rule{
		{Name: "memory", Check: checkMemory, Causes: []diagnosis.Cause{
			{ID: "oom-killed", Severity: diagnosis.Error, Explains: symptoms()},
			{ID: "oom-node", Severity: diagnosis.Error, Explains: symptoms()},
		}},
		{Name: "probe-kill", Check: checkProbeKill, Causes: []diagnosis.Cause{
			{ID: "liveness-killed", Severity: diagnosis.Error, Explains: symptoms()},
			{ID: "startup-killed", Severity: diagnosis.Error, Explains: symptoms()},
		}},
		{Name: "signal", Check: checkSignal, Causes: []diagnosis.Cause{
			{ID: "app-signal", Severity: diagnosis.Error, Explains: symptoms()},
		}},
		{Name: "exit", Check: checkExit, Causes: []diagnosis.Cause{
			{ID: "app-exit", Severity: diagnosis.Error},
			{ID: "exits-zero-restarts", Severity: diagnosis.Error, Explains: symptoms()},
		}},
		{Name: "init", Check: checkInit, Causes: []diagnosis.Cause{
			{ID: "init-failed", Severity: diagnosis.Error},
			{ID: "init-stuck", Severity: diagnosis.Error},
			{ID: "sidecar-failed", Severity: diagnosis.Error},
		}},
		{Name: "restarts", Check: checkRestarts, Causes: []diagnosis.Cause{
			{ID: "restarts-high", Severity: diagnosis.Warning},
		}},
		{Name: "created", Check: checkCreated, Causes: []diagnosis.Cause{
			{ID: "container-created-not-started", Severity: diagnosis.Error},
		}},
	}
}

// symptoms are what a death looks like from outside its container.
func symptoms() []string { return []string{"init-failed", "sidecar-failed", "restarts-high"} }
