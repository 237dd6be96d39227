package debug

import (
	"strconv"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug/prompt"
	"github.com/kubectl-podkit/podkit/pkg/concept"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// keys are the hotkeys of the verbs; Enter takes the recommended choice.
func keys() map[workflow.Verb]string {
	return map[workflow.Verb]string{
		workflow.Again: "r", workflow.Skip: "s", workflow.Back: "b", workflow.Jump: "j", workflow.Quit: "q",
	}
}

// choiceID names a choice: onward:describe, quit.
func choiceID(answer workflow.Answer) string {
	return strings.TrimSuffix(string(answer.Verb)+":"+answer.ID, ":")
}

// asking is the question what next, with the answers that make sense now, the recommended one first.
func (g *guide) asking(answers []workflow.Answer) prompt.Question {
	asked := prompt.Question{Cause: g.conclusion().Cause, Note: g.note}
	for _, answer := range answers {
		asked.Choices = append(asked.Choices, prompt.Choice{
			Key: keys()[answer.Verb], ID: choiceID(answer), Label: report.Escape(g.label(answer)),
		})
	}
	for _, command := range g.last.Commands {
		if line, _ := command.Command.Line(); line != "" {
			asked.Commands = append(asked.Commands, line)
		}
	}
	whole := g.last.Whole
	if g.last.Clear != nil {
		whole = g.last.Clear.Whole
	}
	if len(whole) > 0 {
		asked.Full = func() string { return report.Escape(strings.Join(whole, "\n")) }
	}
	if step := g.workflow.Step(g.state.At); step != nil {
		asked.Topics = concept.Of(step.Action, g.state.Case.Root.ID)
	}
	return asked
}

// label is one answer in words.
func (g *guide) label(answer workflow.Answer) string {
	switch answer.Verb {
	case workflow.Take:
		for _, offer := range g.workflow.Step(g.state.At).Offers {
			if offer.ID == answer.ID {
				return g.plain(offer.Label, nil)
			}
		}
	case workflow.Onward:
		return g.messages.Text("debug.choice.onward", g.numbered(answer.ID))
	case workflow.Jump:
		return g.messages.Text("debug.choice.jump", g.numbered(answer.ID))
	case workflow.Skip:
		return g.messages.Text("debug.choice.skip", g.numbered(answer.ID))
	case workflow.Back:
		return g.messages.Text("debug.choice.back", g.numbered(answer.ID))
	case workflow.Again:
		return g.messages.Text("debug.choice.again")
	}
	return g.messages.Text("debug.choice.quit")
}

// numbered names a step in a choice.
func (g *guide) numbered(id string) message.Args {
	step := g.workflow.Step(id)
	return message.Args{"Number": strconv.Itoa(g.workflow.Number(id)), "Title": g.plain(step.Title, g.stepArgs(step, nil))}
}
