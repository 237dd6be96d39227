package debug

import (
	"slices"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug/repertoire"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// waited reports whether an action has waited for a pod on its way.
func waited(result repertoire.Result) bool { return slices.Contains(result.Facts, "waited") }

// omission is why a step was not run; the zero value is that of one that was.
type omission struct {
	// why is a sentence in the reader's language.
	why string
	// withheld is set when the step made sense, and nobody agreed to it.
	withheld bool
}

// status is how a step ended.
func (o omission) status(result repertoire.Result) workflow.Status {
	switch {
	case o.withheld:
		return workflow.Withheld
	case o.why != "":
		return workflow.Skipped
	case result.IsFailed():
		return workflow.Failed
	}
	return workflow.Done
}

// shown puts a step into the reader's words.
func (g *guide) shown(step *workflow.Step, result repertoire.Result, skipped string) report.Step {
	args := g.stepArgs(step, result.Args)
	shown := report.Step{
		Number: g.workflow.Number(step.ID), Total: len(g.workflow.Steps),
		Title: g.say(step.Title, args), Purpose: g.say(step.Purpose, args),
		Commands: result.Commands, Output: result.Output, Unbroken: result.Unbroken, LeftOut: result.LeftOut, Skipped: skipped,
	}
	switch {
	case result.IsBeyondRecording() && skipped != "":
		return shown // What it would mean is not known, whatever keeps a live cluster from answering.
	case result.IsFailed():
		shown.Failure = g.sentence(result.Err)
	case skipped == "" && len(result.Output) == 0:
		shown.LeftOut = g.messages.Text("debug.nothing")
	}
	for _, text := range g.workflow.Meaning(g.state, step) {
		shown.Meaning = append(shown.Meaning, g.say(text, args))
	}
	return shown
}

// inClear is the step as it is shown on the terminal, with the values that its reader asked to see. Nothing else gets them:
// a record is made for others.
func inClear(shown report.Step, result repertoire.Result) report.Step {
	if result.Clear != nil {
		shown.Output, shown.LeftOut = result.Clear.Output, result.Clear.LeftOut
	}
	return shown
}

// close shows how each step ended, the verdict, and where to go from here.
func (g *guide) close() {
	var endings []report.Ending
	for i, step := range g.workflow.Steps {
		status := g.state.Outcomes[step.ID].Status
		endings = append(endings, report.Ending{
			Number: i + 1, Title: g.say(step.Title, g.stepArgs(&step, nil)), Status: statusText(status),
			Good: status == workflow.Done, Bad: status == workflow.Failed,
		})
	}
	var onward []string
	for _, text := range g.workflow.Ending(g.state) {
		onward = append(onward, g.say(text, nil))
	}
	found := g.conclusion()
	g.tell(func(t teller) {
		t.Closing(g.messages.Text("debug.closing"), endings, onward)
		if found.Verdict != "" {
			t.Remedies(found)
		}
	})
	if len(g.notes) > 0 {
		g.transcript.Notes(g.notes)
	}
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
	case workflow.Withheld:
		return "debug.status.withheld"
	}
	return "debug.status.unseen"
}
