package workflow

import (
	"fmt"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Text is a text in both languages. Each is a template over the arguments that whoever runs the workflow gives: fields,
// if and else, and the comparisons, nothing that could run for long.
type Text struct {
	EN string `json:"en"`
	ZH string `json:"zh"`
}

// In returns the text in a language, as a template.
func (t Text) In(language message.Language) string {
	if language == message.Chinese {
		return t.ZH
	}
	return t.EN
}

// Say returns a text of the workflow in a language, with the arguments filled in. Arguments are inserted as they are:
// whatever came from a cluster must be neutralised where it is printed. Those between backquotes are words of a command.
func (w *Workflow) Say(text Text, language message.Language, args message.Args) string {
	return fill(w.texts, text.In(language), args)
}

// Params returns a step's parameters with the arguments filled in.
func (w *Workflow) Params(step *Step, args message.Args) map[string]string {
	filled := make(map[string]string, len(step.With))
	for name, value := range step.With {
		filled[name] = fill(w.params, value, args)
	}
	return filled
}

// fill fills in a text that was compiled with the workflow. One that cannot be filled in is shown as it was written.
func fill(templates map[string]*template.Template, text string, args message.Args) string {
	compiled := templates[text]
	if compiled == nil {
		return text
	}
	var filled strings.Builder
	if err := compiled.Execute(&filled, map[string]any(args)); err != nil {
		return text
	}
	return filled.String()
}

// comparisons are the functions that a template may use.
var comparisons = []string{"and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge"}

// compileTemplate compiles a text and returns the fields that it uses, as Answers.where. A template that could do more
// than choose and insert is refused.
func compileTemplate(text string) (*template.Template, []string, error) {
	compiled, err := template.New("text").Funcs(codeFuncs()).Option("missingkey=zero").Parse(text)
	if err != nil {
		return nil, nil, fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "template: "))
	}
	if len(compiled.Templates()) > 1 {
		return nil, nil, fmt.Errorf("define and block are not allowed")
	}
	if compiled.Tree == nil { // An empty text.
		return compiled, nil, nil
	}
	uses := usage{}
	uses.list(compiled.Root)
	slices.Sort(uses.fields)
	return compiled, slices.Compact(uses.fields), uses.err
}

// usage is what a template uses.
type usage struct {
	fields []string
	err    error
}

func (u *usage) list(list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.TextNode, *parse.CommentNode:
		case *parse.ActionNode:
			u.pipe(node.Pipe)
		case *parse.IfNode:
			u.pipe(node.Pipe)
			u.list(node.List)
			u.list(node.ElseList)
		default:
			u.refuse(node)
		}
	}
}

func (u *usage) pipe(pipe *parse.PipeNode) {
	if len(pipe.Decl) > 0 {
		u.refuse(pipe)
	}
	for _, command := range pipe.Cmds {
		for _, arg := range command.Args {
			u.arg(arg)
		}
	}
}

func (u *usage) arg(node parse.Node) {
	switch node := node.(type) {
	case *parse.FieldNode:
		u.fields = append(u.fields, strings.Join(node.Ident, "."))
	case *parse.PipeNode:
		u.pipe(node)
	case *parse.IdentifierNode:
		if !slices.Contains(comparisons, node.Ident) {
			u.refuse(node)
		}
	case *parse.StringNode, *parse.NumberNode, *parse.BoolNode:
	default:
		u.refuse(node)
	}
}

func (u *usage) refuse(node parse.Node) {
	if u.err == nil {
		u.err = fmt.Errorf("%s is not allowed; a text may use fields, if, else, end, and %s", node, strings.Join(comparisons, ", "))
	}
}
