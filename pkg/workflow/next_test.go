package workflow_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// branching is a workflow with every kind of turn: a branch out, a branch over a step, an offer with a need, a question.
const branching = `
apiVersion: podkit.dev/v1alpha1
kind: Workflow
name: branching
title: {en: t, zh: 题}
summary: {en: s, zh: 述}
when: root.family == "crash" && verdict != "Healthy"
fits: {en: "{{.Root.Container}} dies", zh: "{{.Root.Container}} 崩溃"}
priority: 7
steps:
  - id: find
    title: {en: find, zh: 找}
    purpose: {en: p, zh: 目的}
    action: get
    means: [{say: {en: m, zh: 义}}]
    next: [{when: '"failed" in facts', to: end}, {when: '"broken" in facts', to: repair}]
  - {id: look, title: {en: look, zh: 看}, purpose: {en: p, zh: 目的}, action: get, means: [{say: {en: m, zh: 义}}], next: [{to: part}]}
  - {id: repair, title: {en: repair, zh: 修}, purpose: {en: p, zh: 目的}, action: get, means: [{say: {en: m, zh: 义}}]}
  - id: part
    title: {en: part, zh: 分}
    purpose: {en: p, zh: 目的}
    action: get
    with: {path: "/{{.Answers.where}}"}
    needs:
      - {when: '"running" in facts', else: {en: not running, zh: 没有运行}}
      - {when: '!("locked" in facts)', else: {en: is locked, zh: 已锁定}}
    means:
      - {say: {en: always, zh: 总是}}
      - {when: '"done" in facts && "found" in facts', say: {en: found it, zh: 找到了}}
      - {when: '"skipped" in facts', say: {en: was skipped, zh: 跳过了}}
    offers:
      - {id: shell, label: {en: l, zh: 标}, hint: {en: h, zh: 示}, action: shell, needs: '"running" in facts'}
      - {id: watch, label: {en: l, zh: 标}, hint: {en: h, zh: 示}, action: watch}
  - id: where
    title: {en: where, zh: 哪里}
    purpose: {en: p, zh: 目的}
    action: ask
    ask: {options: [{value: in, label: {en: inside, zh: 里面}}, {value: out, label: {en: outside, zh: 外面}}], default: in}
    next: [{when: 'answers.where == "out" || steps.find.status == "failed"', to: look}]
`

// words are what branching may speak of.
func words() workflow.Vocabulary {
	return workflow.Vocabulary{
		Actions: map[string]workflow.Action{"get": {
			Params: []string{"path"}, Facts: []string{"found", "broken"}, Args: []string{"Count"},
			Consent: func(params map[string]string) workflow.Consent {
				if params["path"] == "/admin" {
					return workflow.Active
				}
				return workflow.ReadOnly
			},
		}},
		Offers: []string{"shell", "watch"}, About: []string{"running", "locked"}, Args: []string{"Pod"},
		Values: map[string][]string{"family": {"crash", "image"}, "verdict": {"Healthy", "Failing"}},
	}
}

func parse(t *testing.T, document string) *workflow.Workflow {
	t.Helper()
	w, err := workflow.Parse([]byte(document), words())
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
		"past the last step":           {state: at("where", workflow.Done), answer: workflow.Answer{Verb: workflow.Onward}},
		"a branch on an answer":        {state: at("where", workflow.Done).Answered("where", "out"), answer: workflow.Answer{Verb: workflow.Onward}, wantStep: "look"},
		"a branch on another step":     {state: at("find", workflow.Failed).Reached("where", workflow.Outcome{Status: workflow.Done}, nil), answer: workflow.Answer{Verb: workflow.Onward}, wantStep: "look"},
		"skip":                         {state: at("find", workflow.Done), answer: workflow.Answer{Verb: workflow.Skip}, wantStep: "look"},
		"back":                         {state: at("find", workflow.Done).Reached("part", workflow.Outcome{}, nil), answer: workflow.Answer{Verb: workflow.Back}, wantStep: "find"},
		"back from the first":          {state: at("find", workflow.Done), answer: workflow.Answer{Verb: workflow.Back}, wantErr: true},
		"a step that is no more":       {state: at("gone", workflow.Done), answer: workflow.Answer{Verb: workflow.Onward}, wantErr: true},
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

// choices writes answers as VERB ID.
func choices(answers []workflow.Answer) (written []string) {
	for _, answer := range answers {
		written = append(written, string(answer.Verb)+" "+answer.ID)
	}
	return written
}

func TestChoices(t *testing.T) {
	w := parse(t, branching)
	part := at("find", workflow.Done).Reached("part", workflow.Outcome{Status: workflow.Done}, []string{"running"})
	tests := map[string]struct {
		state workflow.State
		want  []string
	}{
		"onward first": {
			state: at("find", workflow.Done, "broken"),
			want:  []string{"onward repair", "again find", "skip repair", "jump look", "jump part", "jump where", "quit "},
		},
		"a fresh offer comes after the way": {
			state: part,
			want:  []string{"onward where", "take shell", "take watch", "again part", "skip where", "back find", "jump look", "jump repair", "quit "},
		},
		"a taken offer comes after it": {
			state: part.Took("shell").Took("watch").Took("shell"),
			want:  []string{"onward where", "take shell", "take watch", "again part", "skip where", "back find", "jump look", "jump repair", "quit "},
		},
		"an offer whose need is unmet is not made": {
			state: at("part", workflow.Skipped).Took("watch"),
			want:  []string{"onward where", "take watch", "again part", "skip where", "jump find", "jump look", "jump repair", "quit "},
		},
		"the end first": {
			state: at("where", workflow.Done),
			want:  []string{"quit ", "again where", "jump find", "jump look", "jump repair", "jump part"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := w.Choices(test.state)
			if diff := cmp.Diff(test.want, choices(got)); diff != "" {
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
	w := parse(t, branching)
	step := w.Step("part")
	tests := map[string]struct {
		about       []string
		outcome     workflow.Outcome
		wantUnmet   string
		wantMeaning []string
	}{
		"nothing known":   {wantUnmet: "not running", wantMeaning: []string{"always"}},
		"an unwanted one": {about: []string{"running", "locked"}, wantUnmet: "is locked", wantMeaning: []string{"always"}},
		"all met":         {about: []string{"running"}, wantMeaning: []string{"always"}},
		"done and found":  {about: []string{"running"}, outcome: workflow.Outcome{Status: workflow.Done, Facts: []string{"found"}}, wantMeaning: []string{"always", "found it"}},
		"failed, found":   {about: []string{"running"}, outcome: workflow.Outcome{Status: workflow.Failed, Facts: []string{"found"}}, wantMeaning: []string{"always"}},
		"skipped":         {outcome: workflow.Outcome{Status: workflow.Skipped}, wantUnmet: "not running", wantMeaning: []string{"always", "was skipped"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			state := workflow.State{}.Reached("part", test.outcome, test.about)
			var unmet string
			if text := w.Unmet(state, step); text != nil {
				unmet = text.EN
			}
			if unmet != test.wantUnmet {
				t.Errorf("unmet: got %q, want %q", unmet, test.wantUnmet)
			}
			var meaning []string
			for _, text := range w.Meaning(state, step) {
				meaning = append(meaning, text.EN)
			}
			if diff := cmp.Diff(test.wantMeaning, meaning); diff != "" {
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
		At: "find", Way: []string{"find"}, Taken: []string{"shell"},
		Outcomes: map[string]workflow.Outcome{"find": {Status: workflow.Done, Facts: []string{"broken"}, Times: 1}},
	}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Errorf("the earlier state changed (-want +got):\n%s", diff)
	}
	if got := again.Outcomes["find"].Status; got != workflow.Failed {
		t.Errorf("the later state says %q", got)
	}
}

// The way is what Back goes along: it forgets what came after a step to which the reader returned.
func TestWay(t *testing.T) {
	state := workflow.State{}
	for _, step := range []string{"find", "look", "part", "look", "where"} {
		state = state.Reached(step, workflow.Outcome{Status: workflow.Done}, nil)
	}
	if diff := cmp.Diff([]string{"find", "look", "where"}, state.Way); diff != "" {
		t.Errorf("the way (-want +got):\n%s", diff)
	}
}

func TestSay(t *testing.T) {
	w := parse(t, branching)
	args := message.Args{"Root": map[string]string{"Container": "app"}, "Answers": map[string]string{"where": "out"}}
	for language, want := range map[message.Language]string{message.English: "app dies", message.Chinese: "app 崩溃"} {
		if got := w.Say(*w.Fits, language, args); got != want {
			t.Errorf("%s: got %q, want %q", language, got, want)
		}
	}
	if diff := cmp.Diff(map[string]string{"path": "/out"}, w.Params(w.Step("part"), args)); diff != "" {
		t.Errorf("parameters (-want +got):\n%s", diff)
	}
}

func TestConsentIsRaisedNeverLowered(t *testing.T) {
	action := words().Actions["get"]
	tests := map[string]struct {
		step workflow.Consent
		path string
		want workflow.Consent
	}{
		"as the action says":   {want: workflow.ReadOnly},
		"raised":               {step: workflow.Changes, want: workflow.Changes},
		"by the parameters":    {path: "/admin", want: workflow.Active},
		"not lowered":          {step: workflow.ReadOnly, path: "/admin", want: workflow.Active},
		"an unknown class":     {step: "none", want: "none"},
		"active to read-only?": {step: workflow.Active, path: "/admin", want: workflow.Active},
	}
	for name, test := range tests {
		step := workflow.Step{Consent: test.step}
		if got := step.Class(action, map[string]string{"path": test.path}); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
	if !workflow.Consent("none").Exceeds(workflow.Changes) {
		t.Error("an unknown class does not exceed all")
	}
}

// Whatever a reader answers and whatever the steps bring, the run stays in the machine; it can be written down at any point
// and goes on in the same way; and the workflow's own way always comes to an end.
func TestAnyRunStaysInTheMachine(t *testing.T) {
	w := parse(t, branching)
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		state := workflow.State{}
		answer := workflow.Answer{Verb: workflow.Onward}
		for range 40 {
			move, err := w.Next(state, answer)
			if err != nil {
				t.Fatalf("%+v after %+v: %v", answer, state, err)
			}
			if move.IsEnd() {
				break
			}
			state = outcome(state, move, random)
			if written := rewritten(t, state); !cmp.Equal(choices(w.Choices(state)), choices(w.Choices(written))) {
				t.Fatalf("written down, the run goes on differently: %+v", state)
			}
			offered := w.Choices(state)
			answer = offered[random.IntN(len(offered))]
		}
		steps := 0
		for answer = (workflow.Answer{Verb: workflow.Onward}); ; steps++ {
			move, err := w.Next(state, answer)
			if err != nil || steps > 200 {
				t.Fatalf("without a reader the run does not end: %v, %+v", err, state)
			}
			if move.IsEnd() {
				break
			}
			state = outcome(state, move, random)
		}
	}
}

// outcome makes a move with a result by chance.
func outcome(state workflow.State, move workflow.Move, random *rand.Rand) workflow.State {
	if move.Offer != nil {
		return state.Took(move.Offer.ID)
	}
	statuses := []workflow.Status{workflow.Done, workflow.Failed, workflow.Skipped}
	result := workflow.Outcome{Status: statuses[random.IntN(3)]}
	if random.IntN(2) == 0 {
		result.Facts = []string{"broken"}
	}
	if move.Step.Ask != nil {
		state = state.Answered(move.Step.ID, "out")
	}
	return state.Reached(move.Step.ID, result, []string{"running"})
}

// rewritten is a state as it is after it was written down and read again.
func rewritten(t *testing.T, state workflow.State) (read workflow.State) {
	t.Helper()
	data, err := json.Marshal(state)
	if err == nil {
		err = json.Unmarshal(data, &read)
	}
	if err != nil {
		t.Fatal(err)
	}
	return read
}
