package podstate_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

type columnsCase struct {
	pod                     *corev1.Pod
	ready, status, restarts string
}

func checkColumns(t *testing.T, tests map[string]columnsCase) {
	t.Helper()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			want := podstate.Columns{Ready: test.ready, Status: test.status, Restarts: test.restarts, Age: "60m"}
			if diff := cmp.Diff(want, podstate.ColumnsOf(test.pod, now)); diff != "" {
				t.Errorf("columns (-want +got):\n%s", diff)
			}
		})
	}
}

func TestColumnsOfPod(t *testing.T) {
	gated := unscheduled(corev1.PodReasonSchedulingGated, "")
	checkColumns(t, map[string]columnsCase{
		"running":                           {healthy(), "1/1", "Running", "0"},
		"pending":                           {healthy(unscheduled("Unschedulable", "")), "0/1", "Pending", "0"},
		"gated":                             {healthy(gated), "0/1", "SchedulingGated", "0"},
		"gate beats the reason":             {healthy(gated, statusReason("X", "")), "0/1", "SchedulingGated", "0"},
		"evicted":                           {healthy(phase(corev1.PodFailed), statusReason("Evicted", ""), containers()), "0/0", "Evicted", "0"},
		"succeeded without statuses":        {healthy(phase(corev1.PodSucceeded), containers()), "0/0", "Succeeded", "0"},
		"terminating":                       {healthy(deleted(-time.Second)), "1/1", "Terminating", "0"},
		"deleted on a lost node":            {healthy(deleted(time.Hour), statusReason("NodeLost", "")), "1/1", "Unknown", "0"},
		"lost node, not deleted":            {healthy(statusReason("NodeLost", "")), "1/1", "NodeLost", "0"},
		"deleted after it failed":           {healthy(deleted(0), phase(corev1.PodFailed), containers(terminated("app", "Error", 1))), "0/1", "Error", "0"},
		"deleted after it succeeded":        {healthy(deleted(0), phase(corev1.PodSucceeded), containers(terminated("app", "Completed", 0))), "0/1", "Completed", "0"},
		"deleted and creating":              {healthy(deleted(-time.Second), phase(corev1.PodPending), containers(waiting("app", "ContainerCreating", ""))), "0/1", "Terminating", "0"},
		"container without any status":      {healthy(func(p *corev1.Pod) { p.Status.ContainerStatuses = nil }), "0/1", "Running", "0"},
		"phase Unknown":                     {healthy(phase(corev1.PodUnknown)), "1/1", "Unknown", "0"},
		"a node's reason beats the phase":   {healthy(phase(corev1.PodFailed), statusReason("UnexpectedAdmissionError", ""), containers()), "0/0", "UnexpectedAdmissionError", "0"},
		"a container's reason beats a node": {healthy(statusReason("X", ""), containers(waiting("app", "CrashLoopBackOff", ""))), "0/1", "CrashLoopBackOff", "0"},
	})
}

func TestColumnsOfMainContainers(t *testing.T) {
	signalled := terminated("app", "", 137)
	signalled.State.Terminated.Signal = 9
	readyButNoState := running("b")
	readyButNoState.State = corev1.ContainerState{}
	checkColumns(t, map[string]columnsCase{
		"two ready":                         {healthy(containers(running("a"), running("b"))), "2/2", "Running", "0"},
		"one unready":                       {healthy(containers(running("a"), unready("b"))), "1/2", "Running", "0"},
		"ready counts only when it runs":    {healthy(containers(running("a"), readyButNoState)), "1/2", "Running", "0"},
		"waiting beats the phase":           {healthy(containers(running("a"), waiting("b", "ImagePullBackOff", ""))), "1/2", "ImagePullBackOff", "0"},
		"waiting without a reason":          {healthy(phase(corev1.PodPending), containers(waiting("a", "", ""))), "0/1", "Pending", "0"},
		"the first container's reason wins": {healthy(containers(waiting("a", "ErrImagePull", ""), terminated("b", "Error", 1))), "0/2", "ErrImagePull", "0"},
		"no reason, no signal":              {healthy(containers(terminated("app", "", 3))), "0/1", "ExitCode:3", "0"},
		"no reason, a signal":               {healthy(containers(signalled)), "0/1", "Signal:9", "0"},
		"all completed":                     {healthy(containers(terminated("a", "Completed", 0), terminated("b", "Completed", 0))), "0/2", "Completed", "0"},
		"completed beside a ready one":      {healthy(containers(terminated("a", "Completed", 0), running("b"))), "1/2", "Running", "0"},
		"completed, pod not ready":          {healthy(notReady(0, ""), containers(terminated("a", "Completed", 0), running("b"))), "1/2", "NotReady", "0"},
		"completed, Ready is Unknown": {
			healthy(condition(corev1.PodReady, corev1.ConditionUnknown, 0, "", ""), containers(terminated("a", "Completed", 0), running("b"))),
			"1/2", "NotReady", "0",
		},
		"completed beside a failed one": {
			healthy(phase(corev1.PodFailed), containers(terminated("a", "Completed", 0), terminated("b", "Error", 2))), "0/2", "Error", "0",
		},
		"completed beside one OOMKilled and a running one": {
			healthy(notReady(0, ""), containers(terminated("a", "Completed", 0), running("b"), terminated("c", "OOMKilled", 137))), "1/3", "OOMKilled", "0",
		},
		"restarts add up, the last one is told": {
			healthy(containers(restarted(running("a"), 4, "Error", 1), restarted(running("b"), 1, "Error", 1))), "2/2", "Running", "5 (3m ago)",
		},
		"restarts without a remembered end": {
			healthy(containers(func() corev1.ContainerStatus { s := running("a"); s.RestartCount = 2; return s }())), "1/1", "Running", "2",
		},
	})
}

func TestColumnsOfInitContainers(t *testing.T) {
	pending := func(edits ...edit) *corev1.Pod {
		first := []edit{phase(corev1.PodPending), notInitialized(), containers(waiting("app", "PodInitializing", ""))}
		return healthy(append(first, edits...)...)
	}
	signalled := terminated("a", "", 143)
	signalled.State.Terminated.Signal = 15
	checkColumns(t, map[string]columnsCase{
		"first of two runs":         {pending(inits(unready("a"), waiting("b", "PodInitializing", ""))), "0/1", "Init:0/2", "0"},
		"second of two runs":        {pending(inits(terminated("a", "Completed", 0), unready("b"))), "0/1", "Init:1/2", "0"},
		"waits for its image":       {pending(inits(waiting("a", "ErrImagePull", ""))), "0/1", "Init:ErrImagePull", "0"},
		"waits without a reason":    {pending(inits(waiting("a", "", ""))), "0/1", "Init:0/1", "0"},
		"failed with a reason":      {pending(inits(terminated("a", "OOMKilled", 137))), "0/1", "Init:OOMKilled", "0"},
		"failed without a reason":   {pending(inits(terminated("a", "", 7))), "0/1", "Init:ExitCode:7", "0"},
		"ended by a signal":         {pending(inits(signalled)), "0/1", "Init:Signal:15", "0"},
		"all done":                  {healthy(inits(terminated("a", "Completed", 0))), "1/1", "Running", "0"},
		"restarts while it waits":   {pending(inits(restarted(waiting("a", "CrashLoopBackOff", ""), 3, "Error", 1))), "0/1", "Init:CrashLoopBackOff", "3 (3m ago)"},
		"restarts forgotten after":  {healthy(inits(restarted(terminated("a", "Completed", 0), 3, "Error", 1))), "1/1", "Running", "0"},
		"later ones are not looked": {pending(inits(unready("a"), restarted(waiting("b", "CrashLoopBackOff", ""), 9, "Error", 1))), "0/1", "Init:0/2", "0"},
		"initialized before, an init runs again": {
			// After a node's reboot init containers run anew while Initialized is still True: the main containers tell.
			healthy(inits(unready("a")), containers(waiting("app", "PodInitializing", ""))), "0/1", "PodInitializing", "0",
		},
	})
}

func TestColumnsOfSidecars(t *testing.T) {
	checkColumns(t, map[string]columnsCase{
		"counts as a container":         {healthy(inits(running("mesh")), sidecar("mesh")), "2/2", "Running", "0"},
		"started but not ready":         {healthy(inits(unready("mesh")), sidecar("mesh")), "1/2", "Running", "0"},
		"its restarts are kept":         {healthy(inits(restarted(running("mesh"), 2, "Error", 1)), sidecar("mesh"), containers(restarted(running("app"), 1, "Error", 1))), "2/2", "Running", "3 (3m ago)"},
		"those of an init are not":      {healthy(inits(restarted(terminated("a", "Completed", 0), 5, "Error", 1), restarted(running("mesh"), 2, "Error", 1)), sidecar("mesh")), "2/2", "Running", "2 (3m ago)"},
		"ended with the pod":            {healthy(phase(corev1.PodSucceeded), inits(terminated("mesh", "Completed", 0)), sidecar("mesh"), containers(terminated("app", "Completed", 0))), "0/2", "Completed", "0"},
		"holds the pod up until it has": {healthy(phase(corev1.PodPending), notInitialized(), inits(unstarted("mesh")), sidecar("mesh"), containers(waiting("app", "PodInitializing", ""))), "0/2", "Init:0/1", "0"},
		"an init after a ready sidecar": {healthy(phase(corev1.PodPending), notInitialized(), inits(running("mesh"), unready("a")), sidecar("mesh"), containers(waiting("app", "PodInitializing", ""))), "1/2", "Init:1/2", "0"},
		"crashes while initializing":    {healthy(phase(corev1.PodPending), notInitialized(), inits(restarted(waiting("mesh", "CrashLoopBackOff", ""), 2, "Error", 1)), sidecar("mesh"), containers(waiting("app", "PodInitializing", ""))), "0/2", "Init:CrashLoopBackOff", "2 (3m ago)"},
	})
}

func TestAgeOfColumns(t *testing.T) {
	for want, created := range map[string]metav1.Time{
		"<unknown>": {}, "0s": ago(0), "90s": ago(90 * time.Second), "26h": ago(26 * time.Hour), "400d": ago(400 * 24 * time.Hour),
	} {
		pod := healthy(func(p *corev1.Pod) { p.CreationTimestamp = created })
		if got := podstate.ColumnsOf(pod, now).Age; got != want {
			t.Errorf("created %v: AGE %q, want %q", created, got, want)
		}
	}
}
