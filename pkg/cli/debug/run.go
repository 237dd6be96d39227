package debug

import (
	"context"
	"fmt"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug/prompt"
	"github.com/kubectl-podkit/podkit/pkg/cli/debug/repertoire"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// Run walks through the workflow, after the reader has picked what to look at where nothing was named.
func (o *Options) Run(ctx context.Context) error {
	if onward, err := o.pick(ctx, o.asker()); err != nil || !onward {
		return err
	}
	return o.guide().run(ctx)
}

// guide prepares the walk.
func (o *Options) guide() *guide {
	tools := repertoire.Tools{
		Cluster: o.Cluster, Pods: o.Pods, Messages: o.Messages, Kubectl: o.Kubectl, Now: o.Now,
		Patience: repertoire.Patience{For: o.Patience, Every: o.Look, Tell: o.tell},
	}
	return &guide{
		workflow: o.Workflow, actions: repertoire.New(tools),
		subject: &repertoire.Subject{Spec: o.Spec, Container: o.Container},
		cluster: o.Cluster, pods: o.Pods, kubectl: o.Kubectl, messages: o.Messages,
		transcript: report.NewTranscript(o.Streams.Out, o.Messages, o.Terminal),
		about:      o.about(), streams: o.Streams, asker: o.asker(),
	}
}

// asker chooses the way of asking.
func (o *Options) asker() prompt.Asker {
	if o.Yes {
		return prompt.Nobody{}
	}
	return prompt.New(o.Streams, o.Terminal, o.Messages, o.Plain)
}

// tell says on stderr what is waited for. What cannot be written there has nobody to be told to.
func (o *Options) tell(text string) { fmt.Fprintln(o.Streams.ErrOut, text) }

// about says what the run looks at.
func (o *Options) about() string {
	asked := (&repertoire.Subject{Spec: o.Spec}).Asked()
	args := message.Args{
		"Asked": asked, "Namespace": o.Spec.Namespace, "Context": o.Context, "Kubectl": o.Kubectl.Name,
	}
	switch {
	case asked != "" && o.Spec.Namespace != "":
		return o.Messages.Text("debug.about-pods", args)
	case o.Spec.Namespace != "":
		return o.Messages.Text("debug.about-namespace", args)
	}
	return o.Messages.Text("debug.about-all", args)
}
