package cgroup

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// Hierarchy is one mounted cgroup file system.
type Hierarchy struct {
	// Mount is where it is mounted.
	Mount string
	// Controllers are the version 1 controllers, or the name (name=systemd); none for version 2.
	Controllers []string
	// Unified says that it is version 2.
	Unified bool
}

// has reports whether a version 1 hierarchy has the controller.
func (h Hierarchy) has(controller string) bool { return slices.Contains(h.Controllers, controller) }

// Tree is all hierarchies of the machine, in which one group has the same path everywhere.
type Tree struct{ hierarchies []Hierarchy }

// Mounted returns the machine's hierarchies. On a hybrid machine that is the version 1 ones and the version 2 one that
// has no controllers.
func Mounted() (Tree, error) {
	f, err := os.Open("/proc/self/mountinfo")
	if err != nil {
		return Tree{}, fmt.Errorf("finding cgroups: %w", err)
	}
	defer f.Close()
	hierarchies, err := parse(f)
	if err != nil {
		return Tree{}, fmt.Errorf("finding cgroups: %w", err)
	}
	if len(hierarchies) == 0 {
		return Tree{}, errors.New("no cgroup hierarchy is mounted; mount cgroup2 on /sys/fs/cgroup, or run on a machine that does")
	}
	return Tree{hierarchies: hierarchies}, nil
}

// parse reads cgroup mounts out of /proc/PID/mountinfo (proc(5)). A hierarchy that is mounted twice counts once.
func parse(mountinfo io.Reader) ([]Hierarchy, error) {
	var found []Hierarchy
	seen := map[string]bool{}
	lines := bufio.NewScanner(mountinfo)
	for lines.Scan() {
		before, after, ok := strings.Cut(lines.Text(), " - ")
		left, right := strings.Fields(before), strings.Fields(after)
		if !ok || len(left) < 5 || len(right) < 3 {
			continue
		}
		const device, mountPoint = 2, 4
		kind, options := right[0], right[2]
		if (kind != "cgroup" && kind != "cgroup2") || seen[left[device]] {
			continue
		}
		seen[left[device]] = true
		h := Hierarchy{Mount: left[mountPoint], Unified: kind == "cgroup2"}
		if !h.Unified {
			h.Controllers = controllers(options)
		}
		found = append(found, h)
	}
	return found, lines.Err()
}

// controllers drops the super block options that are not controllers.
func controllers(options string) []string {
	var names []string
	for option := range strings.SplitSeq(options, ",") {
		switch {
		case option == "rw", option == "ro", option == "xattr", option == "clone_children":
		case strings.HasPrefix(option, "release_agent="), strings.HasPrefix(option, "cpuset_"):
		default:
			names = append(names, option)
		}
	}
	return names
}

// tracking is the hierarchy whose membership says which processes belong to the lab. It is one that accounts for
// nothing, where there is such a one, so that joining it does not lift the limits under which the lab was started.
func (t Tree) tracking() Hierarchy {
	for _, name := range []string{"freezer", "pids"} {
		for _, h := range t.hierarchies {
			if h.has(name) {
				return h
			}
		}
	}
	return t.hierarchies[0]
}
