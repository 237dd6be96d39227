package debug

import (
	"context"
	"maps"

	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/cli/debug/prompt"
	"github.com/kubectl-podkit/podkit/pkg/cli/debug/repertoire"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// guide walks through one workflow.
type guide struct {
	workflow   *workflow.Workflow
	actions    map[string]repertoire.Action
	subject    *repertoire.Subject
	cluster    repertoire.Cluster
	pods       Pods
	kubectl    repertoire.Kubectl
	messages   *message.Catalog
	transcript *report.Transcript
	streams    genericiooptions.IOStreams
	asker      prompt.Asker
	// about says what the run looks at. It is told before the first step that has something to show.
	about  string
	opened bool
}

// run walks until the workflow or the reader ends it. A run that cannot go on ends with the error of the step that failed.
func (g *guide) run(ctx context.Context) error {
	state, answer := workflow.State{}, workflow.Answer{Verb: workflow.Onward}
	for {
		move, err := g.workflow.Next(state, answer)
		if err != nil {
			return err
		}
		if move.IsEnd() {
			g.close(state)
			return g.transcript.Err()
		}
		if state, err = g.make(ctx, state, move); err != nil {
			return err
		}
		if answer, err = g.ask(ctx, state); err != nil {
			return err
		}
	}
}

// make makes a move and returns the state it leads to.
func (g *guide) make(ctx context.Context, state workflow.State, move workflow.Move) (workflow.State, error) {
	if move.Offer == nil {
		return g.step(ctx, state, move.Step)
	}
	g.transcript.Say(g.say(move.Offer.Hint, g.args(nil)))
	text := g.messages.Text("debug.offer.ended")
	if err := g.offers()[move.Offer.Action](ctx); err != nil {
		text = g.messages.Text("debug.offer.failed", message.Args{"Why": report.Sentence(err, g.messages)})
	}
	if ctx.Err() != nil {
		return state, ctx.Err()
	}
	g.transcript.Say(text)
	return state.Took(move.Offer.ID), g.transcript.Err()
}

// step runs a step, or skips it, and shows what came of it.
func (g *guide) step(ctx context.Context, state workflow.State, step *workflow.Step) (workflow.State, error) {
	result := repertoire.Result{Err: g.subject.Refresh(ctx, g.cluster)}
	state = state.Seeing(step.ID, g.subject.About())
	unmet := g.workflow.Unmet(state, step)
	if result.Err == nil && unmet == nil {
		result = g.actions[step.Action].Do(ctx, g.subject, g.workflow.Params(step, g.args(nil)))
	}
	if ctx.Err() != nil {
		return state, ctx.Err()
	}
	outcome := workflow.Outcome{Status: workflow.Done, Facts: result.Facts}
	switch {
	case result.Err != nil:
		outcome.Status = workflow.Failed
	case unmet != nil:
		outcome.Status = workflow.Skipped
	}
	state = state.Reached(step.ID, outcome, g.subject.About())
	if g.workflow.GaveUp(state) {
		return state, result.Err
	}
	if !g.opened {
		g.opened = true
		g.transcript.Opening(g.say(g.workflow.Title, g.args(nil)), g.say(g.workflow.Summary, g.args(nil)), g.about)
	}
	g.transcript.Step(g.shown(state, step, result, unmet))
	return state, g.transcript.Err()
}

// shown puts a step into the reader's words.
func (g *guide) shown(state workflow.State, step *workflow.Step, result repertoire.Result, unmet *workflow.Text) report.Step {
	args := message.Args{}
	for _, name := range g.actions[step.Action].Args { // So that a step that did not come far can be told of, too.
		args[name] = ""
	}
	maps.Copy(args, result.Args)
	args = g.args(args)
	shown := report.Step{
		Number: g.workflow.Number(step.ID), Total: len(g.workflow.Steps),
		Title: g.say(step.Title, args), Purpose: g.say(step.Purpose, args),
		Commands: result.Commands, Output: result.Output, LeftOut: result.LeftOut,
	}
	switch {
	case result.Err != nil:
		shown.Failure = report.Sentence(result.Err, g.messages)
	case unmet != nil:
		shown.Skipped = g.say(*unmet, args)
	case len(result.Output) == 0:
		shown.LeftOut = g.messages.Text("debug.nothing")
	}
	for _, text := range g.workflow.Meaning(state, step) {
		shown.Meaning = append(shown.Meaning, g.say(text, args))
	}
	return shown
}

// close shows how each step ended and where to go from here.
func (g *guide) close(state workflow.State) {
	var endings []report.Ending
	for i, step := range g.workflow.Steps {
		status := state.Outcomes[step.ID].Status
		endings = append(endings, report.Ending{
			Number: i + 1, Title: g.say(step.Title, g.args(nil)), Status: statusText(status),
			Good: status == workflow.Done, Bad: status == workflow.Failed,
		})
	}
	var onward []string
	for _, text := range g.workflow.Ending(state) {
		onward = append(onward, g.say(text, g.args(nil)))
	}
	g.transcript.Closing(g.messages.Text("debug.closing"), endings, onward)
}

// statusText is the message that names a status.
func statusText(status workflow.Status) string {
	switch status {
	case workflow.Done:
		return "debug.status.done"
	case workflow.Failed:
		return "debug.status.failed"
	case workflow.Skipped:
		return "debug.status.skipped"
	}
	return "debug.status.unseen"
}

// offers are the actions that only a person can start, by the names that workflows use.
func (g *guide) offers() map[string]func(context.Context) error {
	return map[string]func(context.Context) error{"shell": g.shell}
}

// shell opens the best shell of the container until the reader leaves it. The exit code is that of the last command typed
// there, which is nobody's concern here.
func (g *guide) shell(ctx context.Context) error {
	if err := g.subject.Refresh(ctx, g.cluster); err != nil {
		return err
	}
	chosen, err := action.Choose(g.subject.Pod, g.subject.Container)
	if err != nil {
		return err
	}
	program, err := g.pods.Shell(ctx, g.subject.Pod, chosen.Container)
	if err != nil {
		return err
	}
	err = g.pods.Exec(ctx, action.Command{
		Pod: g.subject.Pod, Container: chosen.Container, Args: []string{program}, Stdin: true, TTY: true, Streams: g.streams,
	})
	if _, ended := action.ExitStatus(err); ended {
		return nil
	}
	return err
}

// say is a text of the workflow in the reader's language.
func (g *guide) say(text workflow.Text, args message.Args) string {
	return g.workflow.Say(text, g.messages.Language(), args)
}

// args are what messages can say: of the subject, and of a step's result.
func (g *guide) args(result message.Args) message.Args {
	args := g.subject.Args(g.kubectl)
	maps.Copy(args, result)
	return args
}
