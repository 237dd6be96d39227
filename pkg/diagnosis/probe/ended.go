package probe

import (
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// expiry is how long the API server keeps events by default (kube-apiserver --event-ttl), with time to spare.
const expiry = 55 * time.Minute

// grace is how long the kubelet waits between the signals that end a container.
func (c check) grace(pod *corev1.Pod) time.Duration {
	switch {
	case c.spec.TerminationGracePeriodSeconds != nil:
		return time.Duration(*c.spec.TerminationGracePeriodSeconds) * time.Second
	case pod.Spec.TerminationGracePeriodSeconds != nil:
		return time.Duration(*pod.Spec.TerminationGracePeriodSeconds) * time.Second
	}
	return corev1.DefaultTerminationGracePeriodSeconds * time.Second
}

// ended returns how sure it is that the probe ended the last instance of its container, 0 when it did not, and that
// instance's life. The death of a container that is ready again is news for a while only.
func (c check) ended(k *diagnosis.Case) (diagnosis.Confidence, span) {
	died := c.LastDeath()
	if died == nil || died.Reason == "OOMKilled" || c.kind == readiness {
		return 0, span{}
	}
	life := span{died.StartedAt.Time, died.FinishedAt.Time}
	if c.Status.Ready && k.Now().Sub(life.end) > recently {
		return 0, life
	}
	killing := c.killing(k)
	if killing != nil && life.overlaps(killing) {
		return diagnosis.Certain, life
	}
	if !bySignal(died) {
		return 0, life
	}
	if found := c.latest(k, life); killing != nil || found != nil && !found.errored {
		return diagnosis.Likely, life
	}
	if c.silent(k, life) && c.atBudget(k.Pod, life) {
		return diagnosis.Possible, life
	}
	return 0, life
}

// bySignal reports whether a container ended as one does that the kubelet ends: by SIGTERM, or by SIGKILL when the grace
// period was over.
func bySignal(died *corev1.ContainerStateTerminated) bool {
	return died.ExitCode == 137 || died.ExitCode == 143
}

// silent reports whether missing events prove nothing: they were not read, have expired, or were dropped.
func (c check) silent(k *diagnosis.Case, life span) bool {
	return k.Events().State != casefile.Known || k.Now().Sub(life.end) > expiry || throttled(k)
}

// atBudget reports whether an instance ended when the probe had failed for the first time as often as it may.
func (c check) atBudget(pod *corev1.Pod, life span) bool {
	lasted := life.end.Sub(life.start)
	return lasted >= c.soonest()-slack && lasted <= c.due()+c.grace(pod)+slack
}
