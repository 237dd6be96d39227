package network

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// Up makes bridges, settings and rules; what is there already is left alone. sysctls is the file that will keep the
// kernel settings as they were. It fails, before it changes anything, if the machine uses one of the lab's subnets.
func Up(ctx context.Context, sysctls string) error {
	if err := CheckSubnets(); err != nil {
		return err
	}
	for _, b := range topology.Bridges() {
		if err := makeBridge(ctx, b); err != nil {
			return err
		}
	}
	// The route keeps ClusterIPs that nothing translates (kube-proxy is down, say) from leaving the machine, and lets
	// the machine itself use ClusterIPs even when it has no default route.
	if err := run(ctx, "ip", "route", "replace", topology.Services().String(), "dev", topology.ControlPlane().Name); err != nil {
		return err
	}
	if err := kernel().apply(sysctls); err != nil {
		return err
	}
	return allow(ctx)
}

// Down removes what Up made, what of it is still there.
func Down(ctx context.Context, sysctls string) error {
	return errors.Join(disallow(ctx), removeBridges(ctx), kernel().restore(sysctls))
}

// run runs a command whose output is of interest only when it fails.
func run(ctx context.Context, name string, args ...string) error {
	if _, err := output(ctx, name, args...); err != nil {
		return err
	}
	return nil
}

func output(ctx context.Context, name string, args ...string) (string, error) {
	var stdout, stderr strings.Builder
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, strings.TrimSpace(stderr.String()))
	}
	return stdout.String(), nil
}
