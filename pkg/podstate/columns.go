package podstate

import (
	"fmt"
	"strconv"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/duration"
)

// Columns are the cells that kubectl prints for a pod.
type Columns struct {
	// Ready is "ready/total" containers, restartable init containers included: "1/2".
	Ready string
	// Status is kubectl's STATUS: "Running", "Init:0/1", "CrashLoopBackOff", "Terminating".
	Status string
	// Restarts is the number of restarts and when the last was: "5 (3m ago)".
	Restarts string
	// Age is the time since creation: "12m".
	Age string
}

// ColumnsOf computes the columns as the API server's table printer does (Kubernetes v1.36,
// pkg/printers/internalversion/printers.go, printPod), so that STATUS reads the same in podkit, in kubectl and on a
// recording.
func ColumnsOf(pod *corev1.Pod, now time.Time) Columns {
	init := scanInit(pod)
	status, tally := init.status, init.all
	ready, total := init.ready, len(pod.Spec.Containers)+init.sidecars
	if !init.initializing || conditionTrue(pod, corev1.PodInitialized) {
		main := scanMain(pod, status, init.onlySidecars)
		status, tally = main.status, main.tally
		ready += main.ready
	}
	return Columns{
		Ready:    fmt.Sprintf("%d/%d", ready, total),
		Status:   deletionStatus(pod, status),
		Restarts: tally.text(now),
		Age:      age(pod.CreationTimestamp, now),
	}
}

// nodeUnreachable is the status.reason that the node lifecycle controller sets on the pods of a lost node
// (pkg/util/node, NodeUnreachablePodReason).
const nodeUnreachable = "NodeLost"

func deletionStatus(pod *corev1.Pod, status string) string {
	if pod.DeletionTimestamp == nil {
		return status
	}
	if pod.Status.Reason == nodeUnreachable {
		return "Unknown"
	}
	if pod.Status.Phase != corev1.PodSucceeded && pod.Status.Phase != corev1.PodFailed {
		return "Terminating"
	}
	return status
}

// restarts adds up restarts and remembers when the last one was.
type restarts struct {
	count int
	last  metav1.Time
}

func (r *restarts) add(status *corev1.ContainerStatus) {
	r.count += int(status.RestartCount)
	if died := status.LastTerminationState.Terminated; died != nil && r.last.Before(&died.FinishedAt) {
		r.last = died.FinishedAt
	}
}

func (r restarts) text(now time.Time) string {
	if r.count == 0 || r.last.IsZero() {
		return strconv.Itoa(r.count)
	}
	return fmt.Sprintf("%d (%s ago)", r.count, age(r.last, now))
}

// age is the time since a moment as kubectl prints it.
func age(since metav1.Time, now time.Time) string {
	if since.IsZero() {
		return "<unknown>"
	}
	return duration.HumanDuration(now.Sub(since.Time))
}

// podStatus is where STATUS starts from, before the containers are looked at.
func podStatus(pod *corev1.Pod) string {
	status := string(pod.Status.Phase)
	if pod.Status.Reason != "" {
		status = pod.Status.Reason
	}
	if c := condition(pod, corev1.PodScheduled); c != nil && c.Reason == corev1.PodReasonSchedulingGated {
		status = corev1.PodReasonSchedulingGated
	}
	return status
}

// condition returns the pod's condition of a type, or nil.
func condition(pod *corev1.Pod, kind corev1.PodConditionType) *corev1.PodCondition {
	for i := range pod.Status.Conditions {
		if pod.Status.Conditions[i].Type == kind {
			return &pod.Status.Conditions[i]
		}
	}
	return nil
}

func conditionTrue(pod *corev1.Pod, kind corev1.PodConditionType) bool {
	c := condition(pod, kind)
	return c != nil && c.Status == corev1.ConditionTrue
}
