package podstate_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

type whyCase struct {
	pod      *corev1.Pod
	severity podstate.Severity
	// text is the reason in English; empty means that there is nothing to say.
	text string
}

// checkWhy compares reasons as their reader sees them, so that a message whose arguments are not those of the reason
// fails here.
func checkWhy(t *testing.T, tests map[string]whyCase) {
	t.Helper()
	english, chinese := catalog(t, message.English), catalog(t, message.Chinese)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			before := test.pod.DeepCopy()
			reason := podstate.Why(test.pod, now)
			if diff := cmp.Diff(before, test.pod); diff != "" {
				t.Errorf("Why changed the pod (-before +after):\n%s", diff)
			}
			text := ""
			if reason.ID != "" {
				text = english.Text(reason.ID, reason.Args)
			}
			if text != test.text || reason.Severity != test.severity {
				t.Errorf("got  %d %q\nwant %d %q", reason.Severity, text, test.severity, test.text)
			}
			if twin := chinese.Text(reason.ID, reason.Args); reason.ID != "" && strings.Contains(twin, "<no value>") {
				t.Errorf("the Chinese text lacks an argument: %q", twin)
			}
		})
	}
}

func catalog(t *testing.T, language message.Language) *message.Catalog {
	t.Helper()
	messages, err := message.NewCatalog(language)
	if err != nil {
		t.Fatal(err)
	}
	return messages
}

const (
	well      = podstate.Well
	soon      = podstate.Waiting
	unhealthy = podstate.Unhealthy
)

func TestWhyOfPodsThatAreWell(t *testing.T) {
	job := restartPolicy(corev1.RestartPolicyNever)
	checkWhy(t, map[string]whyCase{
		"running":                     {pod: healthy()},
		"no conditions yet":           {pod: healthy(func(p *corev1.Pod) { p.Status.Conditions = nil })},
		"completed":                   {pod: healthy(job, phase(corev1.PodSucceeded), notReady(0, ""), containers(terminated("app", "Completed", 0)))},
		"completed with init":         {pod: healthy(job, phase(corev1.PodSucceeded), inits(terminated("a", "Completed", 0)), containers(terminated("app", "Completed", 0)))},
		"succeeded, sidecar was shot": {pod: healthy(job, phase(corev1.PodSucceeded), inits(terminated("mesh", "Error", 143)), sidecar("mesh"), containers(terminated("app", "Completed", 0)))},
		"sidecar runs":                {pod: healthy(inits(running("mesh")), sidecar("mesh"))},
		"restarted a day ago": {pod: healthy(containers(func() corev1.ContainerStatus {
			s := restarted(running("app"), 2, "Error", 1)
			s.LastTerminationState.Terminated.FinishedAt = ago(24 * time.Hour)
			return s
		}()))},
		"one of a Job's containers is done": {pod: healthy(job, containers(terminated("a", "Completed", 0), running("b")))},
	})
}

func TestWhyDeleted(t *testing.T) {
	checkWhy(t, map[string]whyCase{
		"in its grace period":   {healthy(deleted(-20 * time.Second)), soon, "terminating, up to 20s of its grace period left"},
		"just over":             {healthy(deleted(5 * time.Second)), soon, "terminating, up to 0s of its grace period left"},
		"not confirmed":         {healthy(deleted(90 * time.Second)), unhealthy, "deleted, but the kubelet of node1 has not confirmed it for 90s"},
		"held, still running":   {healthy(deleted(90*time.Second), finalizer("x/y")), unhealthy, "deleted, but the kubelet of node1 has not confirmed it for 90s"},
		"held, containers done": {healthy(deleted(90*time.Second), finalizer("x/y"), containers(terminated("app", "Completed", 0))), unhealthy, "deleted, held by finalizer x/y for 90s"},
		"held, grace not over":  {healthy(deleted(-20*time.Second), finalizer("x/y"), phase(corev1.PodFailed)), unhealthy, "deleted, held by finalizer x/y for 0s"},
		"held, never scheduled": {healthy(unscheduled("Unschedulable", ""), deleted(time.Hour), finalizer("x/y")), unhealthy, "deleted, held by finalizer x/y for 60m"},
		"lost node":             {healthy(deleted(5*time.Minute), statusReason("NodeLost", "")), unhealthy, "the node node1 is lost; deletion cannot be confirmed (5m)"},
		"lost node, in grace":   {healthy(deleted(-20*time.Second), statusReason("NodeLost", "")), unhealthy, "the node node1 is lost; deletion cannot be confirmed (0s)"},
		"crashing and deleted":  {healthy(deleted(-time.Second), containers(waiting("app", "CrashLoopBackOff", ""))), soon, "terminating, up to 1s of its grace period left"},
	})
}

func TestWhyFailedAsAWhole(t *testing.T) {
	failed := phase(corev1.PodFailed)
	checkWhy(t, map[string]whyCase{
		"evicted":   {healthy(failed, statusReason("Evicted", "The node was low on resource: memory.\n"), containers()), unhealthy, "Evicted: The node was low on resource: memory."},
		"deadline":  {healthy(failed, statusReason("DeadlineExceeded", "")), unhealthy, "DeadlineExceeded"},
		"no reason": {healthy(failed, restartPolicy(corev1.RestartPolicyNever), containers(terminated("app", "Error", 3))), unhealthy, "app ended: exit 3"},
		"the sidecar that ended with it is not blamed": {
			healthy(failed, restartPolicy(corev1.RestartPolicyNever), inits(terminated("mesh", "Error", 143)), sidecar("mesh"), containers(terminated("app", "Error", 3))),
			unhealthy, "app ended: exit 3",
		},
		"an init container that failed is": {
			healthy(failed, restartPolicy(corev1.RestartPolicyNever), inits(terminated("migrate", "Error", 4)), containers(waiting("app", "PodInitializing", ""))),
			unhealthy, "migrate ended: exit 4",
		},
	})
}

func TestWhyUnscheduled(t *testing.T) {
	nodes := "0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod."
	neverSeen := func(since time.Duration) edit {
		return func(pod *corev1.Pod) {
			unscheduled("", "")(pod)
			pod.Status.Conditions = nil
			pod.CreationTimestamp, pod.Spec.SchedulerName = ago(since), "mine"
		}
	}
	gates := func(pod *corev1.Pod) {
		pod.Spec.SchedulingGates = []corev1.PodSchedulingGate{{Name: "x/quota"}, {Name: "x/budget"}}
	}
	checkWhy(t, map[string]whyCase{
		"no node fits":      {healthy(unscheduled("Unschedulable", nodes)), unhealthy, "no node fits: 0/2 nodes are available: 2 Insufficient cpu"},
		"gated":             {healthy(unscheduled(corev1.PodReasonSchedulingGated, ""), gates), soon, "held by scheduling gate x/quota, x/budget"},
		"not looked at yet": {healthy(neverSeen(5 * time.Second)), soon, "not looked at by scheduler mine for 5s"},
		"never looked at":   {healthy(neverSeen(2 * time.Minute)), unhealthy, "not looked at by scheduler mine for 2m"},
	})
}

func TestSeveritiesRank(t *testing.T) {
	if well >= soon || soon >= unhealthy {
		t.Errorf("well %d, waiting %d, unhealthy %d must rise, since the worst sorts first", well, soon, unhealthy)
	}
}
