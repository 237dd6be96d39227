package causes_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
)

func TestEntriesKnowTheirPlace(t *testing.T) {
	root := diagnosis.Cause{ID: "root", Severity: diagnosis.Error, Explains: []string{"symptom", diagnosis.Unexplained}}
	second := diagnosis.Cause{ID: "second", Severity: diagnosis.Warning, Explains: []string{"symptom"}}
	symptom := diagnosis.Cause{ID: "symptom", Severity: diagnosis.Info}
	families := []causes.Family{
		{Name: "one", Rules: []diagnosis.Rule{{Causes: []diagnosis.Cause{symptom, root}}, {Causes: []diagnosis.Cause{second}}}},
		{Name: "none"},
		{Name: "two", Rules: []diagnosis.Rule{{Causes: []diagnosis.Cause{{ID: "alone", Severity: diagnosis.Error}}}}},
	}
	want := []causes.Entry{
		{Cause: symptom, Family: "one", ExplainedBy: []string{"root", "second"}},
		{Cause: root, Family: "one"},
		{Cause: second, Family: "one"},
		{Cause: diagnosis.Cause{ID: "alone", Severity: diagnosis.Error}, Family: "two"},
		{Cause: diagnosis.Cause{ID: diagnosis.Unexplained, Severity: diagnosis.Error}, Family: causes.Other, ExplainedBy: []string{"root"}},
	}
	if diff := cmp.Diff(want, causes.Entries(families)); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
}

// TestEntriesAreTheCauses: what is listed is what the engine may say, in its order.
func TestEntriesAreTheCauses(t *testing.T) {
	var want, got []string
	for _, cause := range diagnosis.Causes(causes.All()) {
		want = append(want, cause.ID)
	}
	for _, entry := range causes.Entries(causes.Families()) {
		got = append(got, entry.ID)
		checkText(t, "family."+entry.Family)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("causes and entries (-causes +entries):\n%s", diff)
	}
}

// TestNoCauseExplainsItself: following what causes explain comes to an end, so that every chain has a root.
func TestNoCauseExplainsItself(t *testing.T) {
	explains := map[string][]string{}
	for _, cause := range diagnosis.Causes(causes.All()) {
		explains[cause.ID] = cause.Explains
	}
	done := map[string]bool{}
	var walk func(path []string, id string)
	walk = func(path []string, id string) {
		if at := slices.Index(path, id); at >= 0 {
			t.Errorf("causes in a circle: %s → %s", strings.Join(path[at:], " → "), id)
			return
		}
		if done[id] {
			return
		}
		for _, symptom := range explains[id] {
			walk(append(slices.Clone(path), id), symptom)
		}
		done[id] = true
	}
	for id := range explains {
		walk(nil, id)
	}
}
