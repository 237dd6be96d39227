package debug

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// logicalHost has two containers that share a volume, and no owner.
func logicalHost() (*fakeCluster, *fakePods) {
	pod := bootcamp("logical-host")
	pod.OwnerReferences = nil
	mounts := []corev1.VolumeMount{{Name: "page", MountPath: "/page"}}
	pod.Spec.Containers[0].VolumeMounts = mounts
	pod.Spec.Containers = append(pod.Spec.Containers, corev1.Container{Name: "feeder", Image: "busybox:1.36", VolumeMounts: mounts})
	feeder := pod.Status.ContainerStatuses[0]
	feeder.Name = "feeder"
	pod.Status.ContainerStatuses = append(pod.Status.ContainerStatuses, feeder)
	cluster, pods := healthy()
	cluster.looks, cluster.events = [][]corev1.Pod{{pod}}, nil
	pods.log = strings.Repeat("fed a page\n", 12) + "\x1b[2Jfed the last page\n"
	pods.status, pods.body = 503, "Nothing to publish yet\n"
	return cluster, pods
}

// crashing ends again and again; the user may not exec, and no port is declared.
func crashing() (*fakeCluster, *fakePods) {
	pod := bootcamp("bootcamp-5d4f-x7k2p")
	pod.Spec.Containers[0].Ports = nil
	pod.Status.Conditions[0].Status = corev1.ConditionFalse
	died := &corev1.ContainerStateTerminated{ExitCode: 1, Reason: "Error", StartedAt: ago(70 * time.Second), FinishedAt: ago(time.Minute)}
	pod.Status.ContainerStatuses[0] = corev1.ContainerStatus{
		Name: "bootcamp", RestartCount: 4,
		State:                corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "CrashLoopBackOff", Message: "back-off 40s restarting failed container"}},
		LastTerminationState: corev1.ContainerState{Terminated: died},
	}
	cluster, pods := healthy()
	cluster.looks = [][]corev1.Pod{{pod, bootcamp("bootcamp-5d4f-zzzzz")}}
	cluster.looks[0][1].DeletionTimestamp = &died.FinishedAt
	cluster.events = append(cluster.events, event("bootcamp-5d4f-x7k2p", "Warning", "BackOff", "Back-off restarting failed container", time.Second))
	pods.log, pods.previous = "Error: Cannot find module '/server.js'\n", true
	return cluster, pods
}

// refusing runs, but its app listens elsewhere and the user may not exec.
func refusing() (*fakeCluster, *fakePods) {
	cluster, pods := healthy()
	pods.fetchErr = message.Errorf(nil, "curl.refused", message.Args{
		"Port": "8080", "Pod": "bootcamp-5d4f-x7k2p", "Cause": "connection refused", "Ports": "8080 (http)", "Namespace": "default",
	})
	pods.captureErr = message.Errorf(nil, "error.forbidden", message.Args{
		"Verb": "create", "Resource": "pods/exec", "Namespace": "default", "Cause": "not in your role",
	})
	pods.log, pods.env = "", ""
	return cluster, pods
}

func TestTranscript(t *testing.T) {
	scenarios := map[string]func() (*fakeCluster, *fakePods){
		"healthy": healthy, "logical-host": logicalHost, "crashing": crashing, "refusing": refusing,
		"healthy-active": healthy, "logical-host-active": logicalHost, "refusing-active": refusing,
	}
	for name, scenario := range scenarios {
		for _, language := range message.Languages() {
			t.Run(name+"/"+string(language), func(t *testing.T) {
				cluster, pods := scenario()
				o, out, errOut := options(t, language, cluster, pods)
				if strings.HasSuffix(name, "-active") {
					o.Allow = workflow.Active
				} else {
					pods.untouched = func(command []string) { t.Errorf("%v runs, and nobody has agreed to it", command) }
				}
				if err := o.Run(context.Background()); err != nil {
					t.Fatal(err)
				}
				if errOut.Len() > 0 {
					t.Errorf("stderr: %s", errOut)
				}
				if strings.Contains(out.String(), "\x1b") {
					t.Error("an escape character of the cluster reached the output")
				}
				if pods.shells > 0 {
					t.Error("a shell was opened though nobody was asked")
				}
				golden(t, name+"."+string(language)+".txt", out.String())
			})
		}
	}
}

func TestColorIsOnlyAnAddition(t *testing.T) {
	cluster, pods := healthy()
	o, out, _ := options(t, message.English, cluster, pods)
	o.Terminal.Color, o.Terminal.Width = true, 200
	if err := o.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	golden(t, "healthy.color.txt", out.String())
}

func TestWaitsForThePodThatIsOnItsWay(t *testing.T) {
	cluster, pods := healthy()
	cluster.looks = [][]corev1.Pod{{}, {}, {creating("bootcamp-5d4f-x7k2p")}, {creating("bootcamp-5d4f-x7k2p")}, cluster.looks[0]}
	o, out, errOut := options(t, message.English, cluster, pods)
	o.Patience, o.Look = time.Hour, time.Millisecond
	if err := o.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	want := "There is no Pod yet; waiting up to 3600s for the first one to be created\n" +
		"No Pod is ready yet; waiting up to 3600s: bootcamp-5d4f-x7k2p is ContainerCreating (0/1 containers ready)\n"
	if errOut.String() != want {
		t.Errorf("stderr:\n%swant:\n%s", errOut, want)
	}
	if !strings.Contains(out.String(), "listed again") || !strings.Contains(out.String(), "1/1     Running") {
		t.Errorf("the transcript does not tell of the waiting and of the running pod:\n%s", out)
	}
}

func TestPatienceEnds(t *testing.T) {
	cluster, pods := healthy()
	cluster.looks = [][]corev1.Pod{{creating("bootcamp-5d4f-x7k2p")}}
	o, out, _ := options(t, message.English, cluster, pods)
	o.Patience, o.Look = 5*time.Millisecond, time.Millisecond
	if err := o.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"does not run in bootcamp-5d4f-x7k2p", "Skipped: the container does not run", "Skipped: the container has not been started yet"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the transcript does not say %q:\n%s", want, out)
		}
	}
}

// misspelt is a cluster with a Service that asks for a label that its pods nearly have.
type misspelt struct{ *fakeCluster }

func (misspelt) service(query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	return casefile.Answered([]unstructured.Unstructured{{Object: map[string]any{
		"apiVersion": "v1", "kind": "Service", "metadata": map[string]any{"name": query.Names[0], "namespace": query.Namespace},
		"spec": map[string]any{"selector": map[string]any{"app": "bootcmap"}},
	}}})
}

func (m misspelt) Objects(_ context.Context, _ string, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	return m.service(query)
}

func (m misspelt) Whole(_ context.Context, _ metav1.TypeMeta, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	return m.service(query)
}

func (m misspelt) Pods(ctx context.Context, query casefile.Query) casefile.Answer[[]corev1.Pod] {
	if query.Labels == "app=bootcmap" {
		return casefile.Answered([]corev1.Pod(nil))
	}
	return m.fakeCluster.Pods(ctx, query)
}

// A Service that finds no pod is led from to the label that differs, at once and in place of the sentence that there are none.
func TestServiceWithoutPods(t *testing.T) {
	cluster, pods := healthy()
	o, out, errOut := options(t, message.English, cluster, pods)
	o.Cluster = misspelt{cluster}
	o.Workflow, o.Patience, o.Look = Entry{}, time.Hour, time.Millisecond
	o.Spec.Names = []target.Name{{Resource: "svc", Name: "web"}}
	o.Candidates, _ = o.Library.All()
	if err := o.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	says(t, strings.Join(strings.Fields(out.String()), " "),
		"Why does the Service find no Pod?", "Looking at svc/web", "Service web asks for app=bootcmap, and the Pod that comes nearest, bootcamp-5d4f-x7k2p, is labelled app=bootcamp",
		"`kubectl set selector service web app=bootcamp`", "1 Which labels does it ask for, and which are there? · done")
	if errOut.Len() > 0 {
		t.Errorf("it waits for a pod:\n%s", errOut)
	}
}

// A run that has nothing to look at says so in one sentence and prints no half transcript.
func TestCannotRun(t *testing.T) {
	unreachable := message.Errorf(nil, "error.unreachable", message.Args{"Server": "https://127.0.0.1:1", "Cause": "connection refused"})
	tests := map[string]struct {
		spec      target.Spec
		pods      []corev1.Pod
		container string
		err       error
		want      string
	}{
		"an empty namespace": {
			spec: target.Spec{Namespace: "default"},
			want: `there are no Pods in namespace "default"`,
		},
		"nothing anywhere": {
			want: "there are no Pods; choose",
		},
		"an owner without pods": {
			spec: target.Spec{Namespace: "default", Names: []target.Name{{Resource: "deploy", Name: "web"}}},
			want: `deploy/web has no Pods in namespace "default"; is it scaled to 0?`,
		},
		"an unknown pod": {
			spec: target.Spec{Namespace: "default", Names: []target.Name{{Name: "nope"}}},
			pods: []corev1.Pod{bootcamp("web")},
			want: `pod "nope" not found`,
		},
		"an unknown container": {
			spec: target.Spec{Namespace: "default"}, pods: []corev1.Pod{bootcamp("web")}, container: "nope",
			want: `no container "nope"`,
		},
		"no server": {
			spec: target.Spec{Namespace: "default"}, err: unreachable,
			want: "cannot reach the server",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o, out, _ := options(t, message.English, &fakeCluster{looks: [][]corev1.Pod{test.pods}, err: test.err}, &fakePods{})
			o.Spec, o.Container = test.spec, test.container
			err := o.Run(context.Background())
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
			if out.Len() > 0 {
				t.Errorf("stdout:\n%s", out)
			}
		})
	}
}

func TestInterruptEndsTheRun(t *testing.T) {
	cluster, pods := healthy()
	cluster.looks = [][]corev1.Pod{{creating("bootcamp-5d4f-x7k2p")}}
	o, _, _ := options(t, message.English, cluster, pods)
	o.Patience, o.Look = time.Hour, time.Millisecond
	ctx, cancel := context.WithCancel(context.Background())
	o.Streams.ErrOut = writer(func() { cancel() }) // What is waited for is told just before the wait.
	if err := o.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// writer calls a function on each write.
type writer func()

func (w writer) Write(p []byte) (int, error) { w(); return len(p), nil }

// A pod that goes away between two steps fails the steps that need it, one by one, and the run comes to its end.
func TestPodGoesAway(t *testing.T) {
	cluster, pods := healthy()
	cluster.looks = append(cluster.looks, cluster.looks[0], []corev1.Pod{}) // The diagnosis and the first step see it.
	o, out, _ := options(t, message.English, cluster, pods)
	if err := o.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(out.String(), `Did not work: pod "bootcamp-5d4f-x7k2p" not found`); got != 4 {
		t.Errorf("%d steps tell that the pod is gone, want 4:\n%s", got, out)
	}
}
