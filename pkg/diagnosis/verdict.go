package diagnosis

import (
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// Verdict is how a pod does.
type Verdict string

// The verdicts.
const (
	// Healthy: it does its job, or has done it.
	Healthy Verdict = "Healthy"
	// Progressing: it is on its way, and too young to be judged.
	Progressing Verdict = "Progressing"
	// Degraded: it does its job, and something is wrong or was so lately.
	Degraded Verdict = "Degraded"
	// Failing: something keeps it from doing its job.
	Failing Verdict = "Failing"
	// Unknown: nobody can tell, since its node does not report.
	Undecided Verdict = "Unknown"
)

// Verdicts are all of them, the worst first.
func Verdicts() []Verdict { return []Verdict{Failing, Undecided, Degraded, Progressing, Healthy} }

// judge weighs a pod's state and what was found.
func judge(pod *corev1.Pod, now time.Time, findings []Finding) Verdict {
	if silent(pod) {
		return Undecided
	}
	state := podstate.Why(pod, now)
	switch worst := worstOf(findings); {
	case worst == Error && !ready(pod):
		return Failing
	case worst >= Warning && ready(pod):
		return Degraded
	case worst == Info && !ready(pod):
		return Progressing
	case state.Severity == podstate.Unhealthy && !ready(pod):
		return Failing
	case state.Severity == podstate.Unhealthy:
		return Degraded
	case state.Severity == podstate.Waiting, worst == Warning:
		return Progressing
	}
	return Healthy
}

func worstOf(findings []Finding) Severity {
	worst := Severity(0)
	for i := range findings {
		worst = max(worst, findings[i].Severity)
	}
	return worst
}

func ready(pod *corev1.Pod) bool { return conditionIs(pod, corev1.PodReady, corev1.ConditionTrue) }

// silent reports whether the pod's node has stopped reporting: the controllers then set Ready to False or Unknown on a pod
// whose containers were ready (kubernetes pkg/controller/util/node/controller_utils.go, MarkPodsNotReady).
func silent(pod *corev1.Pod) bool {
	if pod.Status.Phase == corev1.PodUnknown || pod.Status.Reason == "NodeLost" {
		return true
	}
	return podstate.Why(pod, pod.CreationTimestamp.Time).ID == "why.node-silent"
}

func conditionIs(pod *corev1.Pod, kind corev1.PodConditionType, status corev1.ConditionStatus) bool {
	return slices.ContainsFunc(pod.Status.Conditions, func(c corev1.PodCondition) bool { return c.Type == kind && c.Status == status })
}

// troubled reports whether the rules must look at a pod. A pod that is well costs nothing but its place in the list: it
// runs, is ready, has not been restarted, and no condition says otherwise; or it has completed.
func troubled(pod *corev1.Pod, now time.Time) bool {
	if podstate.Why(pod, now).ID != "" || pod.DeletionTimestamp != nil {
		return true
	}
	if pod.Status.Phase == corev1.PodSucceeded {
		return false
	}
	for _, container := range podstate.Containers(pod) {
		if container.Status.RestartCount > 0 {
			return true
		}
	}
	return slices.ContainsFunc(pod.Status.Conditions, func(c corev1.PodCondition) bool { return alarming(&c) })
}

// freshWarning is how old a warning may be to count for a pod that looks well: a probe that goes on failing is told of every
// few minutes at least (client-go tools/record/events_cache.go, the spam filter lets through one event in five minutes).
const freshWarning = 6 * time.Minute

// warned reports whether events have just told of trouble that the status does not show yet: a liveness probe that fails,
// but has not killed so far, or has, and the grace period is long. For a pod that is asked about alone the events are read for that; for many, those count that
// were read for another's sake.
func warned(c *Case, alone bool) bool {
	answer := c.file.EventsOf(c.Pod.Namespace, c.Pod.UID)
	if alone {
		answer = c.Events()
	}
	return slices.ContainsFunc(answer.Value, func(event corev1.Event) bool {
		return event.Reason == "Killing" || event.Type == corev1.EventTypeWarning && c.Now().Sub(casefile.LastSeen(&event)) < freshWarning
	})
}

// troubledSince is since when a pod has not been ready: the moment it stopped being so, or its creation.
func troubledSince(pod *corev1.Pod) time.Time {
	for _, condition := range pod.Status.Conditions {
		if condition.Type == corev1.PodReady && condition.Status != corev1.ConditionTrue && !condition.LastTransitionTime.IsZero() {
			return condition.LastTransitionTime.Time
		}
	}
	return pod.CreationTimestamp.Time
}
