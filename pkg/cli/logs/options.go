package logs

import (
	"context"
	"math"
	"time"

	"github.com/spf13/pflag"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/kubectl/pkg/util"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cli/notice"
	"github.com/kubectl-podkit/podkit/pkg/cli/selection"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// selectorTail is how many lines of each pod are shown when a selector chose it, as with kubectl.
const selectorTail = 10

// Reader reads logs; action.Client does.
type Reader interface {
	Logs(ctx context.Context, query *action.LogQuery, streams []action.LogStream, sink action.LogSink) (int, error)
}

// Options are what logs was asked to do.
type Options struct {
	Spec  target.Spec
	Query action.LogQuery
	// Prefix puts the pod and container before each line; nil means when there are several logs.
	Prefix       *bool
	IgnoreErrors bool

	Cluster  target.PodReader
	Logs     Reader
	Messages *message.Catalog
	Streams  genericiooptions.IOStreams
	Terminal report.Terminal
	Now      func() time.Time
}

// ToOptions checks the flags and arguments. changed is the set that the flags were parsed by.
func (f *Flags) ToOptions(env *environment.Environment, changed *pflag.FlagSet, args []string) (*Options, error) {
	if len(args) == 0 && f.Selectors == (selection.Selectors{}) {
		return nil, message.Errorf(nil, "logs.no-target", nil)
	}
	spec, err := f.ToSpec(env, args)
	if err != nil {
		return nil, err
	}
	if f.Follow {
		if err := env.NeedsLive("recording.no-follow", environment.Typed("logs", spec.Namespace, changed, args)...); err != nil {
			return nil, err
		}
	}
	query, err := f.query(changed, len(spec.Names) == 0)
	if err != nil {
		return nil, err
	}
	options := &Options{
		Spec: spec, Query: query, IgnoreErrors: f.IgnoreErrors,
		Streams: env.Streams, Terminal: env.Terminal(), Now: env.Now,
	}
	if changed.Changed("prefix") {
		options.Prefix = &f.Prefix
	}
	return options, options.connect(env)
}

func (o *Options) connect(env *environment.Environment) error {
	var err error
	if o.Messages, err = env.Messages(); err != nil {
		return err
	}
	reader, err := env.Cluster()
	if err != nil {
		return err
	}
	o.Cluster = reader
	o.Logs, err = action.New(reader)
	return err
}

// query checks the flags that say what to read of each log.
func (f *Flags) query(changed *pflag.FlagSet, selected bool) (action.LogQuery, error) {
	query := action.LogQuery{AllContainers: f.AllContainers, StartTimeout: f.PodRunningTimeout, MaxStreams: f.MaxLogRequests}
	query.Container, query.Follow, query.Timestamps = f.Container, f.Follow, f.Timestamps
	query.InsecureSkipTLSVerifyBackend = f.InsecureSkipTLSVerify
	if changed.Changed("previous") {
		query.Instance = action.Current
		if f.Previous {
			query.Instance = action.Previous
		}
	}
	if f.AllContainers && f.Container != "" {
		return query, message.Errorf(nil, "logs.containers", message.Args{"Container": f.Container})
	}
	if f.LimitBytes < 0 || f.Tail < -1 {
		return query, message.Errorf(nil, "logs.amount", nil)
	}
	if f.LimitBytes > 0 {
		query.LimitBytes = &f.LimitBytes
	}
	switch tail := int64(selectorTail); {
	case f.Tail >= 0:
		query.TailLines = &f.Tail
	case selected && !changed.Changed("tail"):
		query.TailLines = &tail
	}
	return query, f.since(&query)
}

// since reads --since, of which a part of a second counts as a whole one, and --since-time.
func (f *Flags) since(query *action.LogQuery) error {
	if f.Since < 0 || f.Since != 0 && f.SinceTime != "" {
		return message.Errorf(nil, "logs.since", nil)
	}
	if f.Since > 0 {
		seconds := int64(math.Ceil(f.Since.Seconds()))
		query.SinceSeconds = &seconds
	}
	if f.SinceTime == "" {
		return nil
	}
	since, err := util.ParseRFC3339(f.SinceTime, metav1.Now)
	if err != nil {
		return message.Errorf(err, "logs.since-time", message.Args{"Time": f.SinceTime})
	}
	query.SinceTime = &since
	return nil
}

// Run prints the logs. Those that cannot be read are told; when there is nothing but them, that is an error.
func (o *Options) Run(ctx context.Context) error {
	pods, err := selection.Pods(ctx, o.Cluster, o.Spec)
	if err != nil {
		return err
	}
	plan := o.Query.Plan(pods, o.Now())
	tell := notice.New(o.Streams.ErrOut, o.Messages)
	tell.Notes(plan.Notes...)
	printer := newPrinter(o, plan.Streams, tell)
	read, err := o.Logs.Logs(ctx, &o.Query, plan.Streams, printer)
	if flushErr := printer.flush(); err == nil {
		err = flushErr
	}
	if err != nil {
		return err
	}
	failures := append(plan.Failures, printer.failures...)
	all := len(plan.Streams) + len(plan.Failures)
	if all == 1 && len(failures) == 1 && !o.IgnoreErrors {
		return failures[0] // A single log's failure is the command's.
	}
	for _, failure := range failures {
		tell.Failure(failure)
	}
	if read == 0 && len(failures)+printer.told > 0 && !o.IgnoreErrors {
		return message.Errorf(nil, "logs.nothing", message.Args{"Logs": all})
	}
	return nil
}
