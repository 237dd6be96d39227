package cgroup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Make creates a group in every hierarchy. In version 1 a cpuset group refuses processes until it has CPUs and memory
// nodes, which are copied from its parent; in version 2 a child has the controllers that its parent passes down.
func (t Tree) Make(group string) error {
	for _, h := range t.hierarchies {
		path := h.Mount
		for part := range strings.SplitSeq(strings.Trim(group, "/"), "/") {
			parent := path
			path = filepath.Join(path, part)
			if err := h.makeOne(parent, path); err != nil {
				return fmt.Errorf("making cgroup %q: %w", path, err)
			}
		}
	}
	return nil
}

func (h Hierarchy) makeOne(parent, path string) error {
	if h.Unified {
		if err := delegate(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(path, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if !h.has("cpuset") {
		return nil
	}
	for _, file := range []string{"cpuset.cpus", "cpuset.mems"} {
		value, err := os.ReadFile(filepath.Join(parent, file))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(path, file), value, 0); err != nil {
			return err
		}
	}
	return nil
}

// delegate passes all of a version 2 group's controllers down to its children.
func delegate(path string) error {
	available, err := os.ReadFile(filepath.Join(path, "cgroup.controllers"))
	if err != nil {
		return err
	}
	for _, controller := range strings.Fields(string(available)) {
		if err := os.WriteFile(filepath.Join(path, "cgroup.subtree_control"), []byte("+"+controller), 0); err != nil {
			return fmt.Errorf("passing down controller %s: %w", controller, err)
		}
	}
	return nil
}

// Join moves a process into a group, which must exist, so that it and what it starts can be found there. In version 1
// it joins one hierarchy only: the others are for the pods.
func (t Tree) Join(group string, pid int) error {
	file := filepath.Join(t.tracking().Mount, group, "cgroup.procs")
	if err := os.WriteFile(file, []byte(strconv.Itoa(pid)), 0); err != nil {
		return fmt.Errorf("joining cgroup: %w", err)
	}
	return nil
}

// Exists reports whether any hierarchy has the group.
func (t Tree) Exists(group string) bool {
	for _, h := range t.hierarchies {
		if _, err := os.Stat(filepath.Join(h.Mount, group)); err == nil {
			return true
		}
	}
	return false
}
