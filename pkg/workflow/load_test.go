package workflow_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

func TestLoadEveryName(t *testing.T) {
	names := workflow.Names()
	if len(names) == 0 {
		t.Fatal("there are no workflows")
	}
	for _, name := range names {
		w, err := workflow.Load(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if w.Name != name {
			t.Errorf("the file %s.yaml holds a workflow called %q", name, w.Name)
		}
	}
}

func TestLoadUnknownNameListsThoseThereAre(t *testing.T) {
	_, err := workflow.Load("../secrets")
	if err == nil || !strings.Contains(err.Error(), "explore") {
		t.Errorf("got %v", err)
	}
}

func TestParseRefuses(t *testing.T) {
	tests := map[string]struct{ document, want string }{
		"a field that no workflow has": {"apiVersion: podkit.dev/v1alpha1\nkind: Workflow\nrun: rm", "run"},
		"another type of document":     {"apiVersion: v1\nkind: Pod", "apiVersion: podkit.dev/v1alpha1"},
		"a workflow without steps":     {"apiVersion: podkit.dev/v1alpha1\nkind: Workflow\nname: empty", "no steps"},
		"no YAML":                      {"{", "reading a workflow"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := workflow.Parse([]byte(test.document)); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}

func TestValidate(t *testing.T) {
	words := workflow.Vocabulary{
		Actions: map[string]workflow.Action{"get": {Params: []string{"path"}, Facts: []string{"found", "broken"}}},
		Offers:  []string{"shell", "watch"},
		About:   []string{"running", "locked"},
		Message: func(id string) error {
			if id == "unknown" {
				return errors.New("no message unknown")
			}
			return nil
		},
	}
	if err := parse(t, branching).Validate(words); err != nil {
		t.Errorf("a good workflow is refused: %v", err)
	}
	tests := map[string]struct{ old, new, want string }{
		"unknown action":          {"id: look, title: t, purpose: p, action: get", "id: look, title: t, purpose: p, action: fly", `no action "fly"`},
		"unknown parameter":       {"id: look, title: t", "id: look, with: {speed: high}, title: t", `takes no "speed"`},
		"unknown message":         {"say: was-skipped", "say: unknown", "no message unknown"},
		"unknown title":           {"title: t\nsummary", "title: unknown\nsummary", "no message unknown"},
		"unknown fact":            {"when: [broken]", "when: [cracked]", `nobody can know "cracked"`},
		"own fact before the act": {`when: ["!locked"]`, "when: [found]", `nobody can know "found"`},
		"branch to nowhere":       {"to: repair", "to: moon", `no step "moon"`},
		"unreachable step":        {"{when: [broken], to: repair}", "{when: [broken], to: part}", `no way leads to step "repair"`},
		"offer of nothing":        {"action: watch", "action: get", `offers "get"`},
		"id taken":                {"id: look", "id: find", `step id "find"`},
		"id reserved":             {"id: look", "id: end", `step id "end"`},
		"no meaning":              {"means: [{say: m}], next: [{to: part}]", "means: [], next: [{to: part}]", "nothing says"},
		"bad name":                {"name: branching", "name: Branching Out", "lower-case"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(branching, test.old) {
				t.Fatalf("the good workflow does not hold %q", test.old)
			}
			err := parse(t, strings.Replace(branching, test.old, test.new, 1)).Validate(words)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}
