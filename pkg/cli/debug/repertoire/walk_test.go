package repertoire

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/internal/scenario"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// stage is the cluster of a scenario.
type stage struct {
	casefile.Library
	pods []corev1.Pod
}

var _ Cluster = stage{}

func (s stage) Pods(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Pod] {
	asked, err := labels.Parse(query.Labels)
	if err != nil {
		return casefile.Unanswered[[]corev1.Pod](casefile.Failed, err)
	}
	found := slices.DeleteFunc(slices.Clone(s.pods), func(pod corev1.Pod) bool {
		return len(query.Names) > 0 && !slices.Contains(query.Names, pod.Name) || !asked.Matches(labels.Set(pod.Labels))
	})
	if len(query.Names) > 0 && len(found) == 0 {
		return casefile.Unanswered[[]corev1.Pod](casefile.Absent, errors.New("the pod is gone"))
	}
	return casefile.Answered(found)
}

func (stage) IsType(string) bool { return false }

// Objects are those of the one type that a scenario's run is asked about.
func (s stage) Objects(ctx context.Context, _ string, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	return s.Whole(ctx, serviceKind, query)
}

// refusing is a cluster that refuses all but the pod of the run, or fails to read it when broken is set.
type refusing struct {
	stage
	broken bool
}

func refusal[T any](r refusing, resource string) casefile.Answer[T] {
	if r.broken {
		return casefile.Unanswered[T](casefile.Failed, errors.New("the connection broke off"))
	}
	return casefile.Unanswered[T](casefile.Denied, message.Errorf(nil, "error.forbidden", message.Args{
		"Verb": "list", "Resource": resource, "Namespace": "shop", "Name": "", "Cause": "not in your role",
	}))
}

func (r refusing) Pods(ctx context.Context, query casefile.Query) casefile.Answer[[]corev1.Pod] {
	if len(query.Names) > 0 {
		return r.stage.Pods(ctx, query)
	}
	return refusal[[]corev1.Pod](r, "pods")
}

func (r refusing) Nodes(context.Context, casefile.Query) casefile.Answer[[]corev1.Node] {
	return refusal[[]corev1.Node](r, "nodes")
}

func (r refusing) Metadata(context.Context, metav1.TypeMeta, casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	return refusal[[]metav1.PartialObjectMetadata](r, "secrets")
}

func (r refusing) Whole(context.Context, metav1.TypeMeta, casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	return refusal[[]unstructured.Unstructured](r, "services")
}

// lonely is a cluster whose other pods may not be read.
type lonely struct{ stage }

func (a lonely) Pods(ctx context.Context, query casefile.Query) casefile.Answer[[]corev1.Pod] {
	return refusing{stage: a.stage}.Pods(ctx, query)
}

// stocked is a cluster that has a Secret and a ConfigMap of another name than the one that is asked for.
type stocked struct{ stage }

func (s stocked) Metadata(context.Context, metav1.TypeMeta, casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	return casefile.Answered([]metav1.PartialObjectMetadata{{ObjectMeta: metav1.ObjectMeta{Name: "another", Namespace: "shop"}}})
}

// inside is a double of what reaches into pods: what the app answers, listens on, writes, and what keeps one from it.
type inside struct {
	log      string
	previous bool
	sockets  string
	status   int
	// environment is what env prints; empty for what it prints by itself.
	environment string
	// errors by what is done: fetch, service, log, exec.
	errors map[string]error
}

var _ Pods = inside{}

func (i inside) answer(err error) (action.Response, error) {
	status := max(i.status, http.StatusOK)
	return action.Response{
		StatusCode: status, Status: fmt.Sprintf("%d %s", status, http.StatusText(status)), Body: []byte("body of the answer\n"), Duration: 7 * time.Millisecond,
	}, err
}

func (i inside) Fetch(context.Context, *corev1.Pod, string, string) (action.Response, error) {
	return i.answer(i.errors["fetch"])
}

func (i inside) FetchService(context.Context, string, string, string, string) (action.Response, error) {
	return i.answer(i.errors["service"])
}

func (i inside) LogTail(_ context.Context, _ *corev1.Pod, container string, _ int64) (action.Log, error) {
	return action.Log{Container: container, Text: i.log, Previous: i.previous}, i.errors["log"]
}

func (i inside) Capture(_ context.Context, _ *corev1.Pod, _ string, command []string) (stdout, stderr string, err error) {
	if err := i.errors["exec"]; err != nil {
		return "", "", err
	}
	if command[0] == "cat" {
		return i.sockets, "", nil
	}
	if i.environment != "" {
		return i.environment, "", nil
	}
	return "PATH=/bin\nDB_PASSWORD=hunter2\n", "", nil
}

// refusals are the errors of a user who may do nothing beside reading pods.
func refusals() map[string]error {
	denied := func(verb, resource string) error {
		return message.Errorf(nil, "error.forbidden", message.Args{"Verb": verb, "Resource": resource, "Namespace": "shop", "Name": "", "Cause": "not in your role"})
	}
	return map[string]error{
		"fetch": denied("get", "pods/proxy"), "service": denied("get", "services/proxy"), "log": denied("get", "pods/log"), "exec": denied("create", "pods/exec"),
	}
}

// world is a scenario and what there is inside of its pods.
type world struct {
	name   string
	stage  stage
	inside inside
	now    time.Time
	spec   target.Spec
	// later is the cluster once the run has been opened; nil when it stays as it was.
	later Cluster
	// withheld is set when nobody agrees to what reaches into a pod, revealed when somebody wants to see values.
	withheld, revealed bool
}

// untouched is what nobody has agreed to reach into: the app may be asked through the API server, and nothing runs.
type untouched struct {
	inside
	t *testing.T
}

func (u untouched) Capture(_ context.Context, _ *corev1.Pod, _ string, command []string) (stdout, stderr string, err error) {
	u.t.Errorf("%v runs, and nobody has agreed to it", command)
	return "", "", nil
}

func worldOf(s *scenario.Scenario, name string) world {
	pods := s.Pods()
	return world{
		name: name, stage: stage{s.Library(), pods}, now: s.Now(), inside: inside{log: "connecting\nfatal: gave up\n", sockets: sockets0("00000000:1F90")},
		spec: target.Spec{Namespace: pods[0].Namespace, Names: []target.Name{{Name: pods[0].Name}}},
	}
}

// sockets0 is /proc/net/tcp with listeners at these addresses.
func sockets0(addresses ...string) string {
	text := "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
	for i, address := range addresses {
		text += fmt.Sprintf("   %d: %s 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0\n", i, address)
	}
	return text + "   9: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 2 1 0 20 4 30 10 -1\n"
}

// run is what came of a walk.
type run struct {
	picked, text string
	// said are the remarks that were said, and led the branches that were taken: "image/diagnose/means/2".
	reached map[string]bool
	root    string
}

// walk goes through the workflow that is picked, as a run does that asks nobody; answer is given to every question.
func walk(t *testing.T, all []*workflow.Workflow, w world, language message.Language, name, answer string) run {
	t.Helper()
	messages, err := message.NewCatalog(language)
	if err != nil {
		t.Fatal(err)
	}
	tools := Tools{
		Cluster: w.stage, Pods: w.inside, Messages: messages, Kubectl: Kubectl{Name: "kubectl"}, Now: func() time.Time { return w.now },
		Terminal: report.Terminal{Width: report.DefaultWidth},
		Patience: Patience{For: time.Millisecond, Every: time.Millisecond, Tell: func(string) {}},
	}
	if w.withheld {
		tools.Pods = untouched{w.inside, t}
	}
	subject := &Subject{Spec: w.spec, Reveal: w.revealed}
	if err := tools.Examine(t.Context(), subject); err != nil {
		t.Fatal(err)
	}
	subject.FollowWorst()
	state := workflow.State{}.Seeing("", subject.About()).Diagnosed(subject.Case())
	taken := pick(all, name, state)
	if taken == nil {
		return run{}
	}
	r := run{picked: taken.Name, reached: map[string]bool{}, root: subject.RootArgs(messages)["ID"]}
	var text strings.Builder
	args := func(more message.Args) message.Args {
		all := subject.Args(tools.Kubectl)
		all["Answers"], all["Verdict"], all["Root"] = state.Answers, state.Case.Verdict, subject.RootArgs(messages)
		maps.Copy(all, more)
		return all
	}
	say := func(words workflow.Text, more message.Args) string {
		said := taken.Say(words, language, args(more))
		if strings.Contains(said, "<no value>") || strings.Contains(said, "{{") {
			t.Errorf("%s: %s says %q", w.name, taken.Name, said)
		}
		return report.Escape(said)
	}
	fmt.Fprintf(&text, "# %s\n", say(taken.Title, nil))
	if taken.When != "" && taken.Holds(taken.When, state, "") {
		fmt.Fprintf(&text, "%s\n", say(*taken.Fits, nil))
	}
	if w.later != nil {
		tools.Cluster = w.later
	}
	table := New(tools)
	for range 20 {
		move, err := taken.Next(state, workflow.Answer{Verb: workflow.Onward})
		if err != nil {
			t.Fatal(err)
		}
		if move.IsEnd() {
			break
		}
		step := move.Step
		outcome, result := workflow.Outcome{Status: workflow.Done}, Result{Err: subject.Refresh(t.Context(), tools.Cluster)}
		state = state.Seeing(step.ID, subject.About())
		skipped := taken.Unmet(state, step)
		switch {
		case result.Err != nil && step.Action != workflow.Ask:
			skipped = nil
		case step.Action == workflow.Ask:
			result.Err, state = nil, state.Answered(step.ID, answer)
		case skipped != nil:
			outcome.Status = workflow.Skipped
		case subject.Pod == nil && !table[step.Action].Podless:
			result.Err = tools.NoPods(subject)
		case w.withheld && step.Class(table[step.Action].Action, taken.Params(step, args(nil))) != workflow.ReadOnly:
			outcome.Status = workflow.Withheld
		default:
			result = table[step.Action].Do(t.Context(), subject, taken.Params(step, args(nil)))
			checkResult(t, w.name, step.Action, table[step.Action], result)
		}
		outcome.Facts = result.Facts
		if result.Err != nil {
			outcome.Status = workflow.Failed
		}
		state = state.Reached(step.ID, outcome, subject.About()).Diagnosed(subject.Case())
		more := message.Args{}
		for _, name := range table[step.Action].Args {
			more[name] = ""
		}
		maps.Copy(more, result.Args)
		fmt.Fprintf(&text, "\n## %s · %s\n%s\n", say(step.Title, more), outcome.Status, say(step.Purpose, more))
		for _, command := range result.Commands {
			line, refusal := command.Command.Line()
			fmt.Fprintf(&text, "$ %s%s\n", line, refusal)
		}
		for _, line := range result.Output {
			fmt.Fprintf(&text, "│ %s\n", report.Escape(line))
		}
		if result.Err != nil {
			fmt.Fprintf(&text, "✗ %s\n", report.Sentence(result.Err, messages))
		}
		if skipped != nil {
			fmt.Fprintf(&text, "– %s\n", say(*skipped, more))
		}
		for i, remark := range step.Means {
			if taken.Holds(remark.When, state, step.ID) {
				r.reached[fmt.Sprintf("%s/%s/means/%d", taken.Name, step.ID, i)] = true
				fmt.Fprintf(&text, "• %s\n", say(remark.Say, more))
			}
		}
		for i, branch := range step.Next {
			if taken.Holds(branch.When, state, step.ID) {
				r.reached[fmt.Sprintf("%s/%s/next/%d", taken.Name, step.ID, i)] = true
				break
			}
		}
	}
	text.WriteString("\n## .\n")
	for i, remark := range taken.Closing {
		if taken.Holds(remark.When, state, "") {
			r.reached[fmt.Sprintf("%s/closing/%d", taken.Name, i)] = true
			fmt.Fprintf(&text, "• %s\n", say(remark.Say, nil))
		}
	}
	r.text = text.String()
	return r
}

// builtins are all workflows that podkit brings along.
func builtins(t *testing.T) []*workflow.Workflow {
	t.Helper()
	var all []*workflow.Workflow
	for _, name := range workflow.Names() {
		w, err := workflow.Load(name, Vocabulary([]string{"shell"}))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, w)
	}
	return all
}

// pick is the workflow of a name, else the one that is taken for what the state knows.
func pick(all []*workflow.Workflow, name string, state workflow.State) *workflow.Workflow {
	for _, w := range all {
		if w.Name == name {
			return w
		}
	}
	return workflow.Pick(all, state)
}

// checkResult checks that an action keeps to its vocabulary, or conditions that ask for it were never checked.
func checkResult(t *testing.T, world, name string, of Action, result Result) {
	t.Helper()
	for _, fact := range result.Facts {
		if !slices.Contains(of.Facts, fact) {
			t.Errorf("%s: %s finds %q, which is not in its vocabulary", world, name, fact)
		}
	}
	for arg := range result.Args {
		if !slices.Contains(of.Args, arg) {
			t.Errorf("%s: %s gives %q, which is not in its vocabulary", world, name, arg)
		}
	}
}
