package debug

import (
	"slices"
	"strings"

	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/input"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// entry is one answer of a file: to the question of an ask step, or what to do after a step.
type entry struct {
	Step   string        `json:"step"`
	Answer string        `json:"answer,omitempty"`
	Move   workflow.Verb `json:"move,omitempty"`
	To     string        `json:"to,omitempty"`
}

// answers stand in for a reader: a list in the order in which they are given. A step for which the next entry is not meant
// goes onward.
type answers struct {
	entries []entry
}

// readAnswers reads a file of answers for a workflow.
func readAnswers(library Library, file string) (*answers, error) {
	data, err := library.read(file)
	if err == nil {
		given := &answers{}
		if err = yaml.UnmarshalStrict(data, &given.entries); err == nil {
			return given, nil
		}
	}
	return nil, input.Explain(err, "debug.answers", message.Args{"File": file})
}

// moves are what an entry can say; offers are for persons only.
func moves() []string {
	return []string{string(workflow.Again), string(workflow.Back), string(workflow.Jump), string(workflow.Skip), string(workflow.Quit)}
}

// check finds what can never come up.
func (a *answers) check(w *workflow.Workflow) error {
	for _, entry := range a.entries {
		step := w.Step(entry.Step)
		if step == nil {
			return message.Errorf(nil, "debug.answer-unused", message.Args{"Step": entry.Step})
		}
		if entry.Answer == "" && !slices.Contains(moves(), string(entry.Move)) {
			return message.Errorf(nil, "debug.answer-wrong", message.Args{
				"Step": entry.Step, "Answer": string(entry.Move), "Answers": strings.Join(moves(), ", "),
			})
		}
	}
	return nil
}

// next takes the next entry when it is for this step, and an answer or a move as asked for.
func (a *answers) next(step string, answer bool) (entry, bool) {
	if len(a.entries) == 0 || a.entries[0].Step != step || (a.entries[0].Answer != "") != answer {
		return entry{}, false
	}
	given := a.entries[0]
	a.entries = a.entries[1:]
	return given, true
}

// move is what to do after a step.
func (a *answers) move(step string) workflow.Answer {
	if given, ok := a.next(step, false); ok {
		return workflow.Answer{Verb: given.Move, ID: given.To}
	}
	return workflow.Answer{Verb: workflow.Onward}
}

// value is the answer to an ask step, "" when the file has none.
func (a *answers) value(step *workflow.Step) (string, error) {
	given, ok := a.next(step.ID, true)
	if !ok {
		return "", nil
	}
	var values []string
	for _, option := range step.Ask.Options {
		values = append(values, option.Value)
	}
	if len(values) > 0 && !slices.Contains(values, given.Answer) {
		return "", message.Errorf(nil, "debug.answer-wrong", message.Args{
			"Step": step.ID, "Answer": given.Answer, "Answers": strings.Join(values, ", "),
		})
	}
	return given.Answer, nil
}

// unused is an error when an answer was never asked for.
func (a *answers) unused() error {
	if a == nil || len(a.entries) == 0 {
		return nil
	}
	return message.Errorf(nil, "debug.answer-unused", message.Args{"Step": a.entries[0].Step})
}
