package workflow

import (
	"slices"
	"strings"

	"github.com/google/cel-go/common/ast"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// condition compiles a condition and checks that what it names is there. facts are those that can be known here.
func (l *linter) condition(path string, condition Condition, facts []string) {
	if condition == "" {
		if _, written := l.places[path]; written {
			l.fail(path, "workflow.lint.condition", message.Args{"Cause": "it is empty"})
		}
		return
	}
	program, compiled, faults := compileCondition(condition)
	for _, fault := range faults {
		l.failAt(l.within(path, fault.line, fault.column), "workflow.lint.condition", message.Args{"Cause": fault.text})
	}
	if compiled == nil {
		return
	}
	l.workflow.conditions[condition] = program
	r := references{linter: l, path: path, facts: facts, source: compiled.NativeRep().SourceInfo()}
	ast.PreOrderVisit(compiled.NativeRep().Expr(), ast.NewExprVisitor(r.visit))
}

// within is a place inside a condition. One that is written over several lines is pointed to as a whole.
func (l *linter) within(path string, line, column int) Position {
	at := l.at(path)
	if line == 1 && column >= 0 {
		at.Column += column + at.inside
	}
	return at
}

// references checks the names and words in one condition.
type references struct {
	*linter
	path   string
	facts  []string
	source *ast.SourceInfo
}

func (r *references) visit(expression ast.Expr) {
	switch expression.Kind() {
	case ast.SelectKind:
		r.entry(expression, expression.AsSelect().Operand(), expression.AsSelect().FieldName())
	case ast.CallKind:
		call := expression.AsCall()
		switch call.FunctionName() {
		case "_[_]":
			if key, ok := word(call.Args()[1]); ok {
				r.entry(expression, call.Args()[0], key)
			}
		case "@in":
			r.in(call.Args()[0], call.Args()[1])
		case "_==_", "_!=_":
			r.compared(call.Args()[0], call.Args()[1])
			r.compared(call.Args()[1], call.Args()[0])
		}
	default:
	}
}

// entry checks steps.ID and answers.ID.
func (r *references) entry(expression, of ast.Expr, key string) {
	var there []string
	switch name(of) {
	case "steps":
		there = r.workflow.ids()
	case "answers":
		there = r.asking()
	default:
		return
	}
	r.check(expression, name(of)+"."+key, slices.Contains(there, key), there)
}

// in checks "FACT" in facts, "FACT" in steps.ID.facts, and NAME in ["WORD", ...].
func (r *references) in(element, list ast.Expr) {
	if list.Kind() == ast.ListKind {
		for _, item := range list.AsList().Elements() {
			r.compared(element, item)
		}
		return
	}
	fact, ok := word(element)
	if !ok || name(list) != "facts" {
		return
	}
	there := r.facts
	if list.Kind() == ast.SelectKind {
		step := r.workflow.Step(key(list.AsSelect().Operand()))
		if step == nil {
			return
		}
		action, _ := r.words.action(step.Action)
		there = action.Facts
	}
	r.check(element, fact, slices.Contains(there, fact), there)
}

// compared checks the word that a name is compared with, where the words are known.
func (r *references) compared(operand, with ast.Expr) {
	there := r.words.Values[name(operand)]
	if name(operand) == "status" {
		there = statuses()
	}
	if literal, ok := word(with); ok && literal != "" && len(there) > 0 {
		r.check(with, literal, slices.Contains(there, literal), there)
	}
}

func (r *references) check(expression ast.Expr, named string, known bool, there []string) {
	if known {
		return
	}
	where := r.source.GetStartLocation(expression.ID())
	sorted := slices.Clone(there)
	slices.Sort(sorted)
	r.failAt(r.within(r.path, where.Line(), where.Column()), "workflow.lint.unknown", message.Args{"Name": named, "Names": strings.Join(sorted, ", ")})
}

// name is the last name of a variable or a field.
func name(expression ast.Expr) string {
	switch expression.Kind() {
	case ast.IdentKind:
		return expression.AsIdent()
	case ast.SelectKind:
		return expression.AsSelect().FieldName()
	default:
		return ""
	}
}

// key is the last key by which an entry was chosen: of steps.logs and of steps["logs"].
func key(expression ast.Expr) string {
	if expression.Kind() == ast.CallKind && expression.AsCall().FunctionName() == "_[_]" {
		literal, _ := word(expression.AsCall().Args()[1])
		return literal
	}
	return name(expression)
}

// word is a literal text.
func word(expression ast.Expr) (string, bool) {
	if expression.Kind() != ast.LiteralKind {
		return "", false
	}
	text, ok := expression.AsLiteral().Value().(string)
	return text, ok
}
