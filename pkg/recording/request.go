package recording

import (
	"cmp"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// NotRecorded is the reason of answers about what a recording does not hold: it says nothing of whether it exists.
const NotRecorded metav1.StatusReason = "NotRecorded"

// Recorded is the type of the cause by which a served recording marks what the recorded server itself did not fulfil.
// Nobody can change that any more: no right that is granted now, and no second try.
const Recorded metav1.CauseType = "Recorded"

// LiveLine is the type of the cause that holds the words of the command which does on a live cluster what a recording cannot,
// with the seal of the process; see LiveCommand.
const LiveLine metav1.CauseType = "LiveLine"

// HalfRead is the type of the cause by which a recorded status marks that a list was read in part before it came; its
// message says of how many objects.
const HalfRead metav1.CauseType = "HalfRead"

// Request is what was asked of the server, in the terms of RBAC. It is comparable.
type Request struct {
	// Verb is get, list or watch.
	Verb        string `json:"verb"`
	Group       string `json:"group,omitempty"`
	Version     string `json:"version,omitempty"`
	Resource    string `json:"resource"`
	Subresource string `json:"subresource,omitempty"`
	// Namespace is empty for all namespaces.
	Namespace string `json:"namespace,omitempty"`
	Name      string `json:"name,omitempty"`
}

func compareRequests(a, b Request) int {
	return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Resource, b.Resource),
		cmp.Compare(a.Subresource, b.Subresource), cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Name, b.Name),
		cmp.Compare(a.Verb, b.Verb))
}

// Refusal is a request that the server did not fulfil, and what it said: 403 of who was not allowed, 404 of what did not
// exist, 500 of what broke.
type Refusal struct {
	Request Request       `json:"request"`
	Status  metav1.Status `json:"status"`
}

// LogKey names one log: that of an instance of a container.
type LogKey struct {
	Namespace, Pod, UID, Container string
	// Previous means the instance before the current one.
	Previous bool
}

func compareLogs(a, b LogKey) int {
	previous := func(k LogKey) int {
		if k.Previous {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Pod, b.Pod), cmp.Compare(a.UID, b.UID),
		cmp.Compare(a.Container, b.Container), cmp.Compare(previous(a), previous(b)))
}

// LogTail is the end of a log.
type LogTail struct {
	// Text is the log with timestamps, as the server sent it.
	Text string
	// Cut is true when there is more before Text: no more was asked for.
	Cut bool
	// Broken says why the reading broke off before the end of the log, if it did: there may be more after Text.
	Broken string
	// Failure is what the server said instead, if it refused.
	Failure *metav1.Status
}
