package difference

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// The version and kind of the document that scripts read.
const (
	APIVersion = "podkit.dev/v1alpha1"
	Kind       = "Difference"
)

// Difference is all that changed. Its lists are sorted, and its texts are those of the cluster as they are.
type Difference struct {
	metav1.TypeMeta `json:",inline"`

	Before Moment `json:"before"`
	After  Moment `json:"after"`
	// Verdicts are the workloads that do otherwise than before.
	Verdicts []Verdict `json:"verdicts"`
	// Findings are those that came or went.
	Findings []Finding `json:"findings"`
	// Objects are those that came, went or changed.
	Objects  []Object  `json:"objects"`
	Images   []Image   `json:"images"`
	Restarts []Restart `json:"restarts"`
	// NotCompared are objects that one side has and the other does not cover, counted by kind and namespace.
	NotCompared []Uncovered `json:"notCompared"`
}

// Moment is one of the two snapshots.
type Moment struct {
	Name    string      `json:"name"`
	TakenAt metav1.Time `json:"takenAt"`
}

// Subject is a workload, or a pod that nobody owns.
type Subject struct {
	Namespace string `json:"namespace"`
	Kind      string `json:"kind"`
	Name      string `json:"name"`
}

// Verdict is how the worst pod of a workload did and does; it is empty where the workload has no pods.
type Verdict struct {
	Subject `json:",inline"`
	Before  string `json:"before"`
	After   string `json:"after"`
	// PodsBefore and PodsAfter are how many pods it had and has.
	PodsBefore int `json:"podsBefore"`
	PodsAfter  int `json:"podsAfter"`
}

// Change is what became of something.
type Change string

// The changes.
const (
	Came    Change = "came"
	Went    Change = "went"
	Changed Change = "changed"
	// Replaced: an object of the name is there, with another UID.
	Replaced Change = "replaced"
)

// Finding is one that came or went, of all pods of its workload.
type Finding struct {
	Subject   `json:",inline"`
	Change    Change `json:"change"`
	ID        string `json:"id"`
	Severity  string `json:"severity"`
	Container string `json:"container,omitempty"`
	// Root tells that it was the root cause of a pod.
	Root    bool   `json:"root"`
	Summary string `json:"summary"`
}

// Object is one that came, went or changed.
type Object struct {
	Change     Change `json:"change"`
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Namespace  string `json:"namespace,omitempty"`
	Name       string `json:"name"`
	// Fields are those that changed, in the order of their paths.
	Fields []Field `json:"fields,omitempty"`
}

// Field is a field with the value that it had and has, as JSON; nil is none.
type Field struct {
	Path   string  `json:"path"`
	Before *string `json:"before,omitempty"`
	After  *string `json:"after,omitempty"`
}

// Image is the digest that a workload's container runs, where it changed. Several of them are those of several pods.
type Image struct {
	Subject   `json:",inline"`
	Container string   `json:"container"`
	Before    []string `json:"before"`
	After     []string `json:"after"`
}

// Restart is a container that was restarted in between.
type Restart struct {
	Namespace string `json:"namespace"`
	Pod       string `json:"pod"`
	Container string `json:"container"`
	Before    int    `json:"before"`
	After     int    `json:"after"`
}

// Uncovered counts objects that could not be compared.
type Uncovered struct {
	Kind      string `json:"kind"`
	Namespace string `json:"namespace,omitempty"`
	Count     int    `json:"count"`
	// In is the snapshot that does not cover them: before or after.
	In string `json:"in"`
}

// None reports whether nothing changed.
func (d *Difference) None() bool {
	return len(d.Verdicts)+len(d.Findings)+len(d.Objects)+len(d.Images)+len(d.Restarts) == 0
}
