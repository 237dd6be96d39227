package node

import (
	"context"
	"errors"
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
	// Times in the API have no fractions of a second.
	started := info.ModTime().Truncate(time.Second)
	const patience = 90 * time.Second
	err = readiness.Await(ctx, patience, func(ctx context.Context) error {
		object, err := client.CoreV1().Nodes().Get(ctx, n.Name(), metav1.GetOptions{})
		if err != nil {
			return err
		}
		if heartbeat(object).Before(started) {
			return errors.New("the kubelet has not posted the Node's status since it was started")
		}
		return Usable(object)
	})
	if err != nil {
		return process.NewPartError(n.kubelet(), fmt.Errorf("waiting for %s: %w", n.Name(), err), n.lab.Log(n.kubelet()))
	}
	return nil
}

// heartbeat is when a kubelet last said whether the Node is Ready.
func heartbeat(object *corev1.Node) time.Time {
	for _, c := range object.Status.Conditions {
		if c.Type == corev1.NodeReady {
			return c.LastHeartbeatTime.Time
		}
	}
	return time.Time{}
}

// Usable returns what keeps pods from being scheduled on a Node; a cordon is somebody's wish and counts as usable.
func Usable(object *corev1.Node) error {
	for _, c := range object.Status.Conditions {
		if c.Type == corev1.NodeReady && c.Status != corev1.ConditionTrue {
			return fmt.Errorf("the Node is not Ready: %s: %s", c.Reason, c.Message)
		}
	}
	if heartbeat(object).IsZero() {
		return errors.New("the Node has no status yet")
	}
	for _, t := range object.Spec.Taints {
		if t.Key == corev1.TaintNodeNotReady || t.Key == corev1.TaintNodeUnreachable {
			return fmt.Errorf("the Node has the taint %s", t.Key)
		}
	}
	return nil
}
