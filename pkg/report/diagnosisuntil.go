package report

import (
	"cmp"
	"time"

	corev1 "k8s.io/api/core/v1"

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
		switch target.State.ID {
		case "why.startup-probe":
			return running.StartedAt.Add(budget(container.Spec.StartupProbe))
		case "why.readiness-probe-soon":
			return running.StartedAt.Add(seconds(firstResult(container.Spec.ReadinessProbe)))
		}
	}
	return time.Time{}
}

// budget is how long a startup probe lets a container start: its delay and as many periods as may fail
// (kubernetes pkg/kubelet/prober/worker.go, doProbe). The defaults are the API's, which the server fills in.
func budget(probe *corev1.Probe) time.Duration {
	if probe == nil {
		return 0
	}
	return seconds(probe.InitialDelaySeconds + cmp.Or(probe.PeriodSeconds, 10)*cmp.Or(probe.FailureThreshold, 3))
}

// firstResult is after how many seconds a probe has been run once.
func firstResult(probe *corev1.Probe) int32 {
	if probe == nil {
		return 0
	}
	return probe.InitialDelaySeconds + probe.PeriodSeconds + probe.TimeoutSeconds
}

func seconds(n int32) time.Duration { return time.Duration(n) * time.Second }
