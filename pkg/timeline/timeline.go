// Package timeline puts what happened to a pod into one order of time: the events of the pod, of its owners and of its
// node, and the moments that the pod's own status remembers after the events have expired.
//
// It is a pure function of a casefile. Start reading at Of.
package timeline

import (
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// Entry is one thing that happened.
type Entry struct {
	// Last is when it happened last, First when it did first, Times how often; most things happen once.
	First, Last time.Time
	Times       int
	// Kind and Name are the object it happened to.
	Kind, Name string
	// Warning is set for what Kubernetes calls a warning, and for a container that failed.
	Warning bool
	// Reason is the machine's word for it: "BackOff", "Created".
	Reason string
	// Source is who said so: a component ("kubelet"), or "status" for what the pod's status tells.
	Source string
	// Text is what was said, as it came from the cluster. When it is empty, ID and Args are podkit's own words.
	Text string
	ID   string
	Args message.Args
}

// Of returns what is known to have happened to a pod, the oldest first.
func Of(file *casefile.File, pod *corev1.Pod) []Entry {
	// Within one second the creation comes first, and what the status remembers after the events that led there.
	entries := []Entry{ofPod(pod, pod.CreationTimestamp.Time, "PodCreated", "timeline.created", nil)}
	for _, uid := range concerned(file, pod) {
		for _, event := range file.Events(uid) {
			entries = append(entries, ofEvent(&event))
		}
	}
	entries = append(entries, ofStatus(pod)...)
	slices.SortStableFunc(entries, func(a, b Entry) int { return a.Last.Compare(b.Last) })
	return entries
}

// concerned lists the UIDs whose events belong to a pod's story. The kubelet gives its node's name as the UID of the
// node (pkg/kubelet/kubelet.go, nodeRef), the node controllers give the real one.
func concerned(file *casefile.File, pod *corev1.Pod) []types.UID {
	uids := []types.UID{pod.UID}
	for _, owner := range file.Owners(pod) {
		uids = append(uids, owner.UID)
	}
	if pod.Spec.NodeName == "" {
		return uids
	}
	uids = append(uids, types.UID(pod.Spec.NodeName))
	node, err := file.Node(pod.Spec.NodeName).Get()
	if err == nil && node != nil && !slices.Contains(uids, node.UID) { // The owner of a static pod is its node.
		uids = append(uids, node.UID)
	}
	return uids
}

func ofEvent(event *corev1.Event) Entry {
	source := event.Source.Component
	if source == "" {
		source = event.ReportingController
	}
	return Entry{
		First: casefile.FirstSeen(event), Last: casefile.LastSeen(event), Times: casefile.Times(event),
		Kind: event.InvolvedObject.Kind, Name: event.InvolvedObject.Name,
		Warning: event.Type == corev1.EventTypeWarning, Reason: event.Reason, Source: source, Text: event.Message,
	}
}

// ofStatus reads the moments that the pod's status remembers, its creation left out.
func ofStatus(pod *corev1.Pod) []Entry {
	var entries []Entry
	for _, statuses := range [][]corev1.ContainerStatus{pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses} {
		for i := range statuses {
			entries = append(entries, ofContainer(pod, &statuses[i])...)
		}
	}
	if pod.DeletionTimestamp != nil && pod.DeletionGracePeriodSeconds != nil {
		grace := time.Duration(*pod.DeletionGracePeriodSeconds) * time.Second
		args := message.Args{"Grace": grace.String()}
		entries = append(entries, ofPod(pod, pod.DeletionTimestamp.Add(-grace), "PodDeleted", "timeline.deleted", args))
	}
	return entries
}

func ofContainer(pod *corev1.Pod, status *corev1.ContainerStatus) []Entry {
	var entries []Entry
	for _, died := range []*corev1.ContainerStateTerminated{status.LastTerminationState.Terminated, status.State.Terminated} {
		if died == nil || died.FinishedAt.IsZero() {
			continue
		}
		args := message.Args{"Container": status.Name, "Death": podstate.Death(died)}
		entry := ofPod(pod, died.FinishedAt.Time, "ContainerEnded", "timeline.ended", args)
		entry.Warning = died.ExitCode != 0
		entries = append(entries, entry)
	}
	if running := status.State.Running; running != nil {
		args := message.Args{"Container": status.Name}
		entries = append(entries, ofPod(pod, running.StartedAt.Time, "ContainerStarted", "timeline.started", args))
	}
	return entries
}

func ofPod(pod *corev1.Pod, at time.Time, reason, id string, args message.Args) Entry {
	return Entry{
		First: at, Last: at, Times: 1, Kind: "Pod", Name: pod.Name, Reason: reason, Source: "status", ID: id, Args: args,
	}
}
