package message

import (
	"fmt"
	"text/template"

	i18n "github.com/nicksnyder/go-i18n/v2/i18n/template"

	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// Command is a command as it is told in a sentence: a line that can be pasted, or why there is none.
func (c *Catalog) Command(command shellword.Command) string {
	line, refusal := command.InProse()
	if refusal != "" {
		return c.Refusal(refusal)
	}
	return line
}

// Refusal says why there is no line for a command.
func (c *Catalog) Refusal(refusal shellword.Refusal) string { return c.Text(string(refusal)) }

// templates compiles the texts of a catalogue. Their function command writes a command with values of a sentence,
// {{command "kubectl logs %s -c %s" .Pod .Container}}, as shellword.New does, and word a word of one. Nothing else puts a value
// into a command, which a test looks for.
type templates struct{ i18n.TextParser }

var _ i18n.Parser = (*templates)(nil)

// Cacheable has a text compiled once, although it has a function.
func (*templates) Cacheable() bool { return true }

func newTemplates(c *Catalog) *templates {
	return &templates{i18n.TextParser{Funcs: template.FuncMap{
		"command": func(format string, values ...any) string { return c.Command(shellword.Fill(format, values...)) },
		"word":    func(value any) shellword.Written { return shellword.InProse(fmt.Sprint(value)) },
	}}}
}
