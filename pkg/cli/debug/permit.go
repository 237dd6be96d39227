package debug

import (
	"context"
	"strconv"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug/prompt"
	"github.com/kubectl-podkit/podkit/pkg/cli/debug/repertoire"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// permit decides whether a step may run with these parameters; it returns why not, or "", and then what does the same by
// hand where nobody has seen it yet. What only looks from outside always may; more than that needs --allow, or somebody who
// has seen its plan and agrees.
func (g *guide) permit(ctx context.Context, step *workflow.Step, params map[string]string) (refused string, byHand []report.Command, err error) {
	action := g.actions[step.Action]
	class := step.Class(action.Action, params)
	if !class.Exceeds(g.allow) {
		return "", nil, nil
	}
	plan := repertoire.Plan{Touches: g.say(step.Purpose, g.stepArgs(step, nil))}
	if action.Plan != nil {
		plan = action.Plan(g.subject, params)
	}
	if !g.attended {
		if class == workflow.Active {
			return g.messages.Text("consent.unattended-active", message.Args{"ByHand": len(plan.Commands)}), plan.Commands, nil
		}
		return g.messages.Text("consent.unattended-changes"), plan.Commands, nil
	}
	if class == workflow.Active && plan.Looks && g.looking {
		return "", nil, nil
	}
	title := "consent.title"
	if class != workflow.Active {
		title = "consent.title-changes"
	}
	g.open()
	g.tell(func(t teller) { t.Plan(g.text(title, g.numbered(step.ID)), plan.Plan()) })
	agreed, err := g.agrees(ctx, class, plan.Looks)
	if err != nil || agreed {
		return "", nil, err
	}
	return g.messages.Text("consent.declined"), nil, nil
}

// agrees asks for consent; what changes the cluster needs more than a key. To programs that only look one can agree at once.
func (g *guide) agrees(ctx context.Context, class workflow.Consent, looks bool) (bool, error) {
	if class != workflow.Active {
		typed, err := g.asker.Text(ctx, g.messages.Text("consent.type"), "")
		return typed == "yes", err
	}
	choices := []prompt.Choice{
		{ID: "no", Label: g.messages.Text("consent.no")}, {Key: "y", ID: "yes", Label: g.messages.Text("consent.yes")},
	}
	if looks {
		choices = append(choices, prompt.Choice{Key: "a", ID: "all", Label: g.messages.Text("consent.all")})
	}
	answer, err := g.asker.Ask(ctx, prompt.Question{Title: g.messages.Text("consent.ask"), Choices: choices})
	g.looking = g.looking || answer == "all"
	return answer == "yes" || answer == "all", err
}

// reveal asks, where --show-values was given, whether the values of the variables that the step would show may stand on
// this terminal. Once answered, the same is not asked again.
func (g *guide) reveal(ctx context.Context, step *workflow.Step) error {
	values := g.actions[step.Action].Values
	if !g.showValues || !g.attended || values == nil {
		return nil
	}
	touches := values(g.subject)
	reveal, known := g.decided[touches]
	if !known {
		g.open()
		g.tell(func(t teller) {
			t.Plan(g.text("consent.values-title", g.numbered(step.ID)), report.Plan{Touches: touches})
		})
		answer, err := g.asker.Ask(ctx, prompt.Question{Title: g.messages.Text("consent.values-ask"), Choices: []prompt.Choice{
			{ID: "no", Label: g.messages.Text("consent.values-no")}, {Key: "y", ID: "yes", Label: g.messages.Text("consent.values-yes")},
		}})
		if err != nil {
			return err
		}
		reveal = answer == "yes"
		g.decided[touches] = reveal
	}
	g.subject.Reveal = reveal
	return nil
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
