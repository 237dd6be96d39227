package action

import (
	"context"
	"errors"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// shells are the shells looked for, the most comfortable first.
func shells() []string { return []string{"bash", "ash", "sh"} }

// The exit codes with which a runtime that starts the program itself tells that it could not: not executable, not found.
const (
	notExecutable = 126
	notFound      = 127
)

// Shell returns the best shell that a container has. Each is tried by a command that ends at once, since the program's
// absence shows only when the runtime starts it.
func (c *Client) Shell(ctx context.Context, pod *corev1.Pod, container string) (string, error) {
	for _, shell := range shells() {
		there, err := c.hasShell(ctx, pod, container, shell)
		if err != nil {
			return "", err
		}
		if there {
			return shell, nil
		}
	}
	args := logArgs(pod, container, "")
	args["Shells"] = strings.Join(shells(), ", ")
	return "", message.Errorf(ErrNoProgram, "exec.no-shell", args)
}

func (c *Client) hasShell(ctx context.Context, pod *corev1.Pod, container, shell string) (bool, error) {
	ctx, cancel := c.bounded(ctx)
	defer cancel()
	_, _, err := c.Capture(ctx, pod, container, []string{shell, "-c", "exit 0"})
	if errors.Is(err, ErrNoProgram) {
		return false, nil
	}
	if code, ended := ExitStatus(err); ended {
		return code != notExecutable && code != notFound, nil
	}
	return err == nil, err
}
