package casefile

import (
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Part is how much of an object a question is about.
type Part int

// The parts.
const (
	// Whole is the object with all its fields. It is refused for Secrets, whose data is never requested.
	Whole Part = iota
	// Metadata is the object's metadata alone, which is enough to tell whether it exists and who owns it.
	Metadata
	// LogTail is the end of a container's log.
	LogTail
)

// Question is one thing to know of the cluster. It is comparable: the same question of many rules is put once.
type Question struct {
	// TypeMeta is the kind that is asked for: {v1 ConfigMap}, {apps/v1 ReplicaSet}.
	metav1.TypeMeta
	Part Part
	// Namespace is empty for what has none, and for all of them.
	Namespace string
	// Name is empty for all objects of the kind in the namespace.
	Name string
	// Fields is a field selector that limits a list; only the events of nodes are asked with one.
	Fields string
	// Container and Previous say whose log is meant, and of which instance.
	Container string
	Previous  bool
}

// The kinds that the file itself asks for.
var (
	eventKind = metav1.TypeMeta{APIVersion: "v1", Kind: "Event"}
	nodeKind  = metav1.TypeMeta{APIVersion: "v1", Kind: "Node"}
	podKind   = metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"}
)

// EventsIn asks for all events of a namespace.
func EventsIn(namespace string) Question { return Question{TypeMeta: eventKind, Namespace: namespace} }

// EventsOfNodes asks for the events about nodes, which are kept in the namespace of objects that have none.
func EventsOfNodes() Question {
	return Question{TypeMeta: eventKind, Namespace: nodeEvents, Fields: "involvedObject.kind=Node"}
}

// NodeNamed asks for a node.
func NodeNamed(name string) Question { return Question{TypeMeta: nodeKind, Name: name} }

// LogOf asks for the end of a container's log: of the instance before the current one when previous is true.
func LogOf(namespace, pod, container string, previous bool) Question {
	return Question{TypeMeta: podKind, Part: LogTail, Namespace: namespace, Name: pod, Container: container, Previous: previous}
}

// all is the question for every object among which a question's one is.
func (q Question) all() Question {
	return Question{TypeMeta: q.TypeMeta, Part: q.Part, Namespace: q.Namespace}
}

// everywhere is the question for all namespaces.
func (q Question) everywhere() Question { return Question{TypeMeta: q.TypeMeta, Part: q.Part} }

// Log is the end of one container's log.
type Log struct {
	Lines []LogLine
	// Cut is true when there is more before the first line: no more was asked for.
	Cut bool
	// Broken says why the reading broke off before the end of the log, if it did. The last line that was read is not the
	// last that was written then, and what no line says may have been said after them.
	Broken string
}

// LogLine is a line as the container wrote it, hostile text included, and when. At is zero when the runtime did not say.
type LogLine struct {
	At   time.Time
	Text string
}
