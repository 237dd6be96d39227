// Package describe is the command that tells all there is to know of a pod: kubectl's own description, preceded by what
// that leaves out and followed by everything that happened, in one order of time.
package describe

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cli/completion"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cli/selection"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

var long = templates.LongDesc(`
	Show all that is known of pods: first why they fail, as diagnose tells it, and what kubectl's description leaves out
	(why a container waits, the reasons of the conditions, how the last run ended in words, the chain of owners), then
	kubectl's description itself, then one timeline of what happened to the pod, its owners and its node.

	An owner (deploy/web) stands for its pods. Thousands of pods cost no more requests than one.`)

var example = templates.Examples(`
	# One pod
	kubectl podkit describe web-0

	# The pods of a Deployment
	kubectl podkit describe deploy/web

	# The pods with a label, in a namespace
	kubectl podkit describe -n shop -l app=web`)

// Flags are the flags as typed.
type Flags struct {
	selection.Flags
	ShowEvents bool
}

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	flags := &Flags{}
	cmd := &cobra.Command{
		Use:               "describe [pods | POD... | TYPE/NAME...]",
		Short:             "Show all that is known of pods, and what happened to them in order",
		Long:              long,
		Example:           example,
		ValidArgsFunction: completion.Pods(env),
		RunE:              environment.RunE(env, flags.ToOptions),
	}
	flags.AddFlags(cmd.Flags())
	return cmd
}

// AddFlags registers the flags under kubectl's names.
func (f *Flags) AddFlags(flags *pflag.FlagSet) {
	f.Flags.AddFlags(flags)
	flags.BoolVar(&f.ShowEvents, "show-events", true, "Show the timeline")
}

// ToOptions checks the flags and arguments.
func (f *Flags) ToOptions(env *environment.Environment, args []string) (*Options, error) {
	spec, err := f.ToSpec(env, args)
	if err != nil {
		return nil, err
	}
	messages, err := env.Messages()
	if err != nil {
		return nil, err
	}
	reader, err := env.Cluster()
	if err != nil {
		return nil, err
	}
	return &Options{
		Spec: spec, ShowEvents: f.ShowEvents, Cluster: reader, Messages: messages, Kubectl: env.Kubectl(), kubectl: kubectl,
		Streams: env.Streams, Terminal: env.Terminal(), Now: env.Now,
	}, nil
}

// Cluster is what describe reads.
type Cluster interface {
	target.PodReader
	casefile.Library
}

// Options are what describe was asked to do.
type Options struct {
	Spec       target.Spec
	ShowEvents bool

	Cluster  Cluster
	Messages *message.Catalog
	// Kubectl is how kubectl is called in the commands.
	Kubectl string
	// kubectl is kubectl's own description of a pod.
	kubectl  func(*corev1.Pod) (string, error)
	Streams  genericiooptions.IOStreams
	Terminal report.Terminal
	Now      func() time.Time
}

// Run describes the pods, separated as kubectl separates them.
func (o *Options) Run(ctx context.Context) error {
	pods, err := target.Pods(ctx, o.Cluster, o.Spec)
	if err != nil {
		return err
	}
	now := o.Now()
	if len(pods) == 0 {
		args := message.Args{"Namespace": o.Spec.Namespace, "Count": 0}
		_, err := fmt.Fprintln(o.Streams.ErrOut, o.Messages.Text("get.none", args))
		return err
	}
	found := diagnosis.Diagnose(ctx, o.Cluster, casefile.Open(ctx, o.Cluster, pods, now), causes.All())
	var failed []string
	for i := range found.Targets {
		if i > 0 {
			if _, err := io.WriteString(o.Streams.Out, "\n\n"); err != nil {
				return err
			}
		}
		whole, err := o.describe(found, &found.Targets[i])
		if err != nil {
			return err
		}
		if !whole {
			failed = append(failed, found.Targets[i].Pod.Name)
		}
	}
	if len(failed) > 0 {
		return message.Errorf(nil, "error.described-in-part", message.Args{"Pods": strings.Join(failed, ", "), "Count": len(failed)})
	}
	return diagnosis.Broken(found.Targets)
}

// describe writes all about one pod, and reports whether nothing failed on the way. A part that fails says so in its place: the
// other parts are told, and so are the other pods.
func (o *Options) describe(found *diagnosis.Diagnosis, target *diagnosis.Target) (whole bool, err error) {
	file, pod := found.File, target.Pod
	page := report.NewPage(o.Streams.Out, o.Messages, o.Terminal)
	whole = true
	part := func(write func() error) {
		if cause := attempt(write); cause != nil {
			whole = false
			page.Line("")
			page.Line(report.Escape(o.Messages.Text("describe.failed", message.Args{"Pod": pod.Name, "Cause": cause.Error()})))
		}
	}
	if target.Verdict != diagnosis.Healthy {
		part(func() error {
			view := report.DiagnosisView{Kubectl: o.Kubectl, Namespaced: o.Spec.Namespace == ""}
			page.Target(target, file.TakenAt, view)
			page.Unread(found, target, view)
			page.Line("")
			return nil
		})
	}
	part(func() error { page.Summary(file, pod); return nil })
	part(func() error {
		text, err := o.kubectl(pod)
		if err == nil {
			page.Section("describe.kubectl")
			page.Line(strings.TrimSuffix(report.Escape(text), "\n"))
		}
		return err
	})
	if o.ShowEvents {
		part(func() error { page.Timeline(file, pod); return nil })
	}
	return whole, page.Err()
}

// attempt runs a part; what it panics with is an error like another. kubectl's describer expects what an API server fills in.
func attempt(part func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("%v", cause)
		}
	}()
	return part()
}
