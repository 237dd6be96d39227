package cluster

import (
	"context"
	"fmt"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"

	"github.com/kubectl-podkit/podkit/test/lab/controlplane"
	"github.com/kubectl-podkit/podkit/test/lab/readiness"
)

// awaitDefaultAccount waits for the service account without which no pod is admitted in the namespace default. The
// controller manager makes it.
func awaitDefaultAccount(ctx context.Context, client kubernetes.Interface, patience time.Duration) error {
	err := readiness.Await(ctx, patience, func(ctx context.Context) error {
		_, err := client.CoreV1().ServiceAccounts(metav1.NamespaceDefault).Get(ctx, "default", metav1.GetOptions{})
		return err
	})
	if err != nil {
		return fmt.Errorf("waiting for the service account of pods: %w\n  see `lab logs %s`", err, controlplane.ControllerManager)
	}
	return nil
}
