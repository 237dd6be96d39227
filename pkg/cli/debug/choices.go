package debug

import (
	"strconv"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// choices are the answers that make sense now, in the reader's words, the recommended one first.
func (g *guide) choices(state workflow.State) []choice {
	var choices []choice
	for _, answer := range g.workflow.Choices(state) {
		choices = append(choices, choice{answer: answer, label: report.Escape(g.label(state, answer))})
	}
	return choices
}

// label is one answer in words.
func (g *guide) label(state workflow.State, answer workflow.Answer) string {
	switch answer.Verb {
	case workflow.Take:
		for _, offer := range g.workflow.Step(state.At).Offers {
			if offer.ID == answer.ID {
				return g.messages.Text(offer.Label, g.args(nil))
			}
		}
	case workflow.Onward:
		return g.messages.Text("debug.choice.onward", g.numbered(answer.ID))
	case workflow.Jump:
		return g.messages.Text("debug.choice.jump", g.numbered(answer.ID))
	case workflow.Again:
		return g.messages.Text("debug.choice.again")
	}
	return g.messages.Text("debug.choice.quit")
}

// numbered names a step in a choice.
func (g *guide) numbered(id string) message.Args {
	return message.Args{
		"Number": strconv.Itoa(g.workflow.Number(id)), "Title": g.messages.Text(g.workflow.Step(id).Title, g.args(nil)),
	}
}
