package repertoire

import (
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/shellword"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

func twoContainers() *corev1.Pod {
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: "web", Namespace: "shop"},
		Spec: corev1.PodSpec{NodeName: "node1", Containers: []corev1.Container{
			{Name: "app", Ports: []corev1.ContainerPort{{ContainerPort: 53, Protocol: corev1.ProtocolUDP}, {ContainerPort: 8080}}},
			{Name: "raw", Ports: []corev1.ContainerPort{{ContainerPort: 9000, Protocol: corev1.ProtocolTCP}}},
			{Name: "mute"},
		}},
		Status: corev1.PodStatus{
			PodIP: "10.0.0.1",
			ContainerStatuses: []corev1.ContainerStatus{
				{Name: "app", State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{}}},
				{Name: "raw", State: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{}}},
				{Name: "mute", State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{}}},
			},
		},
	}
}

func TestSubject(t *testing.T) {
	tests := map[string]struct {
		container     string
		wantContainer string
		wantPort      string
		wantFlag      shellword.Written
		wantAbout     []string
	}{
		"kubectl's choice":      {wantContainer: "app", wantPort: "8080", wantFlag: " -c app", wantAbout: []string{"scheduled", "started", "running", "port", "several-containers"}},
		"one with another port": {container: "raw", wantContainer: "raw", wantPort: "9000", wantFlag: " -c raw", wantAbout: []string{"scheduled", "started", "port", "several-containers"}},
		"one without a port":    {container: "mute", wantContainer: "mute", wantPort: "8080", wantFlag: " -c mute", wantAbout: []string{"scheduled", "port", "several-containers"}},
		"one that is not there": {container: "nope", wantPort: "8080", wantFlag: " -c ''", wantAbout: []string{"scheduled", "port", "several-containers"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			subject := &Subject{Container: test.container, Pod: twoContainers()}
			args := subject.Args(Kubectl{Name: "kubectl", Home: "default"})
			got := []any{args["Container"], args["Port"], args["ContainerFlag"], args["Flags"]}
			if diff := cmp.Diff([]any{test.wantContainer, test.wantPort, test.wantFlag, shellword.Written(" -n shop")}, got); diff != "" {
				t.Errorf("container, port and flags (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.wantAbout, subject.About()); diff != "" {
				t.Errorf("about (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSubjectBeforeTheFirstLook(t *testing.T) {
	subject := &Subject{Spec: target.Spec{Namespace: "shop", Names: []target.Name{{Resource: "deploy", Name: "web"}, {Name: "x"}}}}
	if got := subject.About(); got != nil {
		t.Errorf("about a pod that nobody has seen: %v", got)
	}
	if got := subject.Asked(); got != "deploy/web x" {
		t.Errorf("asked: %q", got)
	}
	if err := subject.Refresh(t.Context(), nil); err != nil {
		t.Errorf("refreshing nothing: %v", err)
	}
}
