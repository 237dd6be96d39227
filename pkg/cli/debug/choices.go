package debug

import (
	"context"
	"errors"
	"io"
	"strconv"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug/prompt"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// ask asks what next. The end of the input ends the run as choosing to finish does; where nobody is asked, the run goes
// where the workflow leads.
func (g *guide) ask(ctx context.Context, state workflow.State) (workflow.Answer, error) {
	answers := g.workflow.Choices(state)
	asked := prompt.Question{}
	for i, answer := range answers {
		asked.Choices = append(asked.Choices, prompt.Choice{ID: strconv.Itoa(i), Label: report.Escape(g.label(state, answer))})
	}
	id, err := g.asker.Ask(ctx, asked)
	switch {
	case errors.Is(err, io.EOF):
		return workflow.Answer{Verb: workflow.Quit}, nil
	case err != nil:
		return workflow.Answer{}, err
	}
	if number, err := strconv.Atoi(id); err == nil && number < len(answers) {
		return answers[number], nil
	}
	return workflow.Answer{Verb: workflow.Onward}, nil
}

// label is one answer in words.
func (g *guide) label(state workflow.State, answer workflow.Answer) string {
	switch answer.Verb {
	case workflow.Take:
		for _, offer := range g.workflow.Step(state.At).Offers {
			if offer.ID == answer.ID {
				return g.say(offer.Label, g.args(nil))
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
	return message.Args{
		"Number": strconv.Itoa(g.workflow.Number(id)), "Title": g.say(g.workflow.Step(id).Title, g.args(nil)),
	}
}
