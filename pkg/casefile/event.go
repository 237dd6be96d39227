package casefile

import (
	"cmp"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
)

// nodeEvents is the namespace in which the events of nodes are kept: that of objects without a namespace
// (client-go tools/record/event.go, makeEvent).
const nodeEvents = corev1.NamespaceDefault

// eventIndex holds events by the UID of their object, the oldest first.
type eventIndex map[types.UID][]corev1.Event

// Events returns all events that were read about an object, the oldest first. They are matched by UID, never by name: a
// pod that was made anew under its old name must not inherit its predecessor's events.
func (f *File) Events(object types.UID) []corev1.Event {
	var found []corev1.Event
	for _, question := range f.eventQuestions() {
		if index, ok := f.answers[question].Value.(eventIndex); ok {
			found = append(found, index[object]...)
		}
	}
	return found
}

// EventsOf returns the events of an object in a namespace; they are Known, though there be none, once they were read.
func (f *File) EventsOf(namespace string, object types.UID) Answer[[]corev1.Event] {
	for _, question := range []Question{EventsIn(namespace), EventsIn("")} {
		if answer, asked := f.answers[question]; asked {
			return convert(answer, func(v any) []corev1.Event { return v.(eventIndex)[object] })
		}
	}
	return Answer[[]corev1.Event]{}
}

// EventsOfNode returns the events about a node. The kubelet gives the node's name as its UID, the controllers of the
// control plane give the real one (pkg/kubelet/kubelet.go, nodeRef).
func (f *File) EventsOfNode(uids ...types.UID) Answer[[]corev1.Event] {
	for _, question := range []Question{EventsOfNodes(), EventsIn(nodeEvents), EventsIn("")} {
		if answer, asked := f.answers[question]; asked {
			return convert(answer, func(v any) []corev1.Event {
				var found []corev1.Event
				for _, uid := range uids {
					found = append(found, v.(eventIndex)[uid]...)
				}
				return found
			})
		}
	}
	return Answer[[]corev1.Event]{}
}

// UnreadEvents returns why some events could not be read, each reason once; as long as it is not empty, no events prove
// nothing.
func (f *File) UnreadEvents() []error {
	var unread []error
	for _, question := range f.eventQuestions() {
		err := f.answers[question].Err
		told := slices.ContainsFunc(unread, func(other error) bool { return err != nil && other.Error() == err.Error() })
		if err != nil && !told {
			unread = append(unread, err)
		}
	}
	return unread
}

// eventQuestions are the questions for events that were put, those for a whole namespace first.
func (f *File) eventQuestions() []Question {
	var questions []Question
	for question := range f.answers {
		if question.TypeMeta == eventKind {
			questions = append(questions, question)
		}
	}
	slices.SortFunc(questions, func(a, b Question) int {
		return cmp.Or(cmp.Compare(a.Fields, b.Fields), cmp.Compare(a.Namespace, b.Namespace))
	})
	return questions
}

// indexEvents sorts events by the UID of their object and by time.
func indexEvents(events []corev1.Event) eventIndex {
	index := eventIndex{}
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
