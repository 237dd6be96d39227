package workflow

import (
	"reflect"
	"sync"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/ext"
)

// Condition is a CEL expression over what is known; the empty condition holds. One that cannot be evaluated, since it
// asks for an argument that a finding does not have, say, does not hold.
type Condition string

// The limits of a condition. The cost of one over all findings of a large case is a few thousand.
const (
	conditionLimit = 2000
	costLimit      = 100_000
)

// environment is what conditions may speak of. It holds no state, and is made once, since that takes a millisecond.
var environment = sync.OnceValues(func() (*cel.Env, error) {
	object := func(of reflect.Type) *cel.Type { return cel.ObjectType("workflow." + of.Name()) }
	finding, target, outcome := reflect.TypeFor[Finding](), reflect.TypeFor[Target](), reflect.TypeFor[Outcome]()
	return cel.NewEnv(
		ext.NativeTypes(ext.ParseStructTag("json"), finding, target, outcome),
		cel.ParserExpressionSizeLimit(conditionLimit),
		cel.Variable("facts", cel.ListType(cel.StringType)),
		cel.Variable("steps", cel.MapType(cel.StringType, object(outcome))),
		cel.Variable("answers", cel.MapType(cel.StringType, cel.StringType)),
		cel.Variable("verdict", cel.StringType),
		cel.Variable("root", object(finding)),
		cel.Variable("findings", cel.ListType(object(finding))),
		cel.Variable("target", object(target)),
	)
})

// fault is what is wrong with a condition, and where in it: the line counts from 1, the column from 0.
type fault struct {
	line, column int
	text         string
}

// compileCondition compiles a condition.
func compileCondition(condition Condition) (cel.Program, *cel.Ast, []fault) {
	env, err := environment()
	if err != nil {
		return nil, nil, []fault{{1, 0, err.Error()}}
	}
	ast, issues := env.Compile(string(condition))
	if issues.Err() != nil {
		var faults []fault
		for _, issue := range issues.Errors() {
			faults = append(faults, fault{issue.Location.Line(), issue.Location.Column(), issue.Message})
		}
		return nil, nil, faults
	}
	if ast.OutputType() != cel.BoolType {
		return nil, nil, []fault{{1, 0, "it is a " + ast.OutputType().String() + ", not a bool"}}
	}
	program, err := env.Program(ast, cel.CostLimit(costLimit), cel.EvalOptions(cel.OptOptimize))
	if err != nil {
		return nil, nil, []fault{{1, 0, err.Error()}}
	}
	return program, ast, nil
}

// Holds reports whether a condition of the workflow holds in a state, at a step; "" is no step.
func (w *Workflow) Holds(condition Condition, state State, step string) bool {
	if condition == "" {
		return true
	}
	program := w.conditions[condition]
	if program == nil {
		return false
	}
	value, _, err := program.Eval(w.known(state, step))
	return err == nil && value == types.True
}

// known is what conditions see.
func (w *Workflow) known(state State, step string) map[string]any {
	outcome := state.Outcomes[step]
	facts := append([]string{}, state.About...)
	facts = append(facts, outcome.Facts...)
	if outcome.Status != "" {
		facts = append(facts, string(outcome.Status))
	}
	steps, answers := map[string]Outcome{}, map[string]string{}
	for i := range w.Steps {
		steps[w.Steps[i].ID] = state.Outcomes[w.Steps[i].ID]
		answers[w.Steps[i].ID] = state.Answers[w.Steps[i].ID]
	}
	return map[string]any{
		"facts": facts, "steps": steps, "answers": answers, "verdict": state.Case.Verdict, "root": state.Case.Root,
		"findings": state.Case.Findings, "target": state.Case.Target,
	}
}
