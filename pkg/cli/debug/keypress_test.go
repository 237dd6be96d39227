package debug

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
	"github.com/kubectl-podkit/podkit/test/screen"
)

// most is how many keys it may take from debug without a target to the root cause in words.
const most = 3

// waiting is the tutorial's pod whose container waits for a reason.
func waiting(reason, text string) corev1.Pod {
	pod := creating("bootcamp-5d4f-x7k2p")
	pod.CreationTimestamp = ago(10 * time.Minute)
	pod.Status.ContainerStatuses[0].State.Waiting = &corev1.ContainerStateWaiting{Reason: reason, Message: text}
	return pod
}

func brokenPods() map[string]struct {
	pod    corev1.Pod
	events []corev1.Event
	cause  string
} {
	crashed, _ := crashing()
	image := waiting("ImagePullBackOff", `Back-off pulling image "gcr.io/google-samples/kubernetes-bootcamp:v9": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "gcr.io/google-samples/kubernetes-bootcamp:v9": failed to resolve reference "gcr.io/google-samples/kubernetes-bootcamp:v9": gcr.io/google-samples/kubernetes-bootcamp:v9: not found`)
	image.Spec.Containers[0].Image = "gcr.io/google-samples/kubernetes-bootcamp:v9"
	config := waiting("CreateContainerConfigError", `configmap "shop-config" not found`)
	config.Spec.Containers[0].Env = []corev1.EnvVar{{Name: "DB_URL", ValueFrom: &corev1.EnvVarSource{
		ConfigMapKeyRef: &corev1.ConfigMapKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: "shop-config"}, Key: "url"},
	}}}
	unready := bootcamp("bootcamp-5d4f-x7k2p")
	unready.CreationTimestamp = ago(time.Hour)
	unready.Spec.Containers[0].ReadinessProbe = &corev1.Probe{
		ProbeHandler:  corev1.ProbeHandler{HTTPGet: &corev1.HTTPGetAction{Path: "/ready", Port: intstr.FromInt32(8080)}},
		PeriodSeconds: 10, FailureThreshold: 3,
	}
	unready.Status.ContainerStatuses[0].Ready = false
	unready.Status.ContainerStatuses[0].State.Running.StartedAt = ago(time.Hour)
	unready.Status.Conditions = []corev1.PodCondition{
		{Type: corev1.ContainersReady, Status: corev1.ConditionFalse, Reason: "ContainersNotReady", LastTransitionTime: ago(time.Hour)},
		{Type: corev1.PodReady, Status: corev1.ConditionFalse, Reason: "ContainersNotReady", LastTransitionTime: ago(time.Hour)},
	}
	return map[string]struct {
		pod    corev1.Pod
		events []corev1.Event
		cause  string
	}{
		"crash":  {crashed.looks[0][0], nil, "exits with 1"},
		"image":  {image, nil, "bootcamp:v9"},
		"config": {config, nil, "shop-config"},
		"not-ready": {unready, []corev1.Event{
			event(unready.Name, "Warning", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503", time.Second),
		}, "readiness probe"},
	}
}

// From debug without a target to the root cause, on a real terminal: it stands there after so many keys.
func TestKeysToTheRootCause(t *testing.T) {
	for name, broken := range brokenPods() {
		t.Run(name, func(t *testing.T) {
			s := screen.New(t, 80, 40)
			cluster, pods := healthy()
			well := bootcamp("aaa-is-well")
			cluster.looks = [][]corev1.Pod{{well, broken.pod}}
			cluster.events = broken.events
			o := onScreen(t, s, message.English, pods, cluster)
			o.Workflow, o.Spec = Entry{}, target.Spec{Namespace: "default"}
			o.Candidates, _ = o.Library.All()
			ended := start(context.Background(), o)
			s.Await("1 not well")
			pressed := 0
			for ; pressed < most && !strings.Contains(since(s), broken.cause); pressed++ {
				s.Press(enter)
				s.Await("What next?")
				s.Await("Ctrl-C end")
			}
			if !strings.Contains(since(s), broken.cause) {
				t.Errorf("after %d keys the screen does not say %q:\n%s", pressed, broken.cause, since(s))
			}
			if pressed != 1 {
				t.Errorf("it took %d keys, want 1", pressed)
			}
			s.Press(ctrlC)
			var status interface{ ExitStatus() int }
			if err := screen.Ending(t, ended); !errors.As(err, &status) || status.ExitStatus() != 130 {
				t.Errorf("error %v does not bring exit code 130", err)
			}
		})
	}
}

// since is what was shown since the picker went, without escape sequences and line breaks.
func since(s *screen.Screen) string {
	_, run, picked := strings.Cut(s.Shown(), "\x1b[J")
	if !picked {
		return ""
	}
	return strings.Join(strings.Fields(ansi.Strip(run)), " ")
}
