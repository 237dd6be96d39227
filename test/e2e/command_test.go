//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Bounds are wide: they are for a machine that is busy with other things, and end a wait that will never be fulfilled.
const (
	patience = 3 * time.Minute
	interval = 500 * time.Millisecond
)

// result is how a command ended.
type result struct {
	line           string
	stdout, stderr string
	code           int
}

// run runs a program with the environment of the suite and, before that, the given variables.
func run(t *testing.T, env []string, name string, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(append(os.Environ(), "LC_ALL=C.UTF-8", "PODKIT_LANG="), env...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s %q: %v", name, args, err)
	}
	return result{name + " " + strings.Join(args, " "), stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// kubectl runs kubectl and fails the test when that fails.
func kubectl(t *testing.T, args ...string) string {
	t.Helper()
	return run(t, nil, "kubectl", args...).ok(t)
}

// podkit runs the plugin through kubectl, as users do.
func podkit(t *testing.T, args ...string) result {
	t.Helper()
	return run(t, nil, "kubectl", append([]string{"podkit"}, args...)...)
}

// ok returns what was printed and fails the test unless the command succeeded.
func (r result) ok(t *testing.T) string {
	t.Helper()
	if r.code != 0 {
		t.Fatalf("%s\nexit code %d\nstdout:\n%s\nstderr:\n%s", r.line, r.code, r.stdout, r.stderr)
	}
	return r.stdout
}

// contains fails the test unless the text holds every part.
func contains(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s does not contain %q:\n%s", what, part, text)
		}
	}
}

// eventually calls check until it returns nil, and fails the test with its last error when patience ends.
func eventually(t *testing.T, what string, check func() error) {
	t.Helper()
	deadline := time.Now().Add(patience)
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		err := check()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("waited %s for: %s\nlast seen: %v", patience, what, err)
		}
		select {
		case <-ticker.C:
		case <-t.Context().Done():
			t.Fatalf("waiting for %s: %v", what, t.Context().Err())
		}
	}
}

// namespace makes a namespace for the test and removes it afterwards; a killed run's remains are replaced.
func namespace(t *testing.T, name string) string {
	t.Helper()
	name = "podkit-e2e-" + name
	release(t, name)
	kubectl(t, "delete", "namespace", name, "--ignore-not-found", "--timeout="+patience.String())
	kubectl(t, "create", "namespace", name)
	t.Cleanup(func() {
		// The test's context is done by now.
		cmd := exec.Command("kubectl", "delete", "namespace", name, "--wait=false")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("deleting namespace %s: %v: %s", name, err, out)
		}
	})
	// Pods are refused until their namespace has its service account.
	eventually(t, "the default ServiceAccount of "+name, func() error {
		if r := run(t, nil, "kubectl", "get", "-n", name, "serviceaccount", "default"); r.code != 0 {
			return errors.New(r.stderr)
		}
		return nil
	})
	return name
}

// release frees the pods that a killed run has left from what would hold up their deletion.
func release(t *testing.T, ns string) {
	t.Helper()
	for _, pod := range strings.Fields(kubectl(t, "get", "pods", "-n", ns, "-o", "name")) {
		run(t, nil, "kubectl", "patch", "-n", ns, pod, "--type=merge", "-p", `{"metadata":{"finalizers":null}}`)
		run(t, nil, "kubectl", "delete", "-n", ns, pod, "--force", "--grace-period=0", "--wait=false")
	}
}

// lab returns the program that runs the lab, or skips the test on another cluster.
func lab(t *testing.T, what string) string {
	t.Helper()
	path := os.Getenv("PODKIT_E2E_LAB")
	if path == "" {
		t.Skipf("%s needs the lab of test/lab, and KUBECONFIG names another cluster", what)
	}
	return path
}

// deploy applies the tutorial's app and returns the name of its pod once that is ready.
func deploy(t *testing.T, ns string) string {
	t.Helper()
	kubectl(t, "apply", "-n", ns, "-f", "../../deploy/demo/bootcamp-v1.yaml")
	kubectl(t, "rollout", "status", "-n", ns, "deployment/bootcamp", "--timeout="+patience.String())
	return strings.TrimSpace(kubectl(t, "get", "pods", "-n", ns, "-l", "app=bootcamp", "-o", "jsonpath={.items[0].metadata.name}"))
}

// columns returns the first n columns of every row.
func columns(text string, n int) []string {
	var rows []string
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		fields := strings.Fields(line)
		if len(fields) >= n {
			rows = append(rows, strings.Join(fields[:n], " "))
		}
	}
	return rows
}

// oneSentence fails the test unless a command failed with one line on stderr that ends in a next step.
func oneSentence(t *testing.T, r result, parts ...string) {
	t.Helper()
	if r.code != 1 {
		t.Errorf("%s: exit code %d, want 1", r.line, r.code)
	}
	if lines := strings.Count(strings.TrimSpace(r.stderr), "\n") + 1; lines != 1 || r.stderr == "" {
		t.Errorf("%s: want one line on stderr, got:\n%s", r.line, r.stderr)
	}
	for _, noise := range []string{"goroutine ", "panic:", ".go:"} {
		if strings.Contains(r.stderr, noise) {
			t.Errorf("%s: stderr holds %q:\n%s", r.line, noise, r.stderr)
		}
	}
	contains(t, r.line, r.stderr, parts...)
}

// waiting is an error that says what was seen.
func waiting(format string, args ...any) error { return fmt.Errorf(format, args...) }
