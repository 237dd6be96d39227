package debug

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/cli/debug/prompt"
	"github.com/kubectl-podkit/podkit/pkg/cli/debug/repertoire"
	"github.com/kubectl-podkit/podkit/pkg/cli/notice"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// fallback is the workflow that fits when no other does.
const fallback = "explore"

// Run lets the reader pick a target where none was named, diagnoses it, chooses a workflow unless one was named, walks
// through it, and writes the reports.
func (o *Options) Run(ctx context.Context) error {
	if err := o.look(ctx); err != nil {
		return err
	}
	if onward, err := o.pick(ctx, o.asker()); err != nil || !onward {
		return err
	}
	g, err := o.prepare(ctx)
	if err != nil {
		return err
	}
	if err := g.run(ctx); err != nil {
		return err
	}
	if err := o.publish(ctx, g); err != nil {
		return err
	}
	if o.Watch {
		return o.watch(ctx, g)
	}
	return nil
}

// look finds out what the colours will stand on, where somebody is asked.
func (o *Options) look(ctx context.Context) (err error) {
	if _, nobody := o.asker().(prompt.Nobody); !nobody && !o.Plain {
		o.Terminal.Ground, err = prompt.Ground(ctx, o.Streams, o.Terminal)
	}
	return err
}

// prepare diagnoses the target and gets everything ready for the walk.
func (o *Options) prepare(ctx context.Context) (*guide, error) {
	g := o.guide()
	defer g.busy()()
	if err := g.tools.Examine(ctx, g.subject); err != nil {
		return nil, err
	}
	if err := o.choose(g); err != nil {
		return nil, err
	}
	if o.Answers != nil {
		if err := o.Answers.check(g.workflow); err != nil {
			return nil, err
		}
	}
	o.follow(g)
	g.state = g.state.Diagnosed(g.subject.Case())
	return g, nil
}

// guide returns a guide that has no workflow yet.
func (o *Options) guide() *guide {
	if o.Record == nil {
		o.Keep()
	}
	o.Record.redactor = o.Publisher.Redactor
	line := notice.NewLine(o.Streams.ErrOut)
	if o.Plain { // Nothing is written over there.
		line = &notice.Line{}
	}
	tools := repertoire.Tools{
		Cluster: o.Cluster, Pods: o.Pods, Messages: o.Messages, Kubectl: o.Kubectl, Now: o.Now, Terminal: o.Terminal,
		Patience: repertoire.Patience{For: o.Patience, Every: o.Look, Tell: func(text string) {
			line.Clear()
			o.tell(text)
		}},
	}
	asker := o.asker()
	_, nobody := asker.(prompt.Nobody)
	return &guide{
		tools: tools, actions: repertoire.New(tools), subject: &repertoire.Subject{Spec: o.Spec, Container: o.Container},
		pods: o.Pods, messages: o.Messages, streams: o.Streams, asker: asker, line: line, attended: !nobody, allow: o.Allow,
		showValues: o.ShowValues, decided: map[string]bool{},
		answers: o.Answers, record: o.Record, keepable: o.keepable,
		transcript: report.NewTranscript(o.Streams.Out, o.Messages, o.Terminal), about: o.about(),
	}
}

// choose takes the workflow that was named, or that of an interrupted run, or the one that fits what was found.
func (o *Options) choose(g *guide) error {
	if g.workflow = o.Workflow.Workflow; g.workflow == nil {
		worst := *g.subject // Conditions see the pod that a workflow about trouble follows.
		worst.FollowWorst()
		state := workflow.State{}.Seeing("", worst.About()).Diagnosed(worst.Case())
		var all []*workflow.Workflow
		for _, entry := range o.Candidates {
			all = append(all, entry.Workflow)
		}
		g.picked = true
		if g.workflow = workflow.Pick(all, state); g.workflow == nil {
			entry, err := o.Library.Open(fallback)
			if err != nil {
				return err
			}
			g.workflow = entry.Workflow
		}
	}
	g.record.saved.Spec, g.record.saved.Context = o.Spec, o.Context
	g.record.saved.Workflow = o.nameOf(g.workflow)
	if o.Resumed != nil {
		g.state, g.resume = o.Resumed.State, o.Resumed.State.At != ""
		if g.resume && g.workflow.Step(g.state.At) == nil {
			_, err := g.workflow.Next(g.state, workflow.Answer{Verb: workflow.Again}) // It says which steps there are.
			return err
		}
	}
	return nil
}

// nameOf is by what a workflow can be opened again, from any directory: its path, or its name.
func (o *Options) nameOf(w *workflow.Workflow) string {
	if o.Workflow.Path == "" {
		return w.Name
	}
	if path, err := filepath.Abs(o.Workflow.Path); err == nil {
		return path
	}
	return o.Workflow.Path
}

// follow chooses the pod of the run. A workflow about trouble follows the pod that has it; one that begins by finding a
// pod has none yet; an interrupted one goes on with its own.
func (o *Options) follow(g *guide) {
	switch {
	case o.Resumed != nil && o.Resumed.Pod != "":
		for i := range g.subject.Diagnosis.Targets {
			if pod := g.subject.Diagnosis.Targets[i].Pod; pod.Name == o.Resumed.Pod && pod.Namespace == o.Resumed.PodSpace {
				g.subject.Pod = pod.DeepCopy()
				return
			}
		}
		g.subject.FollowWorst() // Its pod is gone; one of those that are there now.
	case g.workflow.When != "":
		g.subject.FollowWorst()
	case !g.actions[g.workflow.Steps[0].Action].Podless:
		g.subject.Pod = action.Pick(g.subject.Diagnosis.File.Pods)
	}
}

// asker chooses the way of asking.
func (o *Options) asker() prompt.Asker {
	if o.Yes || o.Answers != nil {
		return prompt.Nobody{}
	}
	return prompt.New(o.Streams, o.Terminal, o.Messages, o.Plain)
}

// tell says on stderr what is waited for. What cannot be written there has nobody to be told to.
func (o *Options) tell(text string) { fmt.Fprintln(o.Streams.ErrOut, text) }

// about says what the run looks at, its own code marked.
func (o *Options) about() string {
	asked := (&repertoire.Subject{Spec: o.Spec}).Asked()
	args := message.Args{
		"Asked": asked, "Namespace": o.Spec.Namespace, "Context": o.Context, "Kubectl": o.Kubectl.Name,
	}
	id := "debug.about-all"
	switch {
	case asked != "" && o.Spec.Namespace != "":
		id = "debug.about-pods"
	case o.Spec.Namespace != "":
		id = "debug.about-namespace"
	}
	return message.Marked(args, func(args message.Args) string { return o.Messages.Text(id, args) })
}
