package diagnosis_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// evicted returns a pod that was ended as a whole.
func evicted() corev1.Pod {
	pod := crashing("web-0", 0)
	pod.Status.Phase, pod.Status.Reason, pod.Status.Message = corev1.PodFailed, "Evicted", "The node was low on memory"
	pod.Status.ContainerStatuses = nil
	return pod
}

// unschedulable returns a pod that has no node.
func unschedulable() corev1.Pod {
	pod := healthy("web-0")
	pod.Spec.NodeName = ""
	pod.Status = corev1.PodStatus{Phase: corev1.PodPending, Conditions: []corev1.PodCondition{
		{Type: corev1.PodScheduled, Status: corev1.ConditionFalse, Reason: "Unschedulable", Message: "0/2 nodes are available: 2 Insufficient cpu."},
	}}
	return pod
}

func TestUnexplained(t *testing.T) {
	init := crashing("web-0", 1)
	init.Spec.InitContainers = []corev1.Container{{Name: "setup"}}
	init.Status.InitContainerStatuses = []corev1.ContainerStatus{{
		Name: "setup", State: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{Reason: "Error", ExitCode: 2, Message: "no disk"}},
	}}
	init.Status.ContainerStatuses[0].State.Waiting = &corev1.ContainerStateWaiting{Reason: "PodInitializing"}
	again := changed(healthy("web-0"), lately)
	stuck := healthy("web-0")
	deleted := ago(time.Hour)
	stuck.DeletionTimestamp, stuck.Finalizers = &deleted, []string{"example.com/hold"}
	bare := unschedulable()
	bare.Status.Conditions[0].Reason, bare.Status.Conditions[0].Message = "", ""
	tests := map[string]struct {
		pod   corev1.Pod
		rules []diagnosis.Rule
		want  []string
	}{
		"each container that is down": {pair(), nil, []string{
			"app: status.containerStatuses[app].state.waiting: CrashLoopBackOff: back-off 40s",
			"side: status.containerStatuses[side].state.waiting: CrashLoopBackOff: back-off 40s",
		}},
		"but those that are explained": {pair(), []diagnosis.Rule{finding("x", "app", severe, certain)}, []string{
			"side: status.containerStatuses[side].state.waiting: CrashLoopBackOff: back-off 40s",
		}},
		"none when the pod is":        {pair(), []diagnosis.Rule{finding("x", "", severe, certain)}, nil},
		"a warning is an explanation": {unschedulable(), []diagnosis.Rule{finding("x", "", warning, certain)}, nil},
		"a remark is none":            {unschedulable(), []diagnosis.Rule{finding("x", "", info, certain)}, []string{"Pod: status.conditions[PodScheduled]: Unschedulable: 0/2 nodes are available: 2 Insufficient cpu."}},
		"but one about the container that holds the pod up": {
			changed(healthy("web-0"), creating(time.Hour)), []diagnosis.Rule{finding("x", "app", info, certain)}, nil,
		},
		"which of another container is none": {
			changed(healthy("web-0"), creating(time.Hour)),
			[]diagnosis.Rule{finding("x", "side", info, certain)},
			[]string{"Pod: status.phase: Pending"},
		},
		"an init container, while the others wait rightly": {init, nil, []string{
			"setup: status.initContainerStatuses[setup].state.terminated: Error: exitCode 2: no disk",
		}},
		"the pod's own reason":            {evicted(), nil, []string{"Pod: status: Evicted: The node was low on memory"}},
		"else a condition that is not so": {unschedulable(), nil, []string{"Pod: status.conditions[PodScheduled]: Unschedulable: 0/2 nodes are available: 2 Insufficient cpu."}},
		"else the phase":                  {bare, nil, []string{"Pod: status.phase: Pending"}},
		"a pod that is well":              {healthy("web-0"), nil, nil},
		"a container that runs again":     {again, nil, []string{"app: status.containerStatuses[app].lastState.terminated: Error: exitCode 7"}},
		"unless a rule has a word for it": {again, []diagnosis.Rule{finding("x", "app", info, certain)}, nil},
		"a pod that does not go away":     {stuck, nil, []string{"Pod: metadata.deletionTimestamp: Terminating: example.com/hold"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			target := diagnose(t, &library{}, []corev1.Pod{test.pod}, test.rules...).Targets[0]
			var got []string
			for _, f := range target.Findings {
				if f.ID != diagnosis.Unexplained {
					continue
				}
				who := f.Container
				if who == "" {
					who = f.Object.Kind
				}
				got = append(got, fmt.Sprintf("%s: %s: %s", who, f.Evidence[0].Field, f.Evidence[0].Value))
				if f.Severity != severe || f.Confidence != certain || f.Args["Reason"] == "" {
					t.Errorf("severity %v, confidence %v, arguments %v", f.Severity, f.Confidence, f.Args)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("unexplained (-want +got):\n%s", diff)
			}
		})
	}
}
