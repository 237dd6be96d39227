package workflow_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// branching is a workflow with every kind of turn: a branch out, a branch over a step, an offer with a need.
const branching = `
apiVersion: podkit.dev/v1alpha1
kind: Workflow
name: branching
title: t
summary: s
steps:
  - {id: find, title: t, purpose: p, action: get, means: [{say: m}], next: [{when: [failed], to: end}, {when: [broken], to: repair}]}
  - {id: look, title: t, purpose: p, action: get, means: [{say: m}], next: [{to: part}]}
  - {id: repair, title: t, purpose: p, action: get, means: [{say: m}]}
  - id: part
    title: t
    purpose: p
    action: get
    needs: [{when: [running], else: not-running}, {when: ["!locked"], else: is-locked}]
    means: [{say: always}, {when: [done, found], say: found-it}, {when: [skipped], say: was-skipped}]
    offers:
      - {id: shell, label: l, hint: h, action: shell, needs: [running]}
      - {id: watch, label: l, hint: h, action: watch}
`

func parse(t *testing.T, document string) *workflow.Workflow {
	t.Helper()
	w, err := workflow.Parse([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// at returns a state that has reached a step with a status and facts.
func at(step string, status workflow.Status, facts ...string) workflow.State {
	return workflow.State{}.Reached(step, workflow.Outcome{Status: status, Facts: facts}, nil)
}

func TestNext(t *testing.T) {
	w := parse(t, branching)
	running := workflow.State{}.Reached("part", workflow.Outcome{Status: workflow.Done}, []string{"running"})
	tests := map[string]struct {
		state     workflow.State
		answer    workflow.Answer
		wantStep  string
		wantOffer string
		wantErr   bool
	}{
		"start":                        {answer: workflow.Answer{Verb: workflow.Onward}, wantStep: "find"},
		"the step below":               {state: at("find", workflow.Done), answer: workflow.Answer{Verb: workflow.Onward}, wantStep: "look"},
		"a branch over a step":         {state: at("find", workflow.Done, "broken"), answer: workflow.Answer{Verb: workflow.Onward}, wantStep: "repair"},
		"the first branch wins":        {state: at("find", workflow.Failed, "broken"), answer: workflow.Answer{Verb: workflow.Onward}},
		"a branch without a condition": {state: at("look", workflow.Done), answer: workflow.Answer{Verb: workflow.Onward}, wantStep: "part"},
		"past the last step":           {state: at("part", workflow.Done), answer: workflow.Answer{Verb: workflow.Onward}},
		"again":                        {state: at("look", workflow.Failed), answer: workflow.Answer{Verb: workflow.Again}, wantStep: "look"},
		"again before the start":       {answer: workflow.Answer{Verb: workflow.Again}, wantErr: true},
		"jump":                         {state: at("find", workflow.Failed), answer: workflow.Answer{Verb: workflow.Jump, ID: "repair"}, wantStep: "repair"},
		"jump to nowhere":              {state: at("find", workflow.Done), answer: workflow.Answer{Verb: workflow.Jump, ID: "moon"}, wantErr: true},
		"quit":                         {state: at("find", workflow.Done), answer: workflow.Answer{Verb: workflow.Quit}},
		"an offer":                     {state: running, answer: workflow.Answer{Verb: workflow.Take, ID: "shell"}, wantOffer: "shell"},
		"an offer whose need is unmet": {state: at("part", workflow.Done), answer: workflow.Answer{Verb: workflow.Take, ID: "shell"}, wantErr: true},
		"an offer of another step":     {state: at("find", workflow.Done), answer: workflow.Answer{Verb: workflow.Take, ID: "shell"}, wantErr: true},
		"an unknown verb":              {state: at("find", workflow.Done), answer: workflow.Answer{Verb: "dance"}, wantErr: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			move, err := w.Next(test.state, test.answer)
			if (err != nil) != test.wantErr {
				t.Fatalf("error %v, want one: %v", err, test.wantErr)
			}
			var step, offer string
			if move.Step != nil {
				step = move.Step.ID
			}
			if move.Offer != nil {
				offer = move.Offer.ID
			}
			if step != test.wantStep || offer != test.wantOffer {
				t.Errorf("got step %q, offer %q; want %q, %q", step, offer, test.wantStep, test.wantOffer)
			}
			if move.IsEnd() != (test.wantStep == "" && test.wantOffer == "") {
				t.Errorf("IsEnd says %v", move.IsEnd())
			}
		})
	}
}

func TestChoices(t *testing.T) {
	w := parse(t, branching)
	part := workflow.State{}.Reached("part", workflow.Outcome{Status: workflow.Done}, []string{"running"})
	tests := map[string]struct {
		state workflow.State
		want  []workflow.Answer
	}{
		"onward first": {
			state: at("find", workflow.Done, "broken"),
			want: []workflow.Answer{
				{Verb: workflow.Onward, ID: "repair"},
				{Verb: workflow.Again, ID: "find"},
				{Verb: workflow.Jump, ID: "look"},
				{Verb: workflow.Jump, ID: "part"},
				{Verb: workflow.Quit},
			},
		},
		"a fresh offer comes before the end": {
			state: part,
			want: []workflow.Answer{
				{Verb: workflow.Take, ID: "shell"},
				{Verb: workflow.Take, ID: "watch"},
				{Verb: workflow.Quit},
				{Verb: workflow.Again, ID: "part"},
				{Verb: workflow.Jump, ID: "find"},
				{Verb: workflow.Jump, ID: "look"},
				{Verb: workflow.Jump, ID: "repair"},
			},
		},
		"a taken offer comes after it": {
			state: part.Took("shell").Took("watch").Took("shell"),
			want: []workflow.Answer{
				{Verb: workflow.Quit},
				{Verb: workflow.Take, ID: "shell"},
				{Verb: workflow.Take, ID: "watch"},
				{Verb: workflow.Again, ID: "part"},
				{Verb: workflow.Jump, ID: "find"},
				{Verb: workflow.Jump, ID: "look"},
				{Verb: workflow.Jump, ID: "repair"},
			},
		},
		"an offer whose need is unmet is not made": {
			state: at("part", workflow.Skipped).Took("watch"),
			want: []workflow.Answer{
				{Verb: workflow.Quit},
				{Verb: workflow.Take, ID: "watch"},
				{Verb: workflow.Again, ID: "part"},
				{Verb: workflow.Jump, ID: "find"},
				{Verb: workflow.Jump, ID: "look"},
				{Verb: workflow.Jump, ID: "repair"},
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := w.Choices(test.state)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("choices (-want +got):\n%s", diff)
			}
			for _, answer := range got {
				if _, err := w.Next(test.state, answer); err != nil {
					t.Errorf("choice %v cannot be taken: %v", answer, err)
				}
			}
		})
	}
}

func TestUnmetAndMeaning(t *testing.T) {
	step := parse(t, branching).Step("part")
	tests := map[string]struct {
		about       []string
		outcome     workflow.Outcome
		wantUnmet   string
		wantMeaning []string
	}{
		"nothing known":   {wantUnmet: "not-running", wantMeaning: []string{"always"}},
		"an unwanted one": {about: []string{"running", "locked"}, wantUnmet: "is-locked", wantMeaning: []string{"always"}},
		"all met":         {about: []string{"running"}, wantMeaning: []string{"always"}},
		"done and found":  {about: []string{"running"}, outcome: workflow.Outcome{Status: workflow.Done, Facts: []string{"found"}}, wantMeaning: []string{"always", "found-it"}},
		"failed, found":   {about: []string{"running"}, outcome: workflow.Outcome{Status: workflow.Failed, Facts: []string{"found"}}, wantMeaning: []string{"always"}},
		"skipped":         {outcome: workflow.Outcome{Status: workflow.Skipped}, wantUnmet: "not-running", wantMeaning: []string{"always", "was-skipped"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			state := workflow.State{}.Reached("part", test.outcome, test.about)
			if got := state.Unmet(step); got != test.wantUnmet {
				t.Errorf("unmet: got %q, want %q", got, test.wantUnmet)
			}
			if diff := cmp.Diff(test.wantMeaning, state.Meaning(step)); diff != "" {
				t.Errorf("meaning (-want +got):\n%s", diff)
			}
		})
	}
}

// A recorded run must be replayable, so reaching a step may not change the state it was reached from.
func TestStateIsAValue(t *testing.T) {
	first := at("find", workflow.Done, "broken").Took("shell")
	again := first.Reached("find", workflow.Outcome{Status: workflow.Failed}, []string{"running"}).Took("watch")
	want := workflow.State{
		At: "find", Taken: []string{"shell"},
		Outcomes: map[string]workflow.Outcome{"find": {Status: workflow.Done, Facts: []string{"broken"}}},
	}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Errorf("the earlier state changed (-want +got):\n%s", diff)
	}
	if got := again.Outcomes["find"].Status; got != workflow.Failed {
		t.Errorf("the later state says %q", got)
	}
}
