package diagnosis

import (
	"time"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// Severity is how much a finding matters; the worst is the greatest.
type Severity int

// The severities. The zero value in a finding means that of its cause.
const (
	// Info is worth knowing and nothing to repair.
	Info Severity = iota + 1
	// Warning: the pod does its job, but something is wrong or was so lately.
	Warning
	// Error keeps the pod from doing its job.
	Error
)

// String is the severity's name in the output contract.
func (s Severity) String() string { return [...]string{"", "info", "warning", "error"}[s] }

// Confidence is how sure a finding is.
type Confidence int

// The confidences.
const (
	// Possible: it fits, and so do other causes.
	Possible Confidence = iota + 1
	// Likely: what is known points there, and a part of the proof is missing.
	Likely
	// Certain: the evidence proves it.
	Certain
)

// String is the confidence's name in the output contract.
func (c Confidence) String() string { return [...]string{"", "possible", "likely", "certain"}[c] }

// Object names an object of the cluster.
type Object struct {
	APIVersion, Kind, Namespace, Name, UID string
}

// Finding is one thing that is wrong, or worth knowing, with its proof.
type Finding struct {
	// ID is that of a Cause.
	ID string
	// Severity is that of the cause unless a rule says otherwise.
	Severity   Severity
	Confidence Confidence
	// Object is what the finding is about; the engine fills in the pod when it is empty.
	Object Object
	// Container is empty when the finding is about the whole pod.
	Container string
	// Form chooses between several wordings of the sentence: message finding.ID.summary, or finding.ID.summary-FORM.
	Form string
	// Args are the sentence's arguments, text of the cluster as it is.
	Args     message.Args
	Evidence []Evidence
	Remedies []Remedy
	// Because are the findings of the same pod that caused this one; the engine fills it in.
	Because []Key
}

// Key identifies a finding among those of a pod.
type Key struct {
	ID, Container string
	// Object is the name of what the finding is about, where that is not the pod.
	Object string
}

// Key returns the finding's key.
func (f *Finding) Key() Key {
	key := Key{ID: f.ID, Container: f.Container}
	if f.Object.Kind != "" && f.Object.Kind != "Pod" {
		key.Object = f.Object.Kind + "/" + f.Object.Name
	}
	return key
}

// Summary is the id of the message that says the finding in a sentence.
func (f *Finding) Summary() string {
	id := "finding." + f.ID + ".summary"
	if f.Form != "" {
		id += "-" + f.Form
	}
	return id
}

// Source is where a piece of evidence was read.
type Source string

// The sources.
const (
	Status Source = "status"
	Spec   Source = "spec"
	Events Source = "event"
	LogEnd Source = "log"
	Other  Source = "object"
)

// Evidence is one fact, and where it was read. Value is text of the cluster as it is; Says and Args are podkit's own
// words about what was read, in place of or before the value.
type Evidence struct {
	Source Source
	Object Object
	// Container is set for a container's log, status or spec.
	Container string
	// Field is a path in the object, as kubectl explain writes it: status.containerStatuses[web].state.waiting.
	Field string
	// Value is what stands there: a field's value, an event's message, a log line (with its stack trace, lines separated
	// by newlines).
	Value string
	// Reason and Times are an event's.
	Reason string
	Times  int
	// At is when the event happened last, or when the line was written; zero when it is not known.
	At time.Time
	// Previous and Line tell which instance's log it was, and the line's number in the part that was read, from 1.
	Previous bool
	Line     int
	// Says is the id of a message, and Args are its arguments.
	Says string
	Args message.Args
}

// Effect is what a command does to the cluster.
type Effect string

// The effects.
const (
	ReadOnly    Effect = "read-only"
	Changes     Effect = "changes"
	Destructive Effect = "destructive"
)

// Remedy is a next step: a sentence that says what it is for, and a command that can be pasted. Where only the reader
// knows a value, the command has a placeholder: <value>.
type Remedy struct {
	// ID is the id of the message that says what it is for, and Args are its arguments.
	ID   string
	Args message.Args
	// Command is kubectl's. It is zero when there is nothing to run.
	Command shellword.Command
	Effect  Effect
}
