package report

import (
	"time"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// Until is until when a pod that is on its way may still be so before something is wrong; zero when nothing says. It is
// the end of a startup probe's budget, the first result of a readiness probe, or the end of the grace period.
func Until(target *diagnosis.Target) time.Time {
	if target.Verdict != diagnosis.Progressing {
		return time.Time{}
	}
	if target.Pod.DeletionTimestamp != nil {
		return target.Pod.DeletionTimestamp.Time
	}
	name, _ := target.State.Args["Container"].(string)
	for _, container := range podstate.Containers(target.Pod) {
		running := container.Running()
		if container.Name() != name || running == nil || running.StartedAt.IsZero() {
			continue
		}
		startup, readiness := container.Spec.StartupProbe, container.Spec.ReadinessProbe
		switch {
		case target.State.ID == "why.startup-probe" && startup != nil:
			return running.StartedAt.Add(podstate.Budget(startup))
		case target.State.ID == "why.readiness-probe-soon" && readiness != nil:
			return running.StartedAt.Add(podstate.FirstResult(readiness))
		}
	}
	return time.Time{}
}
