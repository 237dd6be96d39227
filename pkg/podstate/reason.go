package podstate

import (
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Severity ranks how badly a pod does; the worst sorts first.
type Severity int

// The severities, the best first, so that the zero value means well.
const (
	// Well: running and ready, or completed.
	Well Severity = iota
	// Waiting: on its way, nothing is wrong yet.
	Waiting
	// Unhealthy: something keeps it from doing its job.
	Unhealthy
)

// Reason is why a pod is not well, in a few words: a message of the catalogue and its arguments. The zero value means
// that there is nothing to say.
type Reason struct {
	Severity Severity
	ID       string
	Args     message.Args
}

func unhealthy(id string, args message.Args) Reason { return Reason{Unhealthy, id, args} }
func waiting(id string, args message.Args) Reason   { return Reason{Waiting, id, args} }

// Why reads a pod's status from the outside in (its deletion, its place on a node, its init containers, its containers,
// its readiness) and returns the first thing that is wrong.
func Why(pod *corev1.Pod, now time.Time) Reason {
	for _, look := range [...]func(*corev1.Pod, time.Time) Reason{
		whyDeleted, whyFailed, whyUnscheduled, whyContainers, whyNotReady, whyRestarted,
	} {
		if reason := look(pod, now); reason.ID != "" {
			return reason
		}
	}
	return Reason{}
}

// whyDeleted explains a pod that is being deleted. metadata.deletionTimestamp is when the grace period ends, not when
// the deletion was asked for; a pod that is there after it is held by a finalizer, or its kubelet has not confirmed.
func whyDeleted(pod *corev1.Pod, now time.Time) Reason {
	if pod.DeletionTimestamp == nil {
		return Reason{}
	}
	past := now.Sub(pod.DeletionTimestamp.Time)
	since := human(max(past, 0)) // The grace period may not be over.
	if pod.Status.Reason == nodeUnreachable {
		return unhealthy("why.node-lost", message.Args{"Node": pod.Spec.NodeName, "Since": since})
	}
	if len(pod.Finalizers) > 0 && finished(pod) {
		return unhealthy("why.finalizer", message.Args{"Finalizer": pod.Finalizers[0], "Since": since})
	}
	if past > confirmationTime {
		return unhealthy("why.deletion-overdue", message.Args{"Node": pod.Spec.NodeName, "Since": since})
	}
	return waiting("why.terminating", message.Args{"Left": human(max(-past, 0))})
}

// confirmationTime is how long after the grace period a kubelet may take to confirm that a pod has ended before that is
// worth a word.
const confirmationTime = 10 * time.Second

// finished reports whether every container of a pod has ended.
func finished(pod *corev1.Pod) bool {
	if pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed || pod.Spec.NodeName == "" {
		return true
	}
	for i := range pod.Status.ContainerStatuses {
		if pod.Status.ContainerStatuses[i].State.Terminated == nil {
			return false
		}
	}
	return true
}

// whyFailed explains a pod that the kubelet or a controller ended as a whole: evicted, rejected, out of time.
func whyFailed(pod *corev1.Pod, _ time.Time) Reason {
	if pod.Status.Phase != corev1.PodFailed || pod.Status.Reason == "" {
		return Reason{}
	}
	return unhealthy("why.pod-failed", message.Args{"Reason": pod.Status.Reason, "Message": short(pod.Status.Message)})
}

// whyUnscheduled explains a pod that has no node.
func whyUnscheduled(pod *corev1.Pod, now time.Time) Reason {
	if pod.Spec.NodeName != "" {
		return Reason{}
	}
	scheduled := condition(pod, corev1.PodScheduled)
	if scheduled == nil || scheduled.Status == corev1.ConditionTrue {
		since := now.Sub(pod.CreationTimestamp.Time)
		args := message.Args{"Scheduler": pod.Spec.SchedulerName, "Since": human(since)}
		return overdue(since > schedulingTime, "why.no-scheduler-yet", args)
	}
	if scheduled.Reason == corev1.PodReasonSchedulingGated {
		return waiting("why.scheduling-gated", message.Args{"Gates": gates(pod)})
	}
	return unhealthy("why.unschedulable", message.Args{"Message": firstSentence(scheduled.Message)})
}
