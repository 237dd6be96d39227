package debug

import (
	"context"
	"strconv"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug/prompt"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// permit decides whether a step may run with these parameters; it returns why not, or "". What only looks always may;
// more than that needs --allow, or somebody who has seen its plan and agrees.
func (g *guide) permit(ctx context.Context, step *workflow.Step, params map[string]string) (refused string, err error) {
	action := g.actions[step.Action]
	class := step.Class(action.Action, params)
	if !class.Exceeds(g.allow) {
		return "", nil
	}
	if !g.attended {
		if class == workflow.Active {
			return g.messages.Text("consent.unattended-active"), nil
		}
		return g.messages.Text("consent.unattended-changes"), nil
	}
	plan := report.Plan{Touches: g.say(step.Purpose, g.stepArgs(step, nil))}
	if action.Plan != nil {
		plan = report.Plan(action.Plan(g.subject, params))
	}
	g.open()
	g.tell(func(t teller) { t.Plan(g.text("consent.title", g.numbered(step.ID)), plan) })
	agreed, err := g.agrees(ctx, class)
	if err != nil || agreed {
		return "", err
	}
	return g.messages.Text("consent.declined"), nil
}

// agrees asks for consent; what changes the cluster needs more than a key.
func (g *guide) agrees(ctx context.Context, class workflow.Consent) (bool, error) {
	if class != workflow.Active {
		typed, err := g.asker.Text(ctx, g.messages.Text("consent.type"), "")
		return typed == "yes", err
	}
	answer, err := g.asker.Ask(ctx, prompt.Question{Title: g.messages.Text("consent.ask"), Choices: []prompt.Choice{
		{ID: "no", Label: g.messages.Text("consent.no")}, {Key: "y", ID: "yes", Label: g.messages.Text("consent.yes")},
	}})
	return answer == "yes", err
}

// question asks what an ask step asks, keeps the answer, and returns it in words.
func (g *guide) question(ctx context.Context, step *workflow.Step) ([]string, error) {
	value, err := g.value(ctx, step)
	if err != nil {
		return nil, err
	}
	if value == "" {
		value = step.Ask.Default
	}
	g.state = g.state.Answered(step.ID, value)
	for _, option := range step.Ask.Options {
		if option.Value == value {
			return []string{g.plain(option.Label, nil)}, nil
		}
	}
	return []string{value}, nil
}

// value is the answer to an ask step, "" when nobody gives one.
func (g *guide) value(ctx context.Context, step *workflow.Step) (string, error) {
	if g.answers != nil {
		return g.answers.value(step)
	}
	if !g.attended {
		return "", nil
	}
	g.open()
	title := g.plain(step.Title, g.stepArgs(step, nil))
	if len(step.Ask.Options) == 0 {
		return g.asker.Text(ctx, report.Escape(title), step.Ask.Default)
	}
	asked := prompt.Question{Title: report.Escape(title)}
	for i, option := range step.Ask.Options {
		choice := prompt.Choice{Key: strconv.Itoa(i + 1), ID: option.Value, Label: report.Escape(g.plain(option.Label, nil))}
		if option.Value == step.Ask.Default {
			asked.Choices = append([]prompt.Choice{choice}, asked.Choices...)
			continue
		}
		asked.Choices = append(asked.Choices, choice)
	}
	return g.asker.Ask(ctx, asked)
}
