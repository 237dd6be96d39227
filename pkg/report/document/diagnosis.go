package document

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// The group, version and kind of the document.
const (
	APIVersion = "podkit.dev/v1alpha1"
	Kind       = "Diagnosis"
)

// Diagnosis is what was found about some pods at one moment.
type Diagnosis struct {
	metav1.TypeMeta `json:",inline"`

	// TakenAt is when the pods were read; ages are to be measured against it.
	TakenAt metav1.Time `json:"takenAt"`
	Scope   Scope       `json:"scope"`
	Summary Summary     `json:"summary"`
	// Targets are the pods, the worst first.
	Targets []Target `json:"targets"`
	// Groups are the targets that share a root cause, the worst first.
	Groups []Group `json:"groups"`
	// Unknowns are the questions to which no answer came. They prove nothing; with them more might be said.
	Unknowns []Unknown `json:"unknowns"`
}

// Scope is which pods were asked for.
type Scope struct {
	// Namespace is empty when all of them were meant.
	Namespace string `json:"namespace"`
	// Names are what was named: web-0, deploy/web.
	Names         []string `json:"names,omitempty"`
	LabelSelector string   `json:"labelSelector,omitempty"`
	FieldSelector string   `json:"fieldSelector,omitempty"`
}

// Summary counts the targets by verdict, and what it cost to know.
type Summary struct {
	Targets     int `json:"targets"`
	Healthy     int `json:"healthy"`
	Progressing int `json:"progressing"`
	Degraded    int `json:"degraded"`
	Failing     int `json:"failing"`
	Unknown     int `json:"unknown"`
	// Requests and Bytes are what was asked of the API server; Rounds is how often questions were put.
	Requests int64 `json:"requests"`
	Bytes    int64 `json:"bytes"`
	Rounds   int   `json:"rounds"`
}

// Object names an object of the cluster.
type Object struct {
	APIVersion string `json:"apiVersion,omitempty"`
	Kind       string `json:"kind"`
	Namespace  string `json:"namespace,omitempty"`
	Name       string `json:"name"`
	UID        string `json:"uid,omitempty"`
}

// Target is one pod and what was found about it.
type Target struct {
	Object   Object   `json:"object"`
	Workload Workload `json:"workload"`
	Verdict  string   `json:"verdict" jsonschema:"enum=Healthy,enum=Progressing,enum=Degraded,enum=Failing,enum=Unknown"`
	// State is the pod's own state in a few words; it is absent when the pod is well.
	State string `json:"state,omitempty"`
	// Since is since when it has not been ready; Until is until when a pod that is on its way may still be so.
	Since *metav1.Time `json:"since,omitempty"`
	Until *metav1.Time `json:"until,omitempty"`
	// RootCause is null when nothing was found that is wrong.
	RootCause *RootCause `json:"rootCause" jsonschema:"nullable"`
	// Findings are ranked: the root cause first, then what it explains, then the rest.
	Findings []Finding `json:"findings"`
}

// Workload is what a user edits to change a pod: the pod itself when nothing owns it.
type Workload struct {
	Kind string `json:"kind"`
	Name string `json:"name"`
}

// RootCause is the finding at the end of the worst chain.
type RootCause struct {
	ID         string `json:"id"`
	Severity   string `json:"severity" jsonschema:"enum=error,enum=warning,enum=info"`
	Confidence string `json:"confidence" jsonschema:"enum=certain,enum=likely,enum=possible"`
	Summary    string `json:"summary"`
	Object     Object `json:"object"`
	Container  string `json:"container,omitempty"`
}

// Group is the pods of one workload that share a root cause.
type Group struct {
	// ID is that of the root cause.
	ID        string    `json:"id"`
	Namespace string    `json:"namespace"`
	Workload  Workload  `json:"workload"`
	RootCause RootCause `json:"rootCause"`
	// Targets are the names of the pods; Of is how many pods of the workload were looked at, and Others are the names of
	// those that do not share the cause.
	Targets []string `json:"targets"`
	Of      int      `json:"of"`
	Others  []string `json:"others"`
}
