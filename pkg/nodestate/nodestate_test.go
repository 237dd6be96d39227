package nodestate_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/nodestate"
)

var now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

func ago(d time.Duration) metav1.Time { return metav1.NewTime(now.Add(-d)) }

func node(name string, conditions ...corev1.NodeCondition) corev1.Node {
	return corev1.Node{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Status: corev1.NodeStatus{
			Conditions: conditions,
			Allocatable: corev1.ResourceList{
				corev1.ResourceCPU: resource.MustParse("2"), corev1.ResourceMemory: resource.MustParse("4Gi"),
				corev1.ResourcePods: resource.MustParse("110"),
			},
		},
	}
}

func condition(kind corev1.NodeConditionType, status corev1.ConditionStatus, since time.Duration) corev1.NodeCondition {
	return corev1.NodeCondition{
		Type: kind, Status: status, LastTransitionTime: ago(since), LastHeartbeatTime: ago(since + time.Minute), Message: "why",
	}
}

// pod returns a running pod whose containers request these amounts of CPU.
func pod(name, node string, cpus ...string) corev1.Pod {
	pod := corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec:       corev1.PodSpec{NodeName: node},
		Status:     corev1.PodStatus{Phase: corev1.PodRunning},
	}
	for _, cpu := range cpus {
		pod.Spec.Containers = append(pod.Spec.Containers, requesting(cpu))
	}
	return pod
}

func requesting(cpu string) corev1.Container {
	return corev1.Container{Resources: corev1.ResourceRequirements{
		Requests: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse(cpu)},
	}}
}

func TestRequested(t *testing.T) {
	always := corev1.ContainerRestartPolicyAlways
	sidecar := requesting("300m")
	sidecar.RestartPolicy = &always
	with := func(pod corev1.Pod, change func(*corev1.Pod)) corev1.Pod {
		change(&pod)
		return pod
	}
	tests := map[string]struct {
		pods    []corev1.Pod
		counted int
		cpu     string
	}{
		"nothing runs":               {nil, 0, "0"},
		"containers add up":          {[]corev1.Pod{pod("a", "n1", "100m", "200m")}, 1, "300m"},
		"pods add up":                {[]corev1.Pod{pod("a", "n1", "100m"), pod("b", "n1", "1")}, 2, "1100m"},
		"other nodes' pods do not":   {[]corev1.Pod{pod("a", "n1", "100m"), pod("b", "n2", "1")}, 1, "100m"},
		"unscheduled pods do not":    {[]corev1.Pod{pod("a", "", "100m")}, 0, "0"},
		"succeeded pods do not":      {[]corev1.Pod{with(pod("a", "n1", "1"), func(p *corev1.Pod) { p.Status.Phase = corev1.PodSucceeded })}, 0, "0"},
		"failed pods do not":         {[]corev1.Pod{with(pod("a", "n1", "1"), func(p *corev1.Pod) { p.Status.Phase = corev1.PodFailed })}, 0, "0"},
		"pending pods do":            {[]corev1.Pod{with(pod("a", "n1", "1"), func(p *corev1.Pod) { p.Status.Phase = corev1.PodPending })}, 1, "1"},
		"a small init is no more":    {[]corev1.Pod{with(pod("a", "n1", "500m"), func(p *corev1.Pod) { p.Spec.InitContainers = []corev1.Container{requesting("200m")} })}, 1, "500m"},
		"a large init is all":        {[]corev1.Pod{with(pod("a", "n1", "500m"), func(p *corev1.Pod) { p.Spec.InitContainers = []corev1.Container{requesting("800m")} })}, 1, "800m"},
		"a sidecar is on top":        {[]corev1.Pod{with(pod("a", "n1", "500m"), func(p *corev1.Pod) { p.Spec.InitContainers = []corev1.Container{sidecar} })}, 1, "800m"},
		"the runtime's overhead too": {[]corev1.Pod{with(pod("a", "n1", "500m"), func(p *corev1.Pod) { p.Spec.Overhead = requesting("50m").Resources.Requests })}, 1, "550m"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			before := node("n1")
			states := nodestate.Of([]corev1.Node{*before.DeepCopy()}, test.pods)
			if len(states) != 1 || len(states[0].Pods) != test.counted {
				t.Fatalf("want one node with %d pods, got %+v", test.counted, states)
			}
			use := states[0].Of(corev1.ResourceCPU)
			if want := resource.MustParse(test.cpu); use.Requested.Cmp(want) != 0 || use.Allocatable.String() != "2" {
				t.Errorf("requested %s of %s, want %s of 2", use.Requested.String(), use.Allocatable.String(), test.cpu)
			}
			if diff := cmp.Diff(before, *states[0].Node); diff != "" {
				t.Errorf("the node was changed:\n%s", diff)
			}
		})
	}
}

func TestPercent(t *testing.T) {
	tests := []struct {
		requested, allocatable string
		want                   int
	}{
		{"0", "2", 0}, {"500m", "2", 25}, {"2", "2", 100}, {"3", "2", 150}, {"1", "0", 0}, {"1Gi", "4Gi", 25}, {"1999m", "2", 99},
	}
	for _, test := range tests {
		use := nodestate.Use{Requested: resource.MustParse(test.requested), Allocatable: resource.MustParse(test.allocatable)}
		if got := use.Percent(); got != test.want {
			t.Errorf("%s of %s: got %d%%, want %d%%", test.requested, test.allocatable, got, test.want)
		}
	}
}

func TestStatusAndWhy(t *testing.T) {
	yes, no, unknown := corev1.ConditionTrue, corev1.ConditionFalse, corev1.ConditionUnknown
	cordoned := func(node corev1.Node) corev1.Node {
		node.Spec.Unschedulable = true
		return node
	}
	tests := map[string]struct {
		node   corev1.Node
		status string
		why    []string
	}{
		"ready":      {node("n", condition(corev1.NodeReady, yes, time.Hour), condition(corev1.NodeDiskPressure, no, 0)), "Ready", nil},
		"cordoned":   {cordoned(node("n", condition(corev1.NodeReady, yes, time.Hour))), "Ready,SchedulingDisabled", []string{"cordoned: takes no new pods"}},
		"not ready":  {node("n", condition(corev1.NodeReady, no, time.Minute)), "NotReady", []string{"not ready for 60s: why"}},
		"lost":       {node("n", condition(corev1.NodeReady, unknown, time.Hour)), "NotReady", []string{"lost: its kubelet stopped reporting, last heartbeat 61m ago (unknown for 60m)"}},
		"never seen": {node("n"), "Unknown", []string{"its kubelet has never reported"}},
		"everything at once, the gravest first": {
			cordoned(node("n", condition(corev1.NodeMemoryPressure, yes, time.Minute), condition("KernelDeadlock", yes, time.Hour), condition(corev1.NodeReady, no, time.Second))),
			"NotReady,SchedulingDisabled",
			[]string{"not ready for 1s: why", "MemoryPressure for 60s", "KernelDeadlock for 60m", "cordoned: takes no new pods"},
		},
	}
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			state := nodestate.Of([]corev1.Node{test.node}, nil)[0]
			if got := state.Status(); got != test.status {
				t.Errorf("status %q, want %q", got, test.status)
			}
			var why []string
			for _, reason := range state.Why(now) {
				why = append(why, messages.Text(reason.ID, reason.Args))
			}
			if diff := cmp.Diff(test.why, why); diff != "" {
				t.Errorf("why (-want +got):\n%s", diff)
			}
		})
	}
}
