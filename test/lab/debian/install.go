package debian

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Install makes sure that the packages are there. It asks for root and apt-get only if something is missing.
func Install(ctx context.Context, packages []string, say func(format string, args ...any)) (err error) {
	missing := Missing(ctx, packages)
	if len(missing) == 0 {
		return nil
	}
	if _, err := exec.LookPath("apt-get"); err != nil {
		return fmt.Errorf("the lab needs the Debian packages %s or their like, and this machine has no apt-get to install them",
			strings.Join(missing, ", "))
	}
	if os.Geteuid() != 0 {
		return fmt.Errorf("the lab needs root to install the Debian packages %s", strings.Join(missing, ", "))
	}
	say("debian: installing %s", strings.Join(missing, ", "))
	began := time.Now()
	restore, err := forbidServices(policyFile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, restore()) }()
	if err := aptGet(ctx, "update"); err != nil {
		return err
	}
	if err := aptGet(ctx, append([]string{"install", "--yes", "--no-install-recommends"}, missing...)...); err != nil {
		return err
	}
	say("debian: installed after %s", time.Since(began).Round(time.Second))
	return nil
}

// Missing returns those of the packages that are not installed, in their order.
func Missing(ctx context.Context, packages []string) []string {
	args := append([]string{"--show", "--showformat", "${Package} ${db:Status-Status}\n"}, packages...)
	// dpkg-query fails if one of the packages is unknown to it; it lists the others all the same.
	output, _ := exec.CommandContext(ctx, "dpkg-query", args...).Output()
	return missing(packages, string(output))
}

// missing compares the wanted packages with dpkg-query's lines "NAME STATUS".
func missing(packages []string, listing string) []string {
	installed := map[string]bool{}
	for line := range strings.Lines(listing) {
		if name, status, _ := strings.Cut(strings.TrimSpace(line), " "); status == "installed" {
			installed[name] = true
		}
	}
	var absent []string
	for _, p := range packages {
		if !installed[p] {
			absent = append(absent, p)
		}
	}
	return absent
}

func aptGet(ctx context.Context, args ...string) error {
	cmd := exec.CommandContext(ctx, "apt-get", args...)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	output, err := cmd.CombinedOutput()
	if err == nil {
		return nil
	}
	lines := bytes.Split(bytes.TrimSpace(output), []byte("\n"))
	const limit = 15
	tail := bytes.Join(lines[max(0, len(lines)-limit):], []byte("\n"))
	return fmt.Errorf("apt-get %s: %w\n%s", strings.Join(args, " "), err, tail)
}
