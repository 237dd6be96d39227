package workflow

import (
	"slices"
	"strings"
	"text/template"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// text checks and compiles a text in both languages. args are what its step adds to the arguments.
func (l *linter) text(path string, text Text, args []string) {
	english, okEnglish := l.language(path, "en", text.EN, args)
	chinese, okChinese := l.language(path, "zh", text.ZH, args)
	if okEnglish && okChinese && !slices.Equal(english, chinese) {
		l.fail(path, "workflow.lint.twins", message.Args{"English": strings.Join(english, ", "), "Chinese": strings.Join(chinese, ", ")})
	}
}

func (l *linter) language(path, language, text string, args []string) (fields []string, ok bool) {
	if strings.TrimSpace(text) == "" {
		l.fail(path+"."+language, "workflow.lint.language", message.Args{"Field": path, "Language": language})
		return nil, false
	}
	compiled, fields, ok := l.template(path+"."+language, text, args)
	if ok {
		quoteCode(compiled)
		l.workflow.texts[text] = compiled
	}
	return fields, ok
}

// param checks and compiles a parameter of a step.
func (l *linter) param(path, text string) {
	if compiled, _, ok := l.template(path, text, nil); ok {
		l.workflow.params[text] = compiled
	}
}

// template checks and compiles one template, and returns the fields that it uses.
func (l *linter) template(path, text string, args []string) (compiled *template.Template, fields []string, ok bool) {
	compiled, fields, err := compileTemplate(text)
	if err != nil {
		l.fail(path, "workflow.lint.template", message.Args{"Cause": err.Error()})
		return nil, nil, false
	}
	for _, field := range fields {
		if !l.known(field, args) {
			l.fail(path, "workflow.lint.argument", message.Args{"Name": field, "Names": strings.Join(l.arguments(args), ", ")})
		}
	}
	return compiled, fields, true
}

// rootFields are what texts can say of the root cause.
func rootFields() []string { return []string{"Container", "ID", "Summary", "Title"} }

func (l *linter) known(field string, args []string) bool {
	if id, found := strings.CutPrefix(field, "Answers."); found {
		return slices.Contains(l.asking(), id)
	}
	if part, found := strings.CutPrefix(field, "Root."); found {
		return slices.Contains(rootFields(), part)
	}
	return field == "Verdict" || slices.Contains(l.words.Args, field) || slices.Contains(args, field)
}

// arguments are all that a text can use, sorted.
func (l *linter) arguments(args []string) []string {
	all := slices.Concat(l.words.Args, args, []string{"Verdict"})
	for _, id := range l.asking() {
		all = append(all, "Answers."+id)
	}
	for _, field := range rootFields() {
		all = append(all, "Root."+field)
	}
	slices.Sort(all)
	return all
}

// asking are the ids of the steps that ask.
func (l *linter) asking() []string {
	var ids []string
	for i := range l.workflow.Steps {
		if l.workflow.Steps[i].Action == Ask {
			ids = append(ids, l.workflow.Steps[i].ID)
		}
	}
	return ids
}
