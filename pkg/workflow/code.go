package workflow

import (
	"fmt"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// codeFuncs are the functions that podkit itself puts into a text; an author may not name them.
func codeFuncs() template.FuncMap {
	return template.FuncMap{"word": func(value any) shellword.Written {
		if written, ok := value.(shellword.Written); ok {
			return written
		}
		if value == nil || value == "" { // What is not known is left out, as elsewhere in a text.
			return ""
		}
		return shellword.InProse(fmt.Sprint(value))
	}}
}

// quoteCode has every value that a text inserts `between backquotes` written as a word of a command, since that is where texts
// show commands to paste: whatever the value is, a shell takes it for a part of the word that it stands in.
func quoteCode(compiled *template.Template) {
	if compiled.Tree != nil {
		inCode(compiled.Tree, compiled.Root, false)
	}
}

// inCode goes through a list of nodes and reports whether code is open after it. Where an if may or may not have closed it,
// it counts as open: quotes around a value do no harm.
func inCode(tree *parse.Tree, list *parse.ListNode, open bool) bool {
	if list == nil {
		return open
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.TextNode:
			open = open != (strings.Count(string(node.Text), "`")%2 == 1)
		case *parse.ActionNode:
			if open {
				word := parse.NewIdentifier("word").SetTree(tree).SetPos(node.Pos)
				node.Pipe.Cmds = append(node.Pipe.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Pos: node.Pos, Args: []parse.Node{word}})
			}
		case *parse.IfNode:
			then, otherwise := inCode(tree, node.List, open), inCode(tree, node.ElseList, open)
			open = then || otherwise
		}
	}
	return open
}
