package debug

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cli/debug/repertoire"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares an output with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with: go test ./pkg/cli/debug -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; rewrite with -update):\n%s", path, diff)
	}
}

// now is the time at which the doubles live.
var now = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)

func ago(d time.Duration) metav1.Time { return metav1.NewTime(now.Add(-d)) }

// fakeCluster is a double of the cluster: what each look at the pods finds, the last one for all further looks.
type fakeCluster struct {
	looks  [][]corev1.Pod
	looked int
	events []corev1.Event
	owners []metav1.PartialObjectMetadata
	err    error
}

var _ repertoire.Cluster = (*fakeCluster)(nil)

func (c *fakeCluster) Pods(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Pod] {
	if c.err != nil {
		return casefile.Unanswered[[]corev1.Pod](casefile.Failed, c.err)
	}
	pods := slices.Clone(c.looks[min(c.looked, len(c.looks)-1)])
	c.looked++
	if len(query.Names) > 0 {
		pods = slices.DeleteFunc(pods, func(pod corev1.Pod) bool { return !slices.Contains(query.Names, pod.Name) })
		if len(pods) == 0 {
			return casefile.Unanswered[[]corev1.Pod](casefile.Absent, message.Errorf(nil, "error.not-found", message.Args{
				"Resource": "pod", "Name": query.Names[0], "Namespace": query.Namespace,
			}))
		}
	}
	return casefile.Answered(pods)
}

func (c *fakeCluster) IsType(string) bool { return false }

func (c *fakeCluster) Objects(_ context.Context, _ string, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	return casefile.Answered([]unstructured.Unstructured{{Object: map[string]any{
		"apiVersion": "apps/v1", "kind": "Deployment",
		"metadata": map[string]any{"name": query.Names[0], "namespace": query.Namespace},
		"spec":     map[string]any{"selector": map[string]any{"matchLabels": map[string]any{"app": query.Names[0]}}},
	}}})
}

func (c *fakeCluster) Events(context.Context, casefile.Query) casefile.Answer[[]corev1.Event] {
	return casefile.Answered(c.events)
}

func (c *fakeCluster) Whole(context.Context, metav1.TypeMeta, casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	return casefile.Answered([]unstructured.Unstructured(nil))
}

func (c *fakeCluster) Log(context.Context, casefile.Question) casefile.Answer[casefile.Log] {
	return casefile.Unanswered[casefile.Log](casefile.Failed, errors.New("no log is kept here"))
}

func (c *fakeCluster) Nodes(context.Context, casefile.Query) casefile.Answer[[]corev1.Node] {
	return casefile.Answered([]corev1.Node{{
		ObjectMeta: metav1.ObjectMeta{Name: "node1"},
		Status:     corev1.NodeStatus{Conditions: []corev1.NodeCondition{{Type: corev1.NodeReady, Status: corev1.ConditionTrue}}},
	}})
}

func (c *fakeCluster) Metadata(_ context.Context, kind metav1.TypeMeta, _ casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	var found []metav1.PartialObjectMetadata
	for _, owner := range c.owners {
		if owner.Kind == kind.Kind {
			found = append(found, owner)
		}
	}
	return casefile.Answered(found)
}

// fakePods is a double of what reaches into pods.
type fakePods struct {
	status     int
	body       string
	log        string
	previous   bool
	env        string
	fetchErr   error
	captureErr error
	// shells counts the shells opened; shellErr keeps them from opening.
	shells   int
	shellErr error
	// inShell is what happens in one.
	inShell func(action.Command) error
	// untouched is called with what runs in a container; nil lets it.
	untouched func(command []string)
	// captured counts what ran.
	captured int
}

var _ Pods = (*fakePods)(nil)

func (p *fakePods) Fetch(context.Context, *corev1.Pod, string, string) (action.Response, error) {
	status := max(p.status, http.StatusOK)
	return action.Response{
		StatusCode: status, Status: fmt.Sprintf("%d %s", status, http.StatusText(status)), Body: []byte(p.body), Duration: 7 * time.Millisecond,
	}, p.fetchErr
}

func (p *fakePods) LogTail(_ context.Context, _ *corev1.Pod, container string, _ int64) (action.Log, error) {
	return action.Log{Container: container, Text: p.log, Previous: p.previous}, nil
}

func (p *fakePods) Capture(_ context.Context, _ *corev1.Pod, _ string, command []string) (stdout, stderr string, err error) {
	p.captured++
	if p.untouched != nil {
		p.untouched(command)
	}
	return p.env, "", p.captureErr
}

func (p *fakePods) Shell(context.Context, *corev1.Pod, string) (string, error) {
	return "bash", p.shellErr
}

func (p *fakePods) Exec(_ context.Context, command action.Command) error {
	p.shells++
	if p.inShell == nil {
		return nil
	}
	return p.inShell(command)
}

// bootcamp is the tutorial's pod, running and ready.
func bootcamp(name string) corev1.Pod {
	yes := true
	return corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{
			Name: name, Namespace: "default", UID: types.UID(name), Labels: map[string]string{"app": "bootcamp"}, CreationTimestamp: ago(3 * time.Minute),
			OwnerReferences: []metav1.OwnerReference{{APIVersion: "apps/v1", Kind: "ReplicaSet", Name: "bootcamp-5d4f", UID: "rs", Controller: &yes}},
		},
		Spec: corev1.PodSpec{
			NodeName: "node1",
			Containers: []corev1.Container{{
				Name: "bootcamp", Image: "gcr.io/google-samples/kubernetes-bootcamp:v1",
				Ports: []corev1.ContainerPort{{Name: "http", ContainerPort: 8080, Protocol: corev1.ProtocolTCP}},
			}},
		},
		Status: corev1.PodStatus{
			Phase: corev1.PodRunning, PodIP: "10.88.0.5",
			Conditions: []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue}},
			ContainerStatuses: []corev1.ContainerStatus{{
				Name: "bootcamp", Ready: true, Started: &yes,
				State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: ago(2 * time.Minute)}},
			}},
		},
	}
}

// creating is the same pod a little earlier.
func creating(name string) corev1.Pod {
	pod := bootcamp(name)
	pod.CreationTimestamp = ago(5 * time.Second)
	pod.Status.Phase, pod.Status.PodIP = corev1.PodPending, ""
	pod.Status.Conditions[0].Status = corev1.ConditionFalse
	pod.Status.ContainerStatuses[0] = corev1.ContainerStatus{
		Name: "bootcamp", State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "ContainerCreating"}},
	}
	return pod
}

// deployed are the owners of bootcamp's pods.
func deployed() []metav1.PartialObjectMetadata {
	yes := true
	return []metav1.PartialObjectMetadata{
		{
			TypeMeta: metav1.TypeMeta{Kind: "ReplicaSet"},
			ObjectMeta: metav1.ObjectMeta{Name: "bootcamp-5d4f", UID: "rs", OwnerReferences: []metav1.OwnerReference{
				{APIVersion: "apps/v1", Kind: "Deployment", Name: "bootcamp", UID: "deploy", Controller: &yes},
			}},
		},
		{TypeMeta: metav1.TypeMeta{Kind: "Deployment"}, ObjectMeta: metav1.ObjectMeta{Name: "bootcamp", UID: "deploy"}},
	}
}

func event(pod, kind, reason, text string, since time.Duration) corev1.Event {
	return corev1.Event{
		InvolvedObject: corev1.ObjectReference{UID: types.UID(pod)}, Type: kind, Reason: reason, Message: text,
		LastTimestamp: ago(since), Count: 1,
	}
}

// healthy is a cluster in which the tutorial's app runs.
func healthy() (*fakeCluster, *fakePods) {
	const pod = "bootcamp-5d4f-x7k2p"
	cluster := &fakeCluster{
		looks: [][]corev1.Pod{{bootcamp(pod)}}, owners: deployed(),
		events: []corev1.Event{
			event(pod, "Normal", "Scheduled", "Successfully assigned default/"+pod+" to node1", 3*time.Minute),
			event(pod, "Normal", "Pulled", `Container image "gcr.io/google-samples/kubernetes-bootcamp:v1" already present on machine`, 3*time.Minute),
			event(pod, "Normal", "Started", "Container started", 2*time.Minute),
		},
	}
	pods := &fakePods{
		body: "Hello Kubernetes bootcamp! | Running on: " + pod + " | v=1\n",
		log:  "Kubernetes Bootcamp App Started At: 2026-05-04T11:58:00.000Z | Running On: " + pod + "\n",
		env:  "PATH=/usr/bin:/bin\nHOSTNAME=" + pod + "\nDB_PASSWORD=hunter2\nKUBERNETES_SERVICE_HOST=10.96.0.1\nHOME=/root\n",
	}
	return cluster, pods
}

// options returns what `debug deploy/bootcamp` is asked, in a language, for 80 columns, with its stdout and stderr.
func options(t *testing.T, language message.Language, cluster *fakeCluster, pods *fakePods) (o *Options, out, errOut *bytes.Buffer) {
	t.Helper()
	messages, err := message.NewCatalog(language)
	if err != nil {
		t.Fatal(err)
	}
	guide, err := workflow.Load("explore", Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	streams, _, out, errOut := genericiooptions.NewTestIOStreams()
	return &Options{
		Workflow: Entry{Workflow: guide}, Cluster: cluster, Pods: pods, Messages: messages, Streams: streams,
		Spec:    target.Spec{Namespace: "default", Names: []target.Name{{Resource: "deploy", Name: "bootcamp"}}},
		Kubectl: repertoire.Kubectl{Name: "kubectl", Home: "default"}, Context: "lab",
		Terminal: report.Terminal{Width: report.DefaultWidth}, Now: func() time.Time { return now },
	}, out, errOut
}
