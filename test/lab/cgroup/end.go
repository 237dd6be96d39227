package cgroup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/kubectl-podkit/podkit/test/lab/readiness"
)

// patience is how long the kernel may take to end killed processes and to let go of their groups.
const patience = 20 * time.Second

// Processes returns the pids in a group and all below it, in any hierarchy, sorted.
func (t Tree) Processes(group string) ([]int, error) {
	var pids []int
	for _, h := range t.hierarchies {
		groups, err := below(filepath.Join(h.Mount, group))
		if err != nil {
			return nil, err
		}
		for _, path := range groups {
			data, err := os.ReadFile(filepath.Join(path, "cgroup.procs"))
			if errors.Is(err, fs.ErrNotExist) || errors.Is(err, unix.ENODEV) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("reading cgroup: %w", err)
			}
			for _, field := range strings.Fields(string(data)) {
				pid, err := strconv.Atoi(field)
				if err != nil {
					return nil, fmt.Errorf("reading cgroup %q: %w", path, err)
				}
				pids = append(pids, pid)
			}
		}
	}
	slices.Sort(pids)
	return slices.Compact(pids), nil
}

// Kill sends SIGKILL to all in a group and below it, again and again until none is left: a process may fork between
// the look and the kill.
func (t Tree) Kill(ctx context.Context, group string) error {
	err := readiness.Await(ctx, patience, func(context.Context) error {
		pids, err := t.Processes(group)
		if err != nil {
			return readiness.Final(err)
		}
		if len(pids) == 0 {
			return nil
		}
		if err := t.thaw(group); err != nil {
			return readiness.Final(err)
		}
		for _, pid := range pids {
			// A process of another pid namespace reads as 0, which kill would take for our own group.
			if pid <= 1 {
				return readiness.Final(fmt.Errorf("process %d cannot be ours", pid))
			}
			if err := unix.Kill(pid, unix.SIGKILL); err != nil && !errors.Is(err, unix.ESRCH) {
				return readiness.Final(fmt.Errorf("killing process %d: %w", pid, err))
			}
		}
		return fmt.Errorf("processes %v are still there", pids)
	})
	if err != nil {
		return fmt.Errorf("ending all of cgroup %q: %w", group, err)
	}
	return nil
}

// thaw lets frozen processes (a paused container) take their SIGKILL, which version 1's freezer holds back.
func (t Tree) thaw(group string) error {
	for _, h := range t.hierarchies {
		if !h.has("freezer") {
			continue
		}
		groups, err := below(filepath.Join(h.Mount, group))
		if err != nil {
			return err
		}
		for _, path := range groups {
			err := os.WriteFile(filepath.Join(path, "freezer.state"), []byte("THAWED"), 0)
			if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, unix.ENODEV) {
				return fmt.Errorf("thawing cgroup %q: %w", path, err)
			}
		}
	}
	return nil
}

// Remove deletes a group and all below it in every hierarchy. Its processes must have ended.
func (t Tree) Remove(ctx context.Context, group string) error {
	err := readiness.Await(ctx, patience, func(context.Context) error {
		for _, h := range t.hierarchies {
			groups, err := below(filepath.Join(h.Mount, group))
			if err != nil {
				return readiness.Final(err)
			}
			for _, path := range slices.Backward(groups) {
				if err := unix.Rmdir(path); err != nil && !errors.Is(err, unix.ENOENT) {
					return fmt.Errorf("%s: %w", path, err)
				}
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("removing cgroup %q: %w", group, err)
	}
	return nil
}

// below lists a directory and all directories in it, parents first; none if it does not exist.
func below(root string) ([]string, error) {
	var found []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if entry.IsDir() {
			found = append(found, path)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing cgroups: %w", err)
	}
	return found, nil
}
