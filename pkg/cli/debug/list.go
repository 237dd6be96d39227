package debug

import (
	"github.com/kubectl-podkit/podkit/pkg/cli/debug/repertoire"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// list tells which workflows there are, and their steps. It asks no cluster.
func list(env *environment.Environment) error {
	messages, err := env.Messages()
	if err != nil {
		return err
	}
	transcript := report.NewTranscript(env.Streams.Out, messages, env.Terminal())
	args := (&repertoire.Subject{}).Args(repertoire.Kubectl{Name: env.Kubectl()})
	for _, name := range workflow.Names() {
		found, err := workflow.Load(name, vocabulary())
		if err != nil {
			return err
		}
		var steps []string
		for _, step := range found.Steps {
			steps = append(steps, found.Say(step.Title, messages.Language(), args))
		}
		transcript.Entry(name, found.Say(found.Title, messages.Language(), args), found.Say(found.Summary, messages.Language(), args), steps)
	}
	return transcript.Err()
}
