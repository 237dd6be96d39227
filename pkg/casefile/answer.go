package casefile

import "errors"

// ErrLogLost is in the answer to a log that the kubelet cannot read, though its status tells of the instance: the runtime has
// removed it, or does not answer.
var ErrLogLost = errors.New("the kubelet cannot read the log")

// State says what is known about the answer to one question put to the cluster. Only Absent means that a thing does
// not exist: a lookup that was refused or that failed proves nothing.
type State int

// The states of an answer. The zero value is NotYet: nobody has asked.
const (
	NotYet State = iota
	// Known: the cluster answered.
	Known
	// Absent: the cluster answered that there is no such object.
	Absent
	// Denied: the cluster refused to answer (401, 403).
	Denied
	// Failed: no answer came (time-out, lost connection, an error of the server).
	Failed
)

// String is the state's name, for tests and debugging.
func (s State) String() string {
	return [...]string{"NotYet", "Known", "Absent", "Denied", "Failed"}[s]
}

// Answer is what the cluster said to one question. Value is meaningful only when the state is Known; Err tells why it
// is Absent, Denied or Failed, ready to be shown.
type Answer[T any] struct {
	State State
	Value T
	// Revision is the resourceVersion that a read reflects, from which a watch may go on; empty when unknown.
	Revision string
	Err      error
}

// Answered returns a known answer.
func Answered[T any](value T) Answer[T] { return Answer[T]{State: Known, Value: value} }

// Unanswered returns an answer without a value.
func Unanswered[T any](state State, err error) Answer[T] { return Answer[T]{State: state, Err: err} }

// Get returns the value, or the reason why there is none.
func (a Answer[T]) Get() (T, error) { return a.Value, a.Err }

// Query says which objects of one resource to read. The zero value asks for all of them in every namespace.
type Query struct {
	// Namespace limits the read to one namespace; empty means all of them.
	Namespace string
	// Names limits it to these objects. One name is read alone; several are folded into one list.
	Names []string
	// Labels and Fields are selectors in the syntax of kubectl's -l and --field-selector, for example "app=web,tier!=db".
	Labels, Fields string
}

// convert turns the value of a known answer into another, and passes on the others.
func convert[T, U any](answer Answer[T], value func(T) U) Answer[U] {
	if answer.State != Known {
		return Unanswered[U](answer.State, answer.Err)
	}
	return Answer[U]{State: Known, Value: value(answer.Value), Revision: answer.Revision}
}
