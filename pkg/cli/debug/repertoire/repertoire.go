package repertoire

import (
	"context"
	"maps"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// Cluster is what the actions read; cluster.Cluster does.
type Cluster interface {
	target.PodReader
	casefile.Library
}

// Pods reaches into pods; action.Client does.
type Pods interface {
	// Fetch sends a GET to the app through the API server. An empty port means the one that the pod declares.
	Fetch(ctx context.Context, pod *corev1.Pod, port, path string) (action.Response, error)
	// FetchService sends a GET to the app through a Service, whose port is named by number or name.
	FetchService(ctx context.Context, namespace, service, port, path string) (action.Response, error)
	// LogTail reads the last lines of a container's log.
	LogTail(ctx context.Context, pod *corev1.Pod, container string, lines int64) (action.Log, error)
	// Capture runs a command without input.
	Capture(ctx context.Context, pod *corev1.Pod, container string, command []string) (stdout, stderr string, err error)
}

// Tools are what the actions work with.
type Tools struct {
	Cluster  Cluster
	Pods     Pods
	Messages *message.Catalog
	Kubectl  Kubectl
	Now      func() time.Time
	// Terminal is where the run is shown.
	Terminal report.Terminal
	Patience Patience
}

// marked is a message, its own code marked.
func (t Tools) marked(id string, args message.Args) string {
	return message.Marked(args, func(args message.Args) string { return t.Messages.Text(id, args) })
}

// Patience is how long the run waits for a pod to run.
type Patience struct {
	// For bounds the waiting, Every is the time between two looks.
	For, Every time.Duration
	// Tell is called with what is waited for, each time that it changes.
	Tell func(text string)
}

// Result is what came of an action.
type Result struct {
	// Commands do the same by hand.
	Commands []report.Command
	// Output are lines as they came from the cluster; LeftOut says what of them is not shown, its own code marked
	// (message.Marked), and Whole are all that were read when some are not.
	Output  []string
	LeftOut string
	Whole   []string
	// Clear is the same output with nothing masked, for the reader's terminal alone; nil unless the subject is revealed.
	Clear *Clear
	// Unbroken are those of them that are commands, which are never shortened or broken.
	Unbroken []string
	// Facts are what was found, for the workflow's conditions; Args are for its messages.
	Facts []string
	Args  message.Args
	// Err is why the action failed; there may be output all the same.
	Err error
}

// Clear is output in which nothing is masked.
type Clear struct {
	Output  []string
	LeftOut string
	Whole   []string
}

// IsFailed reports whether the action failed.
func (r *Result) IsFailed() bool { return r.Err != nil }

// IsBeyondRecording reports whether the action failed since a recording is looked at, which does not hold what was asked
// for, or runs nothing.
func (r *Result) IsBeyondRecording() bool {
	return isA(r.Err, "recording.not-recorded") || isA(r.Err, "recording.no-answer") || isA(r.Err, "recording.no-streams")
}

// Action is one entry of the table.
type Action struct {
	workflow.Action
	// Podless is set for an action that needs no pod to follow: it finds one, or is about what has none.
	Podless bool
	// Plan says what the action would do; nil for one that only looks.
	Plan func(subject *Subject, with map[string]string) Plan
	// Values says what the action shows when the subject is to be revealed, in the reader's language; nil for one that masks
	// nothing.
	Values func(subject *Subject) string
	// Do performs it on the subject with the step's parameters.
	Do func(ctx context.Context, subject *Subject, with map[string]string) Result
}

// Plan is what an action would do, for the reader to agree to.
type Plan struct {
	// Touches says what is reached into, in the reader's language.
	Touches string
	// Commands do the same by hand.
	Commands []report.Command
	// Rights are what the API server will ask for: "create pods/exec".
	Rights []string
	// Looks is set for a program that is known to change nothing.
	Looks bool
}

// Plan is the plan for its readers.
func (p Plan) Plan() report.Plan {
	return report.Plan{Touches: p.Touches, Commands: p.Commands, Rights: p.Rights}
}

// New returns the table of actions.
func New(tools Tools) map[string]Action {
	return map[string]Action{
		"get": {
			Action: workflow.Action{
				Params: []string{"what", "wide"},
				Facts:  slices.Concat([]string{"one-pod", "several-pods", "waited", "why"}, nodesFacts(), []string{"some", "none", "forbidden"}),
				Args:   []string{"Pods", "Waited", "Count", "Nodes", "Asks", "Taints"},
			},
			Podless: true,
			Do:      tools.get,
		},
		"describe": {
			Action: workflow.Action{
				Facts: []string{"deployment", "owned", "bare", "events", "warnings", "no-events"},
				Args:  []string{"Owner", "OwnerKind"},
			},
			Do: tools.describe,
		},
		"curl": {
			Action: workflow.Action{
				Params: []string{"path", "port", "probe", "service"},
				Facts: []string{
					"answered", "http-error", "server-error", "no-such-path", "login", "refused", "down", "unreachable", "no-http",
					"no-endpoint", "forbidden",
				},
				Args: []string{"Status", "Took", "URL", "Asked", "Path"},
			},
			Do: tools.curl,
		},
		"logs": {
			Action: workflow.Action{Params: []string{"lines"}, Facts: []string{"empty", "previous", "forbidden"}},
			Do:     tools.logs,
		},
		"exec": {
			Action: workflow.Action{
				Params: []string{"command", "probe"},
				Facts:  []string{"masked", "unlisted", "in-clear", "no-program", "exit-code", "forbidden"},
				Args:   []string{"Command"}, Consent: execConsent,
			},
			Plan:   tools.execPlan,
			Values: tools.execValues,
			Do:     tools.exec,
		},
		"diagnose":  {Action: diagnoseAction(), Do: tools.diagnose},
		"wait":      {Action: waitAction(), Do: tools.wait},
		"probe":     {Action: probeAction(), Do: tools.probe},
		"listeners": {Action: listenersAction(), Plan: tools.listenersPlan, Do: tools.listeners},
		"memory":    {Action: memoryAction(), Do: tools.memory},
		"scheduler": {Action: schedulerAction(), Do: tools.scheduler},
		"claims":    {Action: claimsAction(), Do: tools.claims},
		"endpoints": {Action: endpointsAction(), Do: tools.endpoints},
		"selector":  {Action: selectorAction(), Podless: true, Do: tools.selector},
	}
}

// Vocabulary is the table as a workflow may speak of it, for its validation. offers names what only a person can start.
func Vocabulary(offers []string) workflow.Vocabulary {
	words := workflow.Vocabulary{
		Actions: map[string]workflow.Action{}, About: aboutFacts(), Offers: offers,
		Args:   slices.Sorted(maps.Keys((&Subject{}).Args(Kubectl{}))),
		Values: values(),
	}
	for name, action := range New(Tools{}) {
		words.Actions[name] = action.Action
	}
	return words
}

// values are the words that conditions can compare with.
func values() map[string][]string {
	known := map[string][]string{
		"severity":   {diagnosis.Info.String(), diagnosis.Warning.String(), diagnosis.Error.String()},
		"confidence": {diagnosis.Possible.String(), diagnosis.Likely.String(), diagnosis.Certain.String()},
	}
	for _, verdict := range diagnosis.Verdicts() {
		known["verdict"] = append(known["verdict"], string(verdict))
	}
	for _, entry := range causes.Entries(causes.Families()) {
		known["id"] = append(known["id"], entry.ID)
		known["family"] = append(known["family"], entry.Family)
	}
	slices.Sort(known["family"])
	known["family"] = slices.Compact(known["family"])
	return known
}
