package gallery

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Answer is what the gallery reads of `kubectl podkit diagnose -o json`.
type Answer struct {
	// Targets are the Pods, the worst first.
	Targets []Target `json:"targets"`
	// Groups are the replicas that share a root cause.
	Groups []struct {
		RootCause Finding  `json:"rootCause"`
		Targets   []string `json:"targets"`
	} `json:"groups"`
}

// Target is one Pod and what was found about it. RootCause repeats one of the
// findings without its evidence; it is nil when there is none.
type Target struct {
	Object    Object    `json:"object"`
	Verdict   string    `json:"verdict"`
	RootCause *Finding  `json:"rootCause"`
	Findings  []Finding `json:"findings"`
}

// Object names an object of the cluster.
type Object struct {
	Kind string `json:"kind"`
	Name string `json:"name"`
}

// Finding is one cause or symptom, and its proof.
type Finding struct {
	ID        string `json:"id"`
	Severity  string `json:"severity"`
	Title     string `json:"title"`
	Summary   string `json:"summary"`
	Container string `json:"container"`
	Object    Object `json:"object"`
	Evidence  []any  `json:"evidence"`
}

// Read decodes what podkit printed.
func Read(text []byte) (Answer, error) {
	var answer Answer
	if err := json.Unmarshal(text, &answer); err != nil {
		return Answer{}, fmt.Errorf("reading the diagnosis: %w", err)
	}
	return answer, nil
}

// Root is the id of the worst Pod's root cause, or None.
func (a Answer) Root() string {
	if len(a.Targets) == 0 || a.Targets[0].RootCause == nil {
		return None
	}
	return a.Targets[0].RootCause.ID
}

// Verdict is that of the worst Pod, or None when there is no Pod.
func (a Answer) Verdict() string {
	if len(a.Targets) == 0 {
		return None
	}
	return a.Targets[0].Verdict
}

// root is the root cause as it stands among the findings, with its evidence.
func (t Target) root() *Finding {
	if t.RootCause == nil {
		return nil
	}
	for i, f := range t.Findings {
		if f.ID == t.RootCause.ID && f.Container == t.RootCause.Container && f.Object == t.RootCause.Object {
			return &t.Findings[i]
		}
	}
	return t.RootCause
}

// has tells whether a finding of an id is there.
func (t Target) has(id string) bool {
	return slices.ContainsFunc(t.Findings, func(f Finding) bool { return f.ID == id })
}

// words are all that a finding says, its evidence included; names of objects are
// left out, since the gallery's Pods are called after causes.
func (f Finding) words() string {
	return strings.Join(append([]string{f.ID, f.Title, f.Summary}, said(f.Evidence)...), "\n")
}

// said gathers the strings of a decoded document, but those that name an object.
func said(value any) []string {
	var all []string
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		for _, item := range v {
			all = append(all, said(item)...)
		}
	case map[string]any:
		for key, item := range v {
			if key != "object" {
				all = append(all, said(item)...)
			}
		}
	}
	return all
}
