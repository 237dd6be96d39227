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
	"time"

	"k8s.io/apimachinery/pkg/util/wait"
)

// shell runs commands for one case, beside the shells of others. Unlike the suite's own helpers it returns errors, since
// only a test's own goroutine may end it.
type shell struct {
	namespace string
	// commands bounds how many run at a time, over all shells.
	commands chan struct{}
}

// bash runs a line in which kubectl has the case's namespace.
func (s shell) bash(ctx context.Context, line string) (string, error) {
	return s.start(ctx, "bash", "-c", `kubectl() { command kubectl -n "`+s.namespace+`" "$@"; }; `+line)
}

// kubectl runs kubectl in the case's namespace.
func (s shell) kubectl(ctx context.Context, args ...string) (string, error) {
	return s.inTurn(ctx, "kubectl", args...)
}

// podkit runs the plugin in the case's namespace without kubectl before it, which takes as long to start and adds nothing to
// what is tested here.
func (s shell) podkit(ctx context.Context, args ...string) (string, error) {
	return s.inTurn(ctx, "kubectl-podkit", args...)
}

func (s shell) inTurn(ctx context.Context, name string, args ...string) (string, error) {
	s.commands <- struct{}{}
	defer func() { <-s.commands }()
	return s.start(ctx, name, append(args, "-n", s.namespace)...)
}

func (s shell) start(ctx context.Context, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var stdout, stderr bytes.Buffer
	command := exec.CommandContext(ctx, name, args...)
	command.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "PODKIT_LANG=")
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		return "", fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, stderr.String())
	}
	return stdout.String(), nil
}

// home makes the case's namespace and waits until Pods are accepted there; a killed run's remains are replaced.
func (s shell) home(ctx context.Context) error {
	if _, err := s.kubectl(ctx, "delete", "namespace", s.namespace, "--ignore-not-found", "--timeout="+patience.String()); err != nil {
		return err
	}
	if _, err := s.kubectl(ctx, "create", "namespace", s.namespace); err != nil {
		return err
	}
	return s.until(ctx, patience, func() error {
		_, err := s.kubectl(ctx, "get", "serviceaccount", "default")
		return err
	})
}

// until calls check until it returns nil, or the time is over; then its last error is returned. It asks ever less often:
// what is asked all the time by twenty cases keeps two processors from bringing about what is asked for.
func (shell) until(ctx context.Context, limit time.Duration, check func() error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	pause := wait.Backoff{Duration: 2 * interval, Factor: 1.5, Steps: 6}
	for {
		err := check()
		if err == nil {
			return nil
		}
		var final finalError
		if errors.As(err, &final) {
			return err
		}
		select {
		case <-time.After(pause.Step()):
		case <-ctx.Done():
			return err
		}
	}
}

// finalError ends a wait at once.
type finalError struct{ error }
