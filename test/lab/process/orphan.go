package process

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/kubectl-podkit/podkit/test/lab/cgroup"
)

// killOrphans ends processes that run the part but whose record is lost, so that no two of them serve at once (some
// programs share their port without complaint). They are those of the part's own cgroup with its very command line.
func killOrphans(ctx context.Context, spec Spec) error {
	if spec.Cgroup == "" {
		return nil
	}
	tree, err := cgroup.Mounted()
	if err != nil {
		return err
	}
	pids, err := tree.Processes(spec.Cgroup)
	if err != nil {
		return err
	}
	for _, pid := range pids {
		id, err := Identify(pid)
		if err != nil || !runs(pid, spec) {
			continue // it has ended, or is another part
		}
		if err := Stop(ctx, id, 0); err != nil {
			return fmt.Errorf("ending an earlier %s: %w", spec.Name, err)
		}
	}
	return nil
}

// runs reports whether a process has the command line of the part.
func runs(pid int, spec Spec) bool {
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return false
	}
	want := strings.Join(append([]string{spec.Program}, spec.Args...), "\x00")
	return bytes.Equal(bytes.TrimSuffix(line, []byte{0}), []byte(want))
}
