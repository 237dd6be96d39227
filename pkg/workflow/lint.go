package workflow

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

var slug = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// linter checks a document that was read, compiling its conditions and texts on the way.
type linter struct {
	decoder
	workflow *Workflow
	words    Vocabulary
}

// document checks everything.
func (l *linter) document() {
	w := l.workflow
	if w.APIVersion != APIVersion || w.Kind != Kind {
		l.fail("apiVersion", "workflow.lint.type", message.Args{"APIVersion": APIVersion, "Kind": Kind})
	}
	if !slug.MatchString(w.Name) {
		l.fail("name", "workflow.lint.name", message.Args{"Name": w.Name})
	}
	l.text("title", w.Title, nil)
	l.text("summary", w.Summary, nil)
	l.condition("when", w.When, l.words.About)
	switch {
	case w.Fits != nil:
		l.text("fits", *w.Fits, nil)
	case w.When != "":
		l.fail("when", "workflow.lint.fits", nil)
	}
	l.remarks("closing", w.Closing, nil, nil)
	if len(w.Steps) == 0 {
		l.fail("steps", "workflow.lint.steps", nil)
		return
	}
	seen := map[string]bool{End: true}
	for i := range w.Steps {
		path := fmt.Sprintf("steps[%d]", i)
		if id := w.Steps[i].ID; !slug.MatchString(id) || seen[id] {
			l.fail(path+".id", "workflow.lint.id", message.Args{"Name": id})
		}
		seen[w.Steps[i].ID] = true
		l.step(path, &w.Steps[i])
	}
	l.reachable()
}

func (l *linter) step(path string, step *Step) {
	action, known := l.words.action(step.Action)
	if !known {
		l.fail(path+".action", "workflow.lint.action", message.Args{"Name": step.Action, "Names": strings.Join(l.words.actions(), ", ")})
	}
	l.text(path+".title", step.Title, action.Args)
	l.text(path+".purpose", step.Purpose, action.Args)
	for _, name := range slices.Sorted(maps.Keys(step.With)) {
		if known && !slices.Contains(action.Params, name) {
			l.fail(path+".with."+name, "workflow.lint.param", message.Args{"Action": step.Action, "Name": name, "Names": strings.Join(action.Params, ", ")})
		}
		l.param(path+".with."+name, step.With[name])
	}
	l.consent(path, step, action)
	l.ask(path, step, known)
	for i, need := range step.Needs {
		at := fmt.Sprintf("%s.needs[%d]", path, i)
		l.condition(at+".when", need.When, l.words.About)
		l.text(at+".else", need.Else, action.Args)
	}
	facts := slices.Concat(l.words.About, statuses(), action.Facts)
	l.remarks(path+".means", step.Means, facts, action.Args)
	for i, branch := range step.Next {
		at := fmt.Sprintf("%s.next[%d]", path, i)
		l.condition(at+".when", branch.When, facts)
		if branch.To != End && l.workflow.Step(branch.To) == nil {
			l.fail(at+".to", "workflow.lint.to", message.Args{"Name": branch.To, "Names": strings.Join(l.workflow.ids(), ", ")})
		}
	}
	l.offers(path, step, facts)
}

func (l *linter) consent(path string, step *Step, action Action) {
	if step.Consent == "" {
		return
	}
	if !slices.Contains(Consents(), step.Consent) {
		l.fail(path+".consent", "workflow.lint.consent", message.Args{"Name": string(step.Consent)})
		return
	}
	bare := Step{}
	if class := bare.Class(action, step.With); class.Exceeds(step.Consent) {
		l.fail(path+".consent", "workflow.lint.lowers", message.Args{"Action": step.Action, "Class": string(class), "Name": string(step.Consent)})
	}
}

// ask checks that a step which asks has a question, and no other one has; and that what it does is told of.
func (l *linter) ask(path string, step *Step, known bool) {
	switch {
	case step.Action != Ask && step.Ask != nil:
		l.fail(path+".ask", "workflow.lint.ask-only", nil)
	case step.Action == Ask && step.Ask == nil:
		l.fail(path+".action", "workflow.lint.ask", nil)
	case step.Action != Ask && known && len(step.Means) == 0:
		l.fail(path, "workflow.lint.means", message.Args{"Step": step.ID})
	}
	if step.Ask == nil {
		return
	}
	var values []string
	for i, option := range step.Ask.Options {
		at := fmt.Sprintf("%s.ask.options[%d]", path, i)
		if option.Value == "" || slices.Contains(values, option.Value) {
			l.fail(at+".value", "workflow.lint.value", message.Args{"Name": option.Value})
		}
		values = append(values, option.Value)
		l.text(at+".label", option.Label, nil)
	}
	if len(values) > 0 && !slices.Contains(values, step.Ask.Default) {
		l.fail(path+".ask.default", "workflow.lint.default", message.Args{"Name": step.Ask.Default, "Names": strings.Join(values, ", ")})
	}
}

func (l *linter) remarks(path string, remarks []Remark, facts, args []string) {
	if facts == nil {
		facts = l.words.About
	}
	for i, remark := range remarks {
		at := fmt.Sprintf("%s[%d]", path, i)
		l.condition(at+".when", remark.When, facts)
		l.text(at+".say", remark.Say, args)
	}
}

func (l *linter) offers(path string, step *Step, facts []string) {
	seen := map[string]bool{}
	for i, offer := range step.Offers {
		at := fmt.Sprintf("%s.offers[%d]", path, i)
		if !slug.MatchString(offer.ID) || seen[offer.ID] {
			l.fail(at+".id", "workflow.lint.id", message.Args{"Name": offer.ID})
		}
		seen[offer.ID] = true
		l.text(at+".label", offer.Label, nil)
		l.text(at+".hint", offer.Hint, nil)
		l.condition(at+".needs", offer.Needs, facts)
		if !slices.Contains(l.words.Offers, offer.Action) {
			l.fail(at+".action", "workflow.lint.offer", message.Args{"Name": offer.Action, "Names": strings.Join(l.words.Offers, ", ")})
		}
	}
}

// reachable checks that the workflow leads to each of its steps without a jump.
func (l *linter) reachable() {
	reached := map[string]bool{}
	todo := []string{l.workflow.Steps[0].ID}
	for len(todo) > 0 {
		step := l.workflow.Step(todo[0])
		todo = todo[1:]
		if step == nil || reached[step.ID] {
			continue
		}
		reached[step.ID] = true
		todo = append(todo, l.workflow.exits(step)...)
	}
	for i, step := range l.workflow.Steps {
		if !reached[step.ID] {
			l.fail(fmt.Sprintf("steps[%d].id", i), "workflow.lint.unreachable", message.Args{"Step": step.ID})
		}
	}
}

// exits returns where a step can lead: its branches up to one that always holds, else the step below as well.
func (w *Workflow) exits(step *Step) []string {
	var to []string
	for _, branch := range step.Next {
		to = append(to, branch.To)
		if branch.When == "" {
			return to
		}
	}
	if below := w.Number(step.ID); below < len(w.Steps) {
		to = append(to, w.Steps[below].ID)
	}
	return to
}
