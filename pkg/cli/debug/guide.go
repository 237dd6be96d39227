package debug

import (
	"context"
	"errors"
	"io"
	"maps"
	"strings"

	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug/prompt"
	"github.com/kubectl-podkit/podkit/pkg/cli/debug/repertoire"
	"github.com/kubectl-podkit/podkit/pkg/cli/notice"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/report/markdown"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// teller tells a run to somebody: a terminal, or a record.
type teller interface {
	Opening(title, summary, about string)
	Found(found report.Conclusion)
	Step(step report.Step)
	Plan(title string, plan report.Plan)
	Say(text string)
	Closing(title string, endings []report.Ending, onward []string)
	Remedies(found report.Conclusion)
}

var (
	_ teller = (*report.Transcript)(nil)
	_ teller = (*markdown.Record)(nil)
)

// guide walks through one workflow.
type guide struct {
	workflow *workflow.Workflow
	state    workflow.State
	tools    repertoire.Tools
	actions  map[string]repertoire.Action
	subject  *repertoire.Subject
	pods     Pods
	messages *message.Catalog
	streams  genericiooptions.IOStreams
	asker    prompt.Asker
	// line tells that the cluster is being asked.
	line *notice.Line
	// attended is set when somebody can be asked; allow is what may run without asking, and looking is set once the reader
	// has agreed to every program that only looks.
	attended bool
	allow    workflow.Consent
	looking  bool
	// showValues is set when the values of variables are to be shown, and decided holds what the reader said to that, by what
	// they were asked.
	showValues bool
	decided    map[string]bool
	// answers stand in for the reader; nil when there are none.
	answers *answers
	// transcript is what the terminal shows, record what is kept; keepable says whether a file can be the record's.
	transcript *report.Transcript
	record     *record
	keepable   func(path string) error
	// notes are those that are kept in no file.
	notes []string
	// about says what the run looks at. It is told before the first step that has something to show. picked is set when
	// the workflow was chosen by podkit.
	about  string
	picked bool
	opened bool
	// last is what came of the step that was shown last; resume is set when the run was interrupted after it.
	last   repertoire.Result
	resume bool
}

// tell tells something to the terminal and to the record, in texts that say and text have made.
func (g *guide) tell(what func(teller)) {
	what(unmarked{g.transcript})
	what(g.record.text)
}

// run walks until the workflow or the reader ends it. A run that cannot go on ends with the error of the step that failed.
func (g *guide) run(ctx context.Context) error {
	answer := workflow.Answer{Verb: workflow.Onward}
	if g.resume {
		g.reopen()
		var err error
		if answer, err = g.ask(ctx); err != nil {
			return err
		}
	}
	for {
		move, err := g.workflow.Next(g.state, answer)
		if err != nil {
			return err
		}
		if move.IsEnd() {
			return g.end()
		}
		if err = g.make(ctx, move); err != nil {
			return err
		}
		if err = g.save(false); err != nil {
			return err
		}
		if move.Skip {
			answer = workflow.Answer{Verb: workflow.Onward}
			continue
		}
		if answer, err = g.ask(ctx); err != nil {
			return err
		}
	}
}

// make makes a move.
func (g *guide) make(ctx context.Context, move workflow.Move) error {
	switch {
	case move.Skip:
		g.state = g.state.Reached(move.Step.ID, workflow.Outcome{Status: workflow.Skipped}, g.state.About)
		return nil
	case move.Offer != nil:
		return g.offer(ctx, move.Offer)
	}
	return g.step(ctx, move.Step)
}

func (g *guide) offer(ctx context.Context, offer *workflow.Offer) error {
	g.tell(func(t teller) { t.Say(g.say(offer.Hint, nil)) })
	text := g.text("debug.offer.ended", nil)
	if err := g.offers()[offer.Action](ctx); err != nil {
		text = g.text("debug.offer.failed", message.Args{"Why": report.Sentence(err, g.messages)})
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	g.tell(func(t teller) { t.Say(text) })
	g.state = g.state.Took(offer.ID)
	return g.transcript.Err()
}

// step runs a step, or skips it, and shows what came of it.
func (g *guide) step(ctx context.Context, step *workflow.Step) error {
	result, omitted, err := g.perform(ctx, step)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return err
	}
	outcome := workflow.Outcome{Status: omitted.status(result), Facts: result.Facts}
	g.state = g.state.Reached(step.ID, outcome, g.subject.About()).Diagnosed(g.subject.Case())
	if g.workflow.GaveUp(g.state) {
		return result.Err
	}
	g.open()
	g.last = result
	shown := g.shown(step, result, omitted.why)
	unmarked{g.transcript}.Step(inClear(shown, result))
	g.record.text.Step(shown)
	return g.transcript.Err()
}

// busy tells that the cluster is being asked, until the function that it returns is called.
func (g *guide) busy() (done func()) {
	g.line.Show(g.messages.Text("prompt.reading"))
	return g.line.Clear
}

// refreshed reads the pod once more; when that fails, so does the step, and the run goes on.
func (g *guide) refreshed(ctx context.Context) repertoire.Result {
	defer g.busy()()
	return repertoire.Result{Err: g.subject.Refresh(ctx, g.tools.Cluster)}
}

// perform does what a step says, if it makes sense and may be done; omitted says why it was not done.
func (g *guide) perform(ctx context.Context, step *workflow.Step) (result repertoire.Result, omitted omission, err error) {
	if result = g.refreshed(ctx); result.IsFailed() {
		return result, omitted, nil
	}
	g.state = g.state.Seeing(step.ID, g.subject.About())
	if unmet := g.workflow.Unmet(g.state, step); unmet != nil {
		return result, omission{why: g.say(*unmet, g.stepArgs(step, nil))}, nil
	}
	if step.Action == workflow.Ask {
		result.Output, err = g.question(ctx, step)
		return result, omitted, err
	}
	if g.subject.Pod == nil && !g.actions[step.Action].Podless {
		return repertoire.Result{Err: g.tools.NoPods(g.subject)}, omitted, nil
	}
	params := g.workflow.Params(step, g.args())
	if refused, byHand, err := g.permit(ctx, step, params); refused != "" || err != nil {
		result.Commands = byHand
		return result, omission{refused, true}, err
	}
	if err := g.reveal(ctx, step); err != nil {
		return result, omitted, err
	}
	defer g.busy()()
	result = g.actions[step.Action].Do(ctx, g.subject, params)
	if g.subject.Pod != nil && result.IsBeyondRecording() { // Without a pod there is no way on.
		omitted.why = g.sentence(result.Err)
	}
	if waited(result) { // What was diagnosed before the wait holds no more.
		err = g.tools.Examine(ctx, g.subject)
	}
	return result, omitted, err
}

// end shows how the run ended.
func (g *guide) end() error {
	g.close()
	if err := g.save(true); err != nil {
		return err
	}
	if err := g.answers.unused(); err != nil {
		return err
	}
	return g.transcript.Err()
}

// open tells what the run is, once.
func (g *guide) open() {
	if g.opened {
		return
	}
	g.opened = true
	g.tell(func(t teller) {
		t.Opening(g.say(g.workflow.Title, nil), g.say(g.workflow.Summary, nil), g.about)
		if found := g.conclusion(); found.Verdict != "" {
			t.Found(found)
		}
		if g.picked && g.workflow.Fits != nil {
			t.Say(g.say(*g.workflow.Fits, nil))
		}
	})
}

// reopen tells where a run goes on that was interrupted.
func (g *guide) reopen() {
	g.opened = true
	g.transcript.Opening(g.plain(g.workflow.Title, nil), g.plain(g.workflow.Summary, nil), message.Unmarked(g.about))
	if found := g.conclusion(); found.Verdict != "" {
		g.tell(func(t teller) { t.Found(found) })
	}
	g.tell(func(t teller) { t.Say(g.text("debug.resumed", g.numbered(g.state.At))) })
}

// sentence is report.Sentence, its own code marked; who is told neutralises it.
func (g *guide) sentence(err error) string {
	var told *message.Error
	if !errors.As(err, &told) {
		return report.Sentence(err, g.messages)
	}
	return strings.Join(strings.Fields(g.text(told.ID, told.Args)), " ")
}

// conclusion is what was found about the pod; its verdict is empty when nothing was.
func (g *guide) conclusion() report.Conclusion {
	found := g.subject.Target()
	if found == nil {
		return report.Conclusion{}
	}
	return report.Conclude(found, g.subject.Diagnosis.File.TakenAt, g.messages, g.tools.Kubectl.Name)
}

// say is a text of the workflow in the reader's language, its own code marked (message.Marked); without arguments it gets
// those of the subject.
func (g *guide) say(text workflow.Text, args message.Args) string {
	if args == nil {
		args = g.args()
	}
	return message.Marked(args, func(args message.Args) string { return g.workflow.Say(text, g.messages.Language(), args) })
}

// plain is say for what is asked.
func (g *guide) plain(text workflow.Text, args message.Args) string {
	return message.Unmarked(g.say(text, args))
}

// text is a message, its own code marked.
func (g *guide) text(id string, args message.Args) string {
	return message.Marked(args, func(args message.Args) string { return g.messages.Text(id, args) })
}

// args are what texts can say.
func (g *guide) args() message.Args {
	args := g.subject.Args(g.tools.Kubectl)
	args["Answers"], args["Verdict"] = g.state.Answers, g.state.Case.Verdict
	args["Root"] = g.subject.RootArgs(g.messages)
	return args
}

// stepArgs are what the texts of a step can say; what its action did not come to tell is empty.
func (g *guide) stepArgs(step *workflow.Step, result message.Args) message.Args {
	args := g.args()
	for _, name := range g.actions[step.Action].Args {
		args[name] = ""
	}
	maps.Copy(args, result)
	return args
}

// ask asks what next. The end of the input ends the run as choosing to finish does; where nobody is asked, the run goes
// where the workflow leads.
func (g *guide) ask(ctx context.Context) (workflow.Answer, error) {
	if g.answers != nil {
		return g.answers.move(g.state.At), nil
	}
	choices := g.workflow.Choices(g.state)
	id, err := g.asker.Ask(ctx, g.asking(choices))
	switch {
	case errors.Is(err, io.EOF):
		return workflow.Answer{Verb: workflow.Quit}, nil
	case err != nil:
		return workflow.Answer{}, err
	}
	for _, answer := range choices {
		if choiceID(answer) == id {
			return answer, nil
		}
	}
	return workflow.Answer{Verb: workflow.Onward}, nil
}
