package node

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func object(status corev1.ConditionStatus, taints ...string) *corev1.Node {
	n := &corev1.Node{}
	n.Status.Conditions = []corev1.NodeCondition{{
		Type: corev1.NodeReady, Status: status, Reason: "KubeletNotReady", Message: "cni plugin not initialized",
		LastHeartbeatTime: metav1.Now(),
	}}
	for _, key := range taints {
		n.Spec.Taints = append(n.Spec.Taints, corev1.Taint{Key: key})
	}
	return n
}

func TestUsable(t *testing.T) {
	for name, test := range map[string]struct {
		node *corev1.Node
		want string
	}{
		"ready":           {node: object(corev1.ConditionTrue)},
		"cordoned":        {node: object(corev1.ConditionTrue, corev1.TaintNodeUnschedulable)},
		"not ready":       {node: object(corev1.ConditionFalse), want: "cni plugin not initialized"},
		"lost":            {node: object(corev1.ConditionUnknown), want: "not Ready"},
		"still tainted":   {node: object(corev1.ConditionTrue, corev1.TaintNodeUnreachable), want: corev1.TaintNodeUnreachable},
		"registered only": {node: &corev1.Node{}, want: "no status yet"},
	} {
		t.Run(name, func(t *testing.T) {
			err := Usable(test.node)
			if test.want == "" {
				if err != nil {
					t.Errorf("unexpected: %v", err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want one that contains %q", err, test.want)
			}
		})
	}
}
