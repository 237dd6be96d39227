package debug

import (
	"fmt"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug/repertoire"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// List tells which workflows there are, and their steps. It asks no cluster.
func List(env *environment.Environment) error {
	messages, err := env.Messages()
	if err != nil {
		return err
	}
	transcript := report.NewTranscript(env.Streams.Out, messages, env.Terminal())
	args := (&repertoire.Subject{}).Args(repertoire.Kubectl{Name: env.Kubectl()})
	args["Answers"], args["Root"], args["Verdict"] = map[string]string{}, map[string]string{}, ""
	entries, broken := NewLibrary(env).All()
	for _, entry := range entries {
		say := func(text workflow.Text) string { return entry.Say(text, messages.Language(), args) }
		var steps []string
		for _, step := range entry.Steps {
			steps = append(steps, say(step.Title))
		}
		transcript.Entry(entry.Name, say(entry.Title), say(entry.Summary), steps)
	}
	for _, problem := range broken {
		fmt.Fprintln(env.Streams.ErrOut, report.Sentence(problem, messages))
	}
	return transcript.Err()
}
