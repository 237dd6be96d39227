package action

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
)

// now is the time of all tests.
var now = time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)

// connect returns a client of an API server that answers with handler.
func connect(t *testing.T, handler http.Handler) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	config := api.NewConfig()
	config.Clusters["test"] = &api.Cluster{Server: server.URL}
	config.Contexts["test"] = &api.Context{Cluster: "test"}
	config.CurrentContext = "test"
	getter := genericclioptions.NewTestConfigFlags().
		WithClientConfig(clientcmd.NewDefaultClientConfig(*config, &clientcmd.ConfigOverrides{}))
	reader, err := cluster.New(getter, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	client, err := New(reader)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// pod returns the pod web-0 of the namespace shop, with a running container of each name.
func pod(containers ...string) *corev1.Pod {
	p := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: "web-0", Namespace: "shop"},
		Spec:       corev1.PodSpec{NodeName: "node1"},
		Status:     corev1.PodStatus{Phase: corev1.PodRunning, PodIP: "10.0.0.7"},
	}
	for _, name := range containers {
		p.Spec.Containers = append(p.Spec.Containers, corev1.Container{Name: name})
		p.Status.ContainerStatuses = append(p.Status.ContainerStatuses, corev1.ContainerStatus{Name: name, State: runningFor(time.Hour)})
	}
	return p
}

func runningFor(d time.Duration) corev1.ContainerState {
	return corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: metav1.NewTime(now.Add(-d))}}
}

func waiting(reason string) corev1.ContainerState {
	return corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: reason}}
}

func died(code int32, ago time.Duration) corev1.ContainerState {
	return corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{
		ExitCode: code, Reason: "Error", FinishedAt: metav1.NewTime(now.Add(-ago)),
	}}
}

// crashed makes a container one that has died and waits.
func crashed(p *corev1.Pod, container int) *corev1.Pod {
	p.Status.ContainerStatuses[container].State = waiting("CrashLoopBackOff")
	p.Status.ContainerStatuses[container].LastTerminationState = died(3, 12*time.Second)
	return p
}

// executor is a double of the remote side of exec: it answers by the command's program.
type executor struct {
	sessions []Session
	answer   func(s Session) error
}

func (e *executor) Execute(_ context.Context, _ *rest.Config, s Session) error {
	e.sessions = append(e.sessions, s)
	if e.answer == nil {
		return nil
	}
	return e.answer(s)
}

// status answers a request with a Status of the API server.
func status(w http.ResponseWriter, code int, reason, message, kind, name string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(metav1.Status{
		TypeMeta: metav1.TypeMeta{Kind: "Status", APIVersion: "v1"}, Status: metav1.StatusFailure,
		Code: int32(code), Reason: metav1.StatusReason(reason), Message: message,
		Details: &metav1.StatusDetails{Kind: kind, Name: name},
	})
}
