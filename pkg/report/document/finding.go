package document

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Finding is one thing that is wrong, or worth knowing, with its proof.
type Finding struct {
	// ID never changes its meaning; kubectl podkit findings ID explains it.
	ID         string `json:"id"`
	Severity   string `json:"severity" jsonschema:"enum=error,enum=warning,enum=info"`
	Confidence string `json:"confidence" jsonschema:"enum=certain,enum=likely,enum=possible"`
	Title      string `json:"title"`
	Summary    string `json:"summary"`
	Object     Object `json:"object"`
	Container  string `json:"container,omitempty"`
	// Args are the values that the summary names.
	Args     map[string]any `json:"args,omitempty"`
	Evidence []Evidence     `json:"evidence"`
	// Because are the findings of the same target that caused this one.
	Because  []Reference `json:"because"`
	Remedies []Remedy    `json:"remedies"`
}

// Reference names a finding of the same target.
type Reference struct {
	ID        string `json:"id"`
	Container string `json:"container,omitempty"`
	// Object is KIND/NAME of what the finding is about, where that is not the pod.
	Object string `json:"object,omitempty"`
}

// Evidence is one fact and where it was read: a field with its value, an event, or lines of a log.
type Evidence struct {
	Source string `json:"source" jsonschema:"enum=status,enum=spec,enum=event,enum=log,enum=object"`
	// Object is where it was read; it is absent when that is the pod itself.
	Object    *Object `json:"object,omitempty"`
	Container string  `json:"container,omitempty"`
	// Text is podkit's own words about what was read.
	Text string `json:"text,omitempty"`
	// Field is a path in the object, and Value is what stands there.
	Field string `json:"field,omitempty"`
	Value string `json:"value,omitempty"`
	// Time is since when a field has its value, where the object tells.
	Time  *metav1.Time `json:"time,omitempty"`
	Event *Event       `json:"event,omitempty"`
	Log   *Log         `json:"log,omitempty"`
}

// Event is what an event said.
type Event struct {
	Reason  string `json:"reason"`
	Message string `json:"message"`
	Count   int    `json:"count"`
	// LastSeen is when it happened last.
	LastSeen *metav1.Time `json:"lastSeen,omitempty"`
}

// Log is a line of a log, with the stack trace that belongs to it.
type Log struct {
	Container string `json:"container"`
	// Previous reports whether it is the log of the instance before the current one.
	Previous bool `json:"previous"`
	// Line counts from 1 in the part of the log that was read.
	Line int          `json:"line"`
	Text string       `json:"text"`
	Time *metav1.Time `json:"time,omitempty"`
}

// Remedy is a next step.
type Remedy struct {
	Text string `json:"text"`
	// Command can be pasted into a POSIX shell once its <placeholders> are replaced; it is absent when there is nothing to
	// run.
	Command string `json:"command,omitempty"`
	Effect  string `json:"effect" jsonschema:"enum=read-only,enum=changes,enum=destructive"`
}

// Unknown is a question to which no answer came.
type Unknown struct {
	// What names what was asked for: "nodes node1", "pods/log web-0 (web)".
	What      string `json:"what"`
	Verb      string `json:"verb"`
	Resource  string `json:"resource"`
	Namespace string `json:"namespace,omitempty"`
	Name      string `json:"name,omitempty"`
	Container string `json:"container,omitempty"`
	// Reason is why: forbidden, failed, not-recorded when a recording was read that does not tell, partial when a log broke off while it was read, or limit when enough had been read.
	Reason  string `json:"reason" jsonschema:"enum=forbidden,enum=failed,enum=not-recorded,enum=partial,enum=limit"`
	Message string `json:"message,omitempty"`
	// Targets are the names of the pods for which it was asked.
	Targets []string `json:"targets"`
	// RBAC is the rule that would let it be read; it is absent when rights were not the reason.
	RBAC *Rule `json:"rbac,omitempty"`
}

// Rule is a rule of a Role, or of a ClusterRole for what has no namespace.
type Rule struct {
	APIGroups []string `json:"apiGroups"`
	Resources []string `json:"resources"`
	Verbs     []string `json:"verbs"`
}
