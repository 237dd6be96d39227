package casefile

import (
	"context"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// Reader reads what a file holds; cluster.Cluster does.
type Reader interface {
	Events(ctx context.Context, query Query) Answer[[]corev1.Event]
	Nodes(ctx context.Context, query Query) Answer[[]corev1.Node]
	// Owners reads the metadata of objects of the kind that an owner reference names.
	Owners(ctx context.Context, kind metav1.OwnerReference, query Query) Answer[[]metav1.PartialObjectMetadata]
}

// File is what is known of some pods at one moment. It is immutable.
type File struct {
	// TakenAt is when it was gathered; every age is measured against it.
	TakenAt time.Time
	// Pods are the targets.
	Pods []corev1.Pod

	events map[types.UID][]corev1.Event
	// unread are the reads of events that gave no answer.
	unread []error
	nodes  Answer[map[string]*corev1.Node]
	owners map[types.UID]Answer[*metav1.PartialObjectMetadata]
}

// Events returns the events about an object, the oldest first. They are matched by UID, never by name: a pod that was
// made anew under its old name must not inherit its predecessor's events.
func (f *File) Events(object types.UID) []corev1.Event { return f.events[object] }

// UnreadEvents returns why some events could not be read; as long as it is not empty, no events prove nothing.
func (f *File) UnreadEvents() []error { return f.unread }

// Node returns a node by name.
func (f *File) Node(name string) Answer[*corev1.Node] {
	if f.nodes.State != Known {
		return Unanswered[*corev1.Node](f.nodes.State, f.nodes.Err)
	}
	node, ok := f.nodes.Value[name]
	if !ok {
		return Unanswered[*corev1.Node](Absent, nil)
	}
	return Answered(node)
}

// Owner is a link of the chain from a pod to what made it.
type Owner struct {
	metav1.OwnerReference
	// Metadata is what was read of the owner. When it is not known, the chain may go on beyond it.
	Metadata Answer[*metav1.PartialObjectMetadata]
}

// Owners climbs from a pod to the object that nobody owns: ReplicaSet, then Deployment. It names each object once.
func (f *File) Owners(pod *corev1.Pod) []Owner {
	var chain []Owner
	for reference := metav1.GetControllerOf(pod); reference != nil && len(chain) < maxClimb; {
		if slices.ContainsFunc(chain, func(owner Owner) bool { return owner.UID == reference.UID }) {
			break
		}
		owner := Owner{OwnerReference: *reference, Metadata: f.owners[reference.UID]}
		chain = append(chain, owner)
		if owner.Metadata.State != Known {
			break
		}
		reference = metav1.GetControllerOf(owner.Metadata.Value)
	}
	return chain
}

// maxClimb bounds the chain of owners: real ones have two or three links, and references may form a circle.
const maxClimb = 8

// indexEvents sorts events by the UID of their object and by time.
func indexEvents(events []corev1.Event) map[types.UID][]corev1.Event {
	index := map[types.UID][]corev1.Event{}
	for _, event := range events {
		index[event.InvolvedObject.UID] = append(index[event.InvolvedObject.UID], event)
	}
	for _, list := range index {
		slices.SortStableFunc(list, func(a, b corev1.Event) int { return LastSeen(&a).Compare(LastSeen(&b)) })
	}
	return index
}

// LastSeen is when an event last happened, in whole seconds: the scheduler tells microseconds and the kubelet does not,
// so that what came first within a second would seem to come last. The server lists events in the order of their names,
// which hold the time, and sorting keeps that order among equals.
func LastSeen(event *corev1.Event) time.Time { return lastSeen(event).Truncate(time.Second) }

// lastSeen reads the field that is filled: old and new clients of the events API fill different ones (kubectl
// pkg/cmd/events/events.go, eventTime and the series).
func lastSeen(event *corev1.Event) time.Time {
	if event.Series != nil && !event.Series.LastObservedTime.IsZero() {
		return event.Series.LastObservedTime.Time
	}
	for _, at := range []time.Time{event.LastTimestamp.Time, event.EventTime.Time, event.FirstTimestamp.Time} {
		if !at.IsZero() {
			return at
		}
	}
	return event.CreationTimestamp.Time
}

// FirstSeen is when an event first happened.
func FirstSeen(event *corev1.Event) time.Time {
	if !event.FirstTimestamp.IsZero() {
		return event.FirstTimestamp.Time
	}
	if !event.EventTime.IsZero() {
		return event.EventTime.Truncate(time.Second)
	}
	return LastSeen(event)
}

// Times is how often an event happened; at least 1.
func Times(event *corev1.Event) int {
	if event.Series != nil {
		return int(max(event.Series.Count, 1))
	}
	return int(max(event.Count, 1))
}
