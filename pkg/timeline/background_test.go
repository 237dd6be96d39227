package timeline_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/timeline"
)

// memory is a reader whose owners and node remember when what happened to them.
type memory struct{ reader }

func (m memory) Nodes(context.Context, casefile.Query) casefile.Answer[[]corev1.Node] {
	node := corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: "n1", UID: "uid-node"}}
	node.Status.Conditions = []corev1.NodeCondition{
		{Type: corev1.NodeReady, Status: corev1.ConditionUnknown, Reason: "NodeStatusUnknown", LastTransitionTime: ago(3 * time.Minute)},
		{Type: corev1.NodeDiskPressure, Status: corev1.ConditionTrue, LastTransitionTime: ago(5 * time.Minute)},
		{Type: corev1.NodeMemoryPressure, Status: corev1.ConditionFalse, LastTransitionTime: ago(time.Hour)},
	}
	return casefile.Answered([]corev1.Node{node})
}

func (m memory) Metadata(context.Context, metav1.TypeMeta, casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	set := metav1.PartialObjectMetadata{ObjectMeta: metav1.ObjectMeta{
		Name: "web-7c", UID: "uid-rs", CreationTimestamp: ago(2 * time.Hour), Annotations: map[string]string{"deployment.kubernetes.io/revision": "7"},
	}}
	return casefile.Answered([]metav1.PartialObjectMetadata{set})
}

// TestStory: what owners and nodes remember stands among the events, and a condition that is good is no news, but for Ready.
func TestStory(t *testing.T) {
	file := casefile.Open(t.Context(), memory{}, []corev1.Pod{*web()}, now)
	type told struct {
		Ago     time.Duration
		Lane    timeline.Lane
		Reason  string
		Warning bool
	}
	var got []told
	for _, entry := range timeline.Story(file, web()) {
		got = append(got, told{now.Sub(entry.Last), entry.Lane(), entry.Reason, entry.Warning})
	}
	want := []told{
		{2 * time.Hour, timeline.Rollouts, "ReplicaSetCreated", false},
		{time.Hour, timeline.Pods, "PodCreated", false},
		{5 * time.Minute, timeline.Nodes, "DiskPressure", true},
		{3 * time.Minute, timeline.Nodes, "Ready", true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestStoryOfAnUnscheduledPod: all nodes were read for another pod's sake, and none of them is this one's.
func TestStoryOfAnUnscheduledPod(t *testing.T) {
	waiting, elsewhere := web(), web()
	waiting.Spec.NodeName, elsewhere.Spec.NodeName = "", "n2"
	file := casefile.Open(t.Context(), memory{}, []corev1.Pod{*web(), *elsewhere, *waiting}, now)
	for _, entry := range timeline.Story(file, waiting) {
		if entry.Lane() == timeline.Nodes {
			t.Errorf("a node's %s is told of a pod that is on none", entry.Reason)
		}
	}
}

func TestLane(t *testing.T) {
	for lane, entry := range map[timeline.Lane]timeline.Entry{
		timeline.Nodes:      {Kind: "Node", Reason: "Started"},
		timeline.Rollouts:   {Kind: "Deployment", Reason: "ScalingReplicaSet"},
		timeline.Pods:       {Kind: "Pod", Reason: "FailedMount"},
		timeline.Containers: {Kind: "Pod", Reason: "BackOff"},
	} {
		if got := entry.Lane(); got != lane {
			t.Errorf("%+v: %s, want %s", entry, got, lane)
		}
	}
}
