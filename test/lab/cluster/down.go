package cluster

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/kubectl-podkit/podkit/test/lab/cgroup"
	"github.com/kubectl-podkit/podkit/test/lab/network"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// Down removes the lab, whatever is left of it, and fails if something of it is still there afterwards. All is killed
// rather than asked to stop: nothing is kept that an orderly end could save. The caller holds the lab's lock.
func (l *Lab) Down(ctx context.Context) error {
	if err := l.markDown(); err != nil {
		return err
	}
	if err := l.killAll(ctx); err != nil {
		return err
	}
	l.progress.Say("all processes have ended")
	if err := network.Down(ctx, l.paths.Sysctls()); err != nil {
		return err
	}
	tree, err := cgroup.Mounted()
	if err != nil {
		return err
	}
	if err := tree.Remove(ctx, topology.Cgroup); err != nil {
		return err
	}
	if err := l.removeState(); err != nil {
		return err
	}
	return l.leftovers(ctx)
}

// downMark is the file that says that a Down has begun, in case it does not finish: half of a state directory must
// not be taken for a lab.
func (l *Lab) downMark() string { return filepath.Join(l.paths.State, "going-down") }

func (l *Lab) markDown() error {
	if !l.Exists() {
		return nil
	}
	if err := os.WriteFile(l.downMark(), nil, 0o644); err != nil {
		return fmt.Errorf("removing the lab: %w", err)
	}
	return nil
}

// finishDown does what an interrupted Down has left to do.
func (l *Lab) finishDown(ctx context.Context) error {
	_, err := os.Stat(l.downMark())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("looking for remains: %w", err)
	}
	l.progress.Say("finishing an interrupted `lab down` first")
	return l.Down(ctx)
}

// killAll ends every process of the lab: those in its cgroup, and any part that was moved out of it.
func (l *Lab) killAll(ctx context.Context) error {
	tree, err := cgroup.Mounted()
	if err != nil {
		return err
	}
	if err := tree.Kill(ctx, topology.Cgroup); err != nil {
		return err
	}
	records, err := filepath.Glob(l.paths.Record("*"))
	if err != nil {
		return fmt.Errorf("listing processes: %w", err)
	}
	for _, record := range records {
		part := strings.TrimSuffix(filepath.Base(record), filepath.Ext(record))
		if err := l.supervisor.Kill(ctx, part); err != nil {
			return err
		}
	}
	return nil
}

// removeState deletes the state directory, the mark last. No mount can be below it: the nodes' are in namespaces that
// have ended. Should one be there all the same, nothing is deleted, since that would reach what is mounted.
func (l *Lab) removeState() error {
	mounts, err := mountsBelow(l.paths.State)
	if err != nil {
		return err
	}
	if len(mounts) > 0 {
		return fmt.Errorf("%v are still mounted; unmount them and run `lab down` again", mounts)
	}
	entries, err := os.ReadDir(l.paths.State)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("removing the lab's files: %w", err)
	}
	for _, entry := range entries {
		path := filepath.Join(l.paths.State, entry.Name())
		if path == l.downMark() {
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			return fmt.Errorf("removing the lab's files: %w", err)
		}
	}
	if err := os.RemoveAll(l.paths.State); err != nil {
		return fmt.Errorf("removing the lab's files: %w", err)
	}
	return nil
}
