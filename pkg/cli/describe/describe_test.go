package describe

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

var now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

func ago(d time.Duration) metav1.Time { return metav1.NewTime(now.Add(-d)) }

// double is a cluster of some pods of one ReplicaSet, which counts what it is asked.
type double struct {
	pods []corev1.Pod
	err  error

	mu    sync.Mutex
	asked []string
}

func (d *double) ask(what string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, what)
}

func (d *double) Pods(_ context.Context, _ casefile.Query) casefile.Answer[[]corev1.Pod] {
	d.ask("pods")
	if d.err != nil {
		return casefile.Unanswered[[]corev1.Pod](casefile.Denied, d.err)
	}
	return casefile.Answered(slices.Clone(d.pods))
}

func (d *double) Objects(context.Context, string, casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	d.ask("owner named")
	return casefile.Answered([]unstructured.Unstructured{{Object: map[string]any{
		"apiVersion": "v1", "kind": "Service", "metadata": map[string]any{"name": "web", "namespace": "shop"},
		"spec": map[string]any{"selector": map[string]any{"app": "web"}},
	}}})
}

func (d *double) IsType(string) bool { return false }

func (d *double) Events(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Event] {
	d.ask("events " + query.Namespace)
	if query.Namespace != "shop" {
		return casefile.Answered([]corev1.Event(nil))
	}
	return casefile.Answered([]corev1.Event{{
		InvolvedObject: corev1.ObjectReference{Kind: "Pod", Name: "web-0", UID: "uid-web-0"}, Type: corev1.EventTypeWarning, Reason: "BackOff",
		Message: "Back-off restarting failed container", Count: 3, FirstTimestamp: ago(3 * time.Minute), LastTimestamp: ago(30 * time.Second),
		Source: corev1.EventSource{Component: "kubelet"},
	}})
}

func (d *double) Nodes(context.Context, casefile.Query) casefile.Answer[[]corev1.Node] {
	d.ask("nodes")
	return casefile.Answered([]corev1.Node{{ObjectMeta: metav1.ObjectMeta{Name: "node1", UID: "uid-node1"}}})
}

func (d *double) Metadata(_ context.Context, kind metav1.TypeMeta, _ casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	d.ask(kind.Kind)
	return casefile.Answered([]metav1.PartialObjectMetadata{{ObjectMeta: metav1.ObjectMeta{Name: "web-7c", UID: "uid-rs"}}})
}

func (d *double) Whole(_ context.Context, kind metav1.TypeMeta, _ casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	d.ask("whole " + kind.Kind)
	return casefile.Answered([]unstructured.Unstructured(nil))
}

func (d *double) Log(_ context.Context, question casefile.Question) casefile.Answer[casefile.Log] {
	d.ask("log " + question.Container)
	return casefile.Unanswered[casefile.Log](casefile.Absent, nil)
}

// crashing returns pods of the ReplicaSet web-7c, whose container does not stay up.
func crashing(count int) []corev1.Pod {
	var pods []corev1.Pod
	yes := true
	for i := range count {
		name := fmt.Sprintf("web-%d", i)
		started := ago(5 * time.Minute)
		pods = append(pods, corev1.Pod{
			ObjectMeta: metav1.ObjectMeta{
				Namespace: "shop", Name: name, UID: types.UID("uid-" + name), CreationTimestamp: started, Labels: map[string]string{"app": "web"},
				Annotations:     map[string]string{"note": "colour \x1b[31m and \u009b2J bell \a"},
				OwnerReferences: []metav1.OwnerReference{{APIVersion: "apps/v1", Kind: "ReplicaSet", Name: "web-7c", UID: "uid-rs", Controller: &yes}},
			},
			Spec: corev1.PodSpec{NodeName: "node1", RestartPolicy: corev1.RestartPolicyAlways, Containers: []corev1.Container{{
				Name: "app", Image: "app:v1", Ports: []corev1.ContainerPort{{ContainerPort: 8080}},
			}}},
			Status: corev1.PodStatus{
				Phase: corev1.PodRunning, PodIP: "10.244.1.7", StartTime: &started,
				Conditions: []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionFalse, Reason: "ContainersNotReady", LastTransitionTime: ago(time.Minute)}},
				ContainerStatuses: []corev1.ContainerStatus{{
					Name: "app", RestartCount: 2, Image: "app:v1",
					State:                corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "CrashLoopBackOff", Message: "back-off 20s restarting failed container=app"}},
					LastTerminationState: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{Reason: "Error", ExitCode: 127, StartedAt: ago(41 * time.Second), FinishedAt: ago(40 * time.Second)}},
				}},
			},
		})
	}
	return pods
}

// run describes the pods of a double and returns what was printed.
func run(t *testing.T, d *double, language message.Language, change func(*Options)) (out, errOut string, err error) {
	t.Helper()
	messages, err := message.NewCatalog(language)
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	o := &Options{
		Spec: target.Spec{Namespace: "shop"}, ShowEvents: true, Cluster: d, Messages: messages,
		Streams: genericiooptions.IOStreams{Out: &stdout, ErrOut: &stderr}, Now: func() time.Time { return now },
		kubectl: kubectl,
	}
	change(o)
	err = o.Run(t.Context())
	return stdout.String(), stderr.String(), err
}

func TestDescribe(t *testing.T) {
	tests := map[string]struct {
		pods     int
		language message.Language
		change   func(*Options)
	}{
		"one":       {1, message.English, func(*Options) {}},
		"one-zh":    {1, message.Chinese, func(*Options) {}},
		"two":       {2, message.English, func(*Options) {}},
		"no-events": {1, message.English, func(o *Options) { o.ShowEvents = false }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			out, errOut, err := run(t, &double{pods: crashing(test.pods)}, test.language, test.change)
			if err != nil || errOut != "" {
				t.Fatalf("%v, stderr %q", err, errOut)
			}
			golden.Equal(t, name+".txt", out)
		})
	}
}

// TestNPodsCostTheReadsOfOne is what the help promises.
func TestNPodsCostTheReadsOfOne(t *testing.T) {
	one, many := &double{pods: crashing(1)}, &double{pods: crashing(300)}
	for _, d := range []*double{one, many} {
		if _, _, err := run(t, d, message.English, func(*Options) {}); err != nil {
			t.Fatal(err)
		}
		slices.Sort(d.asked)
	}
	want := []string{"ReplicaSet", "events default", "events shop", "log app", "nodes", "pods"}
	if diff := cmp.Diff(want, one.asked); diff != "" {
		t.Errorf("one pod (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, many.asked); diff != "" {
		t.Errorf("300 pods (-want +got):\n%s", diff)
	}
}

func TestNothingToDescribe(t *testing.T) {
	out, errOut, err := run(t, &double{}, message.English, func(*Options) {})
	if want := "No pods found in namespace shop; to look everywhere: kubectl podkit get pods -A\n"; out != "" || errOut != want || err != nil {
		t.Errorf("got %q, stderr %q, %v; want %q on stderr", out, errOut, err, want)
	}
}

func TestDescribeTellsErrors(t *testing.T) {
	refused := errors.New("refused")
	if _, _, err := run(t, &double{err: refused}, message.English, func(*Options) {}); !errors.Is(err, refused) {
		t.Errorf("got %v, want the refusal", err)
	}
	for after := range 8 {
		_, _, err := run(t, &double{pods: crashing(2)}, message.English, func(o *Options) { o.Streams.Out = &breaking{left: after} })
		if !errors.Is(err, errPipe) {
			t.Errorf("a pipe that breaks after %d writes: got %v", after, err)
		}
	}
}

var errPipe = errors.New("broken pipe")

// breaking takes some writes and then no more.
type breaking struct{ left int }

func (b *breaking) Write(p []byte) (int, error) {
	if b.left--; b.left < 0 {
		return 0, errPipe
	}
	return len(p), nil
}

var _ io.Writer = (*breaking)(nil)

func TestCommandLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kubeconfig")
	config := `{apiVersion: v1, kind: Config, current-context: c, contexts: [{name: c, context: {cluster: c}}], clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]}`
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("KUBECONFIG", path)
	tests := map[string]struct {
		spec   target.Spec
		events bool
	}{
		"":                              {target.Spec{Namespace: "default", Names: []target.Name{}}, true},
		"deploy/web -n shop":            {target.Spec{Namespace: "shop", Names: []target.Name{{Resource: "deploy", Name: "web"}}}, true},
		"-A -l a=b --show-events=false": {target.Spec{Names: []target.Name{}, Labels: "a=b"}, false},
	}
	for line, test := range tests {
		env := environment.New(genericiooptions.NewTestIOStreamsDiscard(), func(string) string { return "" })
		flags, set := &Flags{}, pflag.NewFlagSet("describe", pflag.ContinueOnError)
		env.AddFlags(set)
		flags.AddFlags(set)
		if err := set.Parse(strings.Fields(line)); err != nil {
			t.Fatal(err)
		}
		got, err := flags.ToOptions(env, set.Args())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.spec, got.Spec); diff != "" || got.ShowEvents != test.events {
			t.Errorf("%q: events %v, spec (-want +got):\n%s", line, got.ShowEvents, diff)
		}
	}
}
