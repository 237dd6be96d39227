package repertoire

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
)

// TestSchedulerFacts reads messages as the scheduler of Kubernetes v1.36 writes them.
func TestSchedulerFacts(t *testing.T) {
	const preemption = " no new claims to deallocate, preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod, 1 Insufficient memory."
	tests := map[string]struct {
		said string
		spec corev1.PodSpec
		want []string
	}{
		"room":              {said: "0/2 nodes are available: 2 Insufficient cpu." + preemption, want: []string{"cpu"}},
		"two reasons":       {said: "0/2 nodes are available: 1 Insufficient memory, 1 node(s) had untolerated taint(s)." + preemption, want: []string{"memory", "taint"}},
		"old taint words":   {said: "0/2 nodes are available: 2 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.", want: []string{"taint"}},
		"selector":          {said: "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.", want: []string{"affinity"}},
		"pod affinity":      {said: "0/2 nodes are available: 2 node(s) didn't match pod affinity rules.", want: []string{"pod-affinity"}},
		"pod anti-affinity": {said: "0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.", want: []string{"anti-affinity"}},
		"GPU":               {said: "0/2 nodes are available: 2 Insufficient nvidia.com/gpu.", want: []string{"extended"}},
		"claim not there":   {said: `persistentvolumeclaim "shop-data" not found. not found`, want: []string{"claim-missing"}},
		"claim not bound":   {said: "0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found", want: []string{"claim-unbound"}},
		"new words":         {said: "0/2 nodes are available: 2 node(s) are haunted.", want: []string{"other"}},
		"nobody":            {want: []string{"unheard"}},
		"a gate":            {spec: corev1.PodSpec{SchedulingGates: []corev1.PodSchedulingGate{{Name: "x"}}}, want: []string{"gated"}},
		"a node by now":     {said: "2 Insufficient cpu", spec: corev1.PodSpec{NodeName: "node1"}, want: []string{"on-a-node"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, schedulerFactsOf(&corev1.Pod{Spec: test.spec}, test.said)); diff != "" {
				t.Errorf("facts (-want +got):\n%s", diff)
			}
		})
	}
}
