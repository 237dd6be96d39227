package causes_test

import (
	"fmt"
	"io"
	"runtime"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

var scaleNow = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

// bad adds a container that is down to a pod, in one of the ways that have many of them asked about.
func bad(pod *corev1.Pod, name, reason string) {
	spec := corev1.Container{Name: name, Image: "registry.example.com/app:1"}
	status := corev1.ContainerStatus{Name: name, RestartCount: 5}
	status.State.Waiting = &corev1.ContainerStateWaiting{Reason: reason}
	switch reason {
	case "CrashLoopBackOff":
		died := metav1.NewTime(scaleNow.Add(-time.Minute))
		status.LastTerminationState.Terminated = &corev1.ContainerStateTerminated{ExitCode: 1, Reason: "Error", StartedAt: died, FinishedAt: died}
	case "CreateContainerConfigError":
		status.State.Waiting.Message = `configmap "` + name + `" not found`
		spec.Env = []corev1.EnvVar{{Name: "A", ValueFrom: &corev1.EnvVarSource{ConfigMapKeyRef: &corev1.ConfigMapKeySelector{
			LocalObjectReference: corev1.LocalObjectReference{Name: name}, Key: "a",
		}}}}
	}
	pod.Spec.Containers = append(pod.Spec.Containers, spec)
	pod.Status.ContainerStatuses = append(pod.Status.ContainerStatuses, status)
}

func podOf(name, reason string, containers int, owner *metav1.OwnerReference) corev1.Pod {
	pod := corev1.Pod{ObjectMeta: metav1.ObjectMeta{
		Namespace: "shop", Name: name, UID: types.UID(name), CreationTimestamp: metav1.NewTime(scaleNow.Add(-time.Hour)),
	}}
	if owner != nil {
		pod.OwnerReferences = []metav1.OwnerReference{*owner}
	}
	pod.Spec.NodeName, pod.Status.Phase = "node1", corev1.PodRunning
	pod.Status.Conditions = []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionFalse}}
	for i := range containers {
		bad(&pod, fmt.Sprintf("c%d", i), reason)
	}
	return pod
}

func podsOf(count int, reason string, owner *metav1.OwnerReference) []corev1.Pod {
	var pods []corev1.Pod
	for i := range count {
		pods = append(pods, podOf(fmt.Sprintf("web-%d", i), reason, 1, owner))
	}
	return pods
}

// allocated is how many bytes a function asks for.
func allocated(run func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	run()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestCostIsLinear: twice as many containers or pods cost about twice as much, not four times. What is counted is the memory that
// is asked for, which copies of lists and loops within loops show in; no clock is read.
func TestCostIsLinear(t *testing.T) {
	words, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	yes := true
	owner := &metav1.OwnerReference{APIVersion: "apps/v1", Kind: "StatefulSet", Name: "web", UID: "web", Controller: &yes}
	library := allScenarios(t)[0].Library()
	rules := causes.All()
	tests := map[string]func(n int) []corev1.Pod{
		"crashing containers of a pod": func(n int) []corev1.Pod { return []corev1.Pod{podOf("web", "CrashLoopBackOff", n, nil)} },
		"containers without their ConfigMap": func(n int) []corev1.Pod {
			return []corev1.Pod{podOf("web", "CreateContainerConfigError", n, nil)}
		},
		"bare pods that crash":        func(n int) []corev1.Pod { return podsOf(n, "CrashLoopBackOff", nil) },
		"bare pods without an image":  func(n int) []corev1.Pod { return podsOf(n, "ErrImagePull", nil) },
		"replicas of a workload":      func(n int) []corev1.Pod { return podsOf(n, "CrashLoopBackOff", owner) },
		"pods without one ConfigMap":  func(n int) []corev1.Pod { return podsOf(n, "CreateContainerConfigError", nil) },
		"replicas without ConfigMaps": func(n int) []corev1.Pod { return podsOf(n, "CreateContainerConfigError", owner) },
	}
	for name, pods := range tests {
		commands := map[string]func([]corev1.Pod){
			"get": func(pods []corev1.Pod) { report.PodTable(diagnosis.Glance(pods, scaleNow, rules), scaleNow, words) },
			"diagnose": func(pods []corev1.Pod) {
				found := diagnosis.Diagnose(t.Context(), library, casefile.New(pods, scaleNow), rules)
				report.NewPage(io.Discard, words, report.Terminal{Width: 80}).Diagnosis(found, report.DiagnosisView{Kubectl: "kubectl"})
			},
		}
		for command, run := range commands {
			const n = 400
			run(pods(2)) // What is made once is made.
			few, many := pods(n), pods(2*n)
			once, twice := allocated(func() { run(few) }), allocated(func() { run(many) })
			if float64(twice) > 3*float64(once) {
				t.Errorf("%s of %s: %d bytes for %d, %d for twice as many", command, name, once, n, twice)
			}
		}
	}
}
