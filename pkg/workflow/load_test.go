package workflow_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

func TestLoadUnknownNameListsThoseThereAre(t *testing.T) {
	_, err := workflow.Load("../secrets", words())
	if err == nil || !strings.Contains(err.Error(), "explore") {
		t.Errorf("got %v", err)
	}
}

// Each problem has the place of what is wrong.
func TestParseRefuses(t *testing.T) {
	const head = "apiVersion: podkit.dev/v1alpha1\nkind: Workflow\n"
	tests := map[string]struct{ document, want string }{
		"a field that no workflow has": {head + "run: rm", "3:1: there is no field run here"},
		"another type of document":     {"apiVersion: v1\nkind: Pod", "1:13: write apiVersion: podkit.dev/v1alpha1"},
		"a workflow without steps":     {head + "name: empty", "1:1: there are no steps"},
		"no YAML":                      {head + "name: [", "this is not YAML"},
		"two documents":                {head + "---\nx: y", "there is a second document"},
		"a list for a mapping":         {"- a", "1:1: the document must be a mapping"},
		"nothing":                      {"", "1:1: this is not YAML"},
		"a field twice":                {head + "name: a\nname: b", "4:1: name is given twice"},
		"a huge document":              {"#" + strings.Repeat(" ", 1<<20), "larger than 1 MiB"},
		"a text in one language":       {head + "title: {en: t}", "3:8: title has no text in zh"},
		"a text in no language":        {head + "title: t", "3:8: title must be a mapping"},
		"a priority in words":          {head + "priority: high", "3:11: priority must be a whole number"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := workflow.Parse([]byte(test.document), words())
			var problems workflow.Problems
			if !errors.As(err, &problems) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}

// A good workflow of which one thing is changed, and what is said then; the place is that of the change.
func TestLint(t *testing.T) {
	tests := map[string]struct{ old, new, want string }{
		"unknown action":           {"action: get\n    means", "action: fly\n    means", `no action "fly"; there are ask, get`},
		"unknown parameter":        {"with: {path", "with: {speed", `takes no "speed"`},
		"unknown fact":             {`'"broken" in facts'`, `'"cracked" in facts'`, `16:58: nobody can know "cracked" here`},
		"own fact before the act":  {`'!("locked" in facts)'`, `'"found" in facts'`, `nobody can know "found"`},
		"a fact of another step":   {`steps.find.status == "failed"`, `"lost" in steps.find.facts`, `nobody can know "lost"`},
		"unknown family":           {`root.family == "crash"`, `root.family == "crahs"`, `7:22: nobody can know "crahs" here; there are crash, image`},
		"unknown family in a list": {`root.family == "crash"`, `root.family in ["image", "oom"]`, `nobody can know "oom"`},
		"unknown verdict":          {`verdict != "Healthy"`, `verdict != "healthy"`, `nobody can know "healthy"`},
		"unknown status":           {`steps.find.status == "failed"`, `steps.find.status == "dead"`, `nobody can know "dead"`},
		"unknown step":             {`steps.find.status`, `steps.fond.status`, `nobody can know "steps.fond"`},
		"answer of no question":    {`answers.where`, `answers["find"]`, `nobody can know "answers.find" here; there are where`},
		"no CEL":                   {`root.family == "crash"`, `root.family = "crash"`, "7:19: this condition cannot be used"},
		"a field of no finding":    {`root.family == "crash"`, `root.famly == "crash"`, "undefined field 'famly'"},
		"no yes or no":             {`when: root.family == "crash" && verdict != "Healthy"`, `when: root.family`, "it is a string, not a bool"},
		"an empty condition":       {`'"running" in facts', else`, `'', else`, "it is empty"},
		"branch to nowhere":        {"to: repair", "to: moon", `no step "moon"; there are find, look, repair, part, where, and end`},
		"unreachable step":         {`'"broken" in facts', to: repair`, `'"broken" in facts', to: part`, "no way leads to step repair"},
		"offer of nothing":         {"action: watch", "action: get", `nothing called "get" can be offered`},
		"offer twice":              {"{id: watch", "{id: shell", `the id "shell"`},
		"id taken":                 {"id: look", "id: find", `the id "find"`},
		"id reserved":              {"id: look", "id: end", `the id "end"`},
		"no meaning":               {"means: [{say: {en: m, zh: 义}}], next: [{to: part}]", "means: [], next: [{to: part}]", "nothing says what the result of step look means"},
		"bad name":                 {"name: branching", "name: Branching Out", "lower-case"},
		"no template":              {"{en: always,", "{en: \"{{.Pod\",", "this text is no template"},
		"a loop":                   {"{en: always,", "{en: \"{{range 1000000000}}x{{end}}\",", "is not allowed"},
		"a function":               {"{en: always,", "{en: \"{{printf .Pod}}\",", "printf is not allowed"},
		"unknown argument":         {"{en: always, zh: 总是}", "{en: \"{{.Secret}}\", zh: \"{{.Secret}}\"}", "nothing called Secret can be said here; there are Answers.where, Count, Pod, Root.Container"},
		"unknown answer":           {"{{.Answers.where}}", "{{.Answers.part}}", "nothing called Answers.part"},
		"argument of another step": {"fits: {en: \"{{.Root.Container}} dies\", zh: \"{{.Root.Container}} 崩溃\"}", "fits: {en: \"{{.Count}}\", zh: \"{{.Count}}\"}", "nothing called Count"},
		"twins that differ":        {"{en: always,", "{en: \"{{.Pod}}\",", "English uses Pod, Chinese nothing"},
		"a missing language":       {"{en: not running, zh: 没有运行}", "{en: not running}", "steps[3].needs[0].else has no text in zh"},
		"when without fits":        {"fits: {en: \"{{.Root.Container}} dies\", zh: \"{{.Root.Container}} 崩溃\"}\n", "", "it needs fits"},
		"consent that lowers":      {`with: {path: "/{{.Answers.where}}"}`, "with: {path: /admin}\n    consent: read-only", "action get is active with these parameters"},
		"consent of no class":      {"action: ask", "action: ask\n    consent: none", `consent "none" is none of`},
		"a default of no option":   {"default: in}", "default: around}", `the default "around" must be one of the options`},
		"an option twice":          {"value: out", "value: in", `the value "in" is empty, or taken`},
		"a question of no asker":   {"action: ask", "action: get", "only a step with action: ask"},
		"no question":              {"    ask: {options: [{value: in, label: {en: inside, zh: 里面}}, {value: out, label: {en: outside, zh: 外面}}], default: in}\n", "", "an ask step needs its question"},
		"unknown field":            {"    action: ask", "    action: ask\n    timeout: 3", "there is no field timeout here"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(branching, test.old) {
				t.Fatalf("the good workflow does not hold %q", test.old)
			}
			_, err := workflow.Parse([]byte(strings.Replace(branching, test.old, test.new, 1)), words())
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}

// A condition that would cost much is cut off, and does not hold.
func TestConditionsAreBounded(t *testing.T) {
	const dear = `facts.all(a, facts.all(b, facts.all(c, facts.all(d, a + b + c + d != "x"))))`
	w := parse(t, strings.Replace(branching, `root.family == "crash" && verdict != "Healthy"`, "'"+dear+"'", 1))
	about := make([]string, 60)
	if w.Holds(w.When, workflow.State{About: about}, "") {
		t.Error("a condition of millions of comparisons was evaluated to its end")
	}
	if !w.Holds(w.When, workflow.State{About: about[:3]}, "") {
		t.Error("the same condition over little does not hold")
	}
}

// Conditions see the diagnosis.
func TestConditionsSeeTheCase(t *testing.T) {
	found := workflow.Case{
		Verdict: "Failing", Root: workflow.Finding{
			ID: "oom-killed", Family: "crash", Object: workflow.Object{Namespace: "shop"}, Args: map[string]string{"Limit": "64Mi"}, Symptoms: []string{"restarts-high"},
		},
		Findings: []workflow.Finding{{ID: "oom-killed"}, {ID: "restarts-high", Severity: "warning"}},
		Target:   workflow.Target{Kind: "owner", Namespace: "shop", Pods: 3},
	}
	for condition, want := range map[string]bool{
		`root.family == "crash" && verdict == "Failing"`:                                  true,
		`root.args.Limit == "64Mi" && root.object.namespace == target.namespace`:          true,
		`root.args.Missing == "64Mi"`:                                                     false,
		`"restarts-high" in root.symptoms && findings.exists(f, f.severity == "warning")`: true,
		`target.pods == 3 && target.kind == "owner" && size(findings) == 2`:               true,
		`steps.look.status == "" && answers.where == "" && !("running" in facts)`:         true,
	} {
		w, err := workflow.Parse([]byte(strings.Replace(branching, `root.family == "crash" && verdict != "Healthy"`, "'"+condition+"'", 1)), workflow.Vocabulary{
			Actions: words().Actions, Offers: words().Offers, About: words().About, Args: words().Args,
		})
		if err != nil {
			t.Errorf("%s: %v", condition, err)
			continue
		}
		if got := w.Holds(w.When, workflow.State{}.Diagnosed(found), ""); got != want {
			t.Errorf("%s: got %v, want %v", condition, got, want)
		}
	}
}

// FuzzParse: whatever a file holds, it is refused with a place or can be run.
func FuzzParse(f *testing.F) {
	f.Add([]byte(branching))
	f.Add([]byte("steps: [{next: [{to: &a [*a]}]}]"))
	f.Add([]byte("title: &x {en: *x}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		w, err := workflow.Parse(data, words())
		var problems workflow.Problems
		if err != nil {
			if !errors.As(err, &problems) || len(problems) == 0 || problems[0].Line < 1 {
				t.Errorf("refused without a place: %v", err)
			}
			return
		}
		if _, err := w.Next(workflow.State{}, workflow.Answer{Verb: workflow.Onward}); err != nil {
			t.Error(err)
		}
	})
}
