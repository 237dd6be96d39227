package debug

import (
	"slices"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// unmarked tells marked texts to who does not know marks, with backquotes around their code.
type unmarked struct{ to teller }

var _ teller = unmarked{}

func (u unmarked) Opening(title, summary, about string) {
	u.to.Opening(message.Unmarked(title), message.Unmarked(summary), message.Unmarked(about))
}

func (u unmarked) Found(found report.Conclusion) { u.to.Found(found) }

func (u unmarked) Say(text string) { u.to.Say(message.Unmarked(text)) }

func (u unmarked) Step(step report.Step) {
	for _, text := range []*string{&step.Title, &step.Purpose, &step.LeftOut, &step.Skipped, &step.Failure} {
		*text = message.Unmarked(*text)
	}
	step.Meaning = unmark(step.Meaning)
	u.to.Step(step)
}

func (u unmarked) Plan(title string, plan report.Plan) {
	plan.Touches = message.Unmarked(plan.Touches)
	u.to.Plan(message.Unmarked(title), plan)
}

func (u unmarked) Closing(title string, endings []report.Ending, onward []string) {
	endings = slices.Clone(endings)
	for i := range endings {
		endings[i].Title = message.Unmarked(endings[i].Title)
	}
	u.to.Closing(message.Unmarked(title), endings, unmark(onward))
}

func (u unmarked) Remedies(found report.Conclusion) { u.to.Remedies(found) }

func unmark(texts []string) []string {
	plain := make([]string, len(texts))
	for i, text := range texts {
		plain[i] = message.Unmarked(text)
	}
	return plain
}
