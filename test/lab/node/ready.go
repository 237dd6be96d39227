package node

import (
	"context"
	"fmt"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"

	"github.com/kubectl-podkit/podkit/test/lab/process"
	"github.com/kubectl-podkit/podkit/test/lab/readiness"
)

// AwaitReady waits until the running kubelet, not a former one, has made the Node Ready and pods may be scheduled on it.
func (n *Node) AwaitReady(ctx context.Context, client kubernetes.Interface) error {
	info, err := os.Stat(n.lab.Record(n.kubelet()))
	if err != nil {
		return fmt.Errorf("waiting for %s: its kubelet was not started: %w", n.Name(), err)
	}
	const patience = 90 * time.Second
	err = readiness.Await(ctx, patience, func(ctx context.Context) error {
		object, err := client.CoreV1().Nodes().Get(ctx, n.Name(), metav1.GetOptions{})
		if err != nil {
			return err
		}
		lease, err := client.CoordinationV1().Leases(corev1.NamespaceNodeLease).Get(ctx, n.Name(), metav1.GetOptions{})
		if err != nil {
			return err
		}
		if lease.Spec.RenewTime == nil || lease.Spec.RenewTime.Time.Before(info.ModTime()) {
			return fmt.Errorf("the kubelet has not renewed its lease since it was started")
		}
		return usable(object)
	})
	if err != nil {
		return process.NewPartError(n.kubelet(), fmt.Errorf("waiting for %s: %w", n.Name(), err), n.lab.Log(n.kubelet()))
	}
	return nil
}

// usable returns what keeps pods from being scheduled on a Node; a cordon is somebody's wish and counts as usable.
func usable(object *corev1.Node) error {
	for _, c := range object.Status.Conditions {
		if c.Type == corev1.NodeReady && c.Status != corev1.ConditionTrue {
			return fmt.Errorf("the Node is not Ready: %s: %s", c.Reason, c.Message)
		}
	}
	if len(object.Status.Conditions) == 0 {
		return fmt.Errorf("the Node has no status yet")
	}
	for _, t := range object.Spec.Taints {
		if t.Key == corev1.TaintNodeNotReady || t.Key == corev1.TaintNodeUnreachable {
			return fmt.Errorf("the Node has the taint %s", t.Key)
		}
	}
	return nil
}
