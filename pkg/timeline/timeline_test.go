package timeline_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/timeline"
)

var now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

func ago(d time.Duration) metav1.Time { return metav1.NewTime(now.Add(-d)) }

// reader knows some events, one node and one ReplicaSet.
type reader struct {
	events []corev1.Event
	noNode bool
}

func (r reader) Events(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Event] {
	if query.Namespace != "shop" {
		return casefile.Answered([]corev1.Event(nil))
	}
	return casefile.Answered(r.events)
}

func (r reader) Nodes(context.Context, casefile.Query) casefile.Answer[[]corev1.Node] {
	if r.noNode {
		return casefile.Unanswered[[]corev1.Node](casefile.Denied, errors.New("no"))
	}
	return casefile.Answered([]corev1.Node{{ObjectMeta: metav1.ObjectMeta{Name: "n1", UID: "uid-node"}}})
}

func (r reader) Metadata(_ context.Context, kind metav1.TypeMeta, query casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	uid := map[string]types.UID{"ReplicaSet": "uid-rs", "Node": "uid-node"}[kind.Kind]
	return casefile.Answered([]metav1.PartialObjectMetadata{{ObjectMeta: metav1.ObjectMeta{Name: query.Names[0], UID: uid}}})
}

// tell returns the story of a pod, a line each: when it happened last, to what, the word for it, and podkit's sentence
// or the cluster's text.
func tell(t *testing.T, r reader, pod *corev1.Pod) []string {
	t.Helper()
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, entry := range timeline.Of(casefile.Open(t.Context(), r, []corev1.Pod{*pod}, now), pod) {
		text := entry.Text
		if text == "" {
			text = messages.Text(entry.ID, entry.Args)
		}
		warning := ""
		if entry.Warning {
			warning = "!"
		}
		lines = append(lines, fmt.Sprintf("%v %s/%s %s%s: %s", now.Sub(entry.Last), entry.Kind, entry.Name, entry.Reason, warning, text))
	}
	return lines
}

func web() *corev1.Pod {
	yes := true
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: "shop", Name: "web", UID: "uid-web", CreationTimestamp: ago(time.Hour),
			OwnerReferences: []metav1.OwnerReference{{APIVersion: "apps/v1", Kind: "ReplicaSet", Name: "web-7c", UID: "uid-rs", Controller: &yes}},
		},
		Spec: corev1.PodSpec{NodeName: "n1"},
	}
}

func event(about types.UID, kind, name, reason string, last time.Duration) corev1.Event {
	return corev1.Event{
		InvolvedObject: corev1.ObjectReference{Kind: kind, Name: name, UID: about}, Type: corev1.EventTypeNormal,
		Reason: reason, Message: "said " + reason, LastTimestamp: ago(last), FirstTimestamp: ago(last),
	}
}

func TestEventsOfThePodItsOwnersAndItsNode(t *testing.T) {
	failed := event("uid-web", "Pod", "web", "Failed", time.Minute)
	failed.Type = corev1.EventTypeWarning
	r := reader{events: []corev1.Event{
		failed,
		event("uid-rs", "ReplicaSet", "web-7c", "SuccessfulCreate", time.Hour),
		event("n1", "Node", "n1", "KubeletSaysSo", 2*time.Minute),        // The kubelet's UID of its node.
		event("uid-node", "Node", "n1", "ControllerSays", 3*time.Minute), // The controllers' UID of it.
		event("uid-web", "Pod", "web", "Scheduled", time.Hour),
		event("uid-namesake", "Pod", "web", "Evicted", time.Second),
		event("n2", "Node", "n2", "Elsewhere", time.Second),
	}}
	want := []string{
		"1h0m0s Pod/web PodCreated: the Pod was created",
		"1h0m0s Pod/web Scheduled: said Scheduled",
		"1h0m0s ReplicaSet/web-7c SuccessfulCreate: said SuccessfulCreate",
		"3m0s Node/n1 ControllerSays: said ControllerSays",
		"2m0s Node/n1 KubeletSaysSo: said KubeletSaysSo",
		"1m0s Pod/web Failed!: said Failed",
	}
	if diff := cmp.Diff(want, tell(t, r, web())); diff != "" {
		t.Errorf("story (-want +got):\n%s", diff)
	}
	// Without the node's object its kubelet's events are still known.
	r.noNode = true
	want = append(want[:3], want[4:]...)
	if diff := cmp.Diff(want, tell(t, r, web())); diff != "" {
		t.Errorf("story without the node (-want +got):\n%s", diff)
	}
}

func TestNodeThatOwnsThePodIsToldOnce(t *testing.T) {
	mirror := web() // A static pod: its node is its owner.
	mirror.OwnerReferences[0].Kind, mirror.OwnerReferences[0].Name, mirror.OwnerReferences[0].UID = "Node", "n1", "uid-node"
	r := reader{events: []corev1.Event{event("uid-node", "Node", "n1", "RegisteredNode", time.Minute)}}
	want := []string{"1h0m0s Pod/web PodCreated: the Pod was created", "1m0s Node/n1 RegisteredNode: said RegisteredNode"}
	if diff := cmp.Diff(want, tell(t, r, mirror)); diff != "" {
		t.Errorf("story (-want +got):\n%s", diff)
	}
}

func TestUnscheduledPodHasNoNode(t *testing.T) {
	pod := web()
	pod.Spec.NodeName, pod.OwnerReferences = "", nil
	r := reader{events: []corev1.Event{event("", "Node", "", "Nameless", time.Minute)}}
	if diff := cmp.Diff([]string{"1h0m0s Pod/web PodCreated: the Pod was created"}, tell(t, r, pod)); diff != "" {
		t.Errorf("story (-want +got):\n%s", diff)
	}
}

func TestMomentsOfTheStatus(t *testing.T) {
	grace := int64(30)
	end := func(code int32, at time.Duration) *corev1.ContainerStateTerminated {
		return &corev1.ContainerStateTerminated{ExitCode: code, FinishedAt: ago(at)}
	}
	pod := web()
	deleted := ago(-10 * time.Second) // The grace period ends in ten seconds.
	pod.DeletionTimestamp, pod.DeletionGracePeriodSeconds = &deleted, &grace
	pod.Status.InitContainerStatuses = []corev1.ContainerStatus{
		{Name: "migrate", State: corev1.ContainerState{Terminated: end(0, 50*time.Minute)}},
	}
	pod.Status.ContainerStatuses = []corev1.ContainerStatus{
		{
			Name: "app", State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: ago(5 * time.Minute)}},
			LastTerminationState: corev1.ContainerState{Terminated: end(137, 6*time.Minute)},
		},
		{
			Name: "job", State: corev1.ContainerState{Terminated: end(1, time.Minute)},
			LastTerminationState: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{ExitCode: 2}}, // At an unknown time.
		},
		{Name: "late", State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "ContainerCreating"}}},
	}
	want := []string{
		"1h0m0s Pod/web PodCreated: the Pod was created",
		"50m0s Pod/web ContainerEnded: container migrate ended: exit 0",
		"6m0s Pod/web ContainerEnded!: container app ended: exit 137 (SIGKILL)",
		"5m0s Pod/web ContainerStarted: container app started",
		"1m0s Pod/web ContainerEnded!: container job ended: exit 1",
		"20s Pod/web PodDeleted: deletion was requested, with a grace period of 30s",
	}
	if diff := cmp.Diff(want, tell(t, reader{}, pod)); diff != "" {
		t.Errorf("story (-want +got):\n%s", diff)
	}
}

func TestEntryKeepsWhatTheEventSays(t *testing.T) {
	repeated := event("uid-web", "Pod", "web", "BackOff", time.Minute)
	repeated.Count, repeated.FirstTimestamp, repeated.Source.Component = 12, ago(time.Hour), "kubelet"
	series := event("uid-web", "Pod", "web", "Unhealthy", 0)
	series.Series = &corev1.EventSeries{Count: 3, LastObservedTime: metav1.NewMicroTime(now)}
	series.ReportingController = "node-problem-detector"
	file := casefile.Open(t.Context(), reader{events: []corev1.Event{repeated, series}}, []corev1.Pod{*web()}, now)
	got := timeline.Of(file, web())[1:]
	want := []timeline.Entry{
		{
			First: now.Add(-time.Hour), Last: now.Add(-time.Minute), Times: 12, Kind: "Pod", Name: "web",
			Reason: "BackOff", Source: "kubelet", Text: "said BackOff",
		},
		{First: now, Last: now, Times: 3, Kind: "Pod", Name: "web", Reason: "Unhealthy", Source: "node-problem-detector", Text: "said Unhealthy"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
}
