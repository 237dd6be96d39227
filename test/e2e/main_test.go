//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

func TestMain(m *testing.M) {
	if err := prepared(); err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// prepared checks what the suite needs before the first test asks for it.
func prepared() error {
	if os.Getenv("KUBECONFIG") == "" {
		return fmt.Errorf("KUBECONFIG is not set; run it with: make e2e")
	}
	for _, program := range []string{"kubectl", "kubectl-podkit"} {
		if _, err := exec.LookPath(program); err != nil {
			return fmt.Errorf("%w; run it with: make e2e", err)
		}
	}
	if out, err := exec.Command("kubectl", "get", "--raw", "/readyz").CombinedOutput(); err != nil {
		return fmt.Errorf("the cluster of KUBECONFIG does not answer: %w: %s", err, out)
	}
	return nil
}
