package cgroup

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// write makes a file of a directory that stands for a hierarchy; the kernel would make it by itself.
func write(t *testing.T, content string, path ...string) {
	t.Helper()
	file := filepath.Join(path...)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestMakeCopiesTheCPUSet(t *testing.T) {
	root := t.TempDir()
	write(t, "0-1\n", root, "cpuset.cpus")
	write(t, "0\n", root, "cpuset.mems")
	tree := Tree{hierarchies: []Hierarchy{{Mount: root, Controllers: []string{"cpuset"}}}}
	for range 2 { // the second time finds all of it
		if err := tree.Make("/podkit-lab/node1"); err != nil {
			t.Fatal(err)
		}
	}
	for _, group := range []string{"podkit-lab", "podkit-lab/node1"} {
		if got := read(t, root, group, "cpuset.cpus") + read(t, root, group, "cpuset.mems"); got != "0-1\n0\n" {
			t.Errorf("%s has %q", group, got)
		}
	}
}

func TestMakePassesControllersDown(t *testing.T) {
	root := t.TempDir()
	write(t, "memory\n", root, "cgroup.controllers")
	write(t, "", root, "cgroup.subtree_control")
	tree := Tree{hierarchies: []Hierarchy{{Mount: root, Unified: true}}}
	if err := tree.Make("/podkit-lab"); err != nil {
		t.Fatal(err)
	}
	if got := read(t, root, "cgroup.subtree_control"); got != "+memory" {
		t.Errorf("the root passes %q down", got)
	}
}

func TestProcessesAreThoseOfAllHierarchiesAndBelow(t *testing.T) {
	freezer, memory := t.TempDir(), t.TempDir()
	write(t, "30\n10\n", freezer, "podkit-lab/node1/system/cgroup.procs")
	write(t, "", freezer, "podkit-lab/cgroup.procs")
	write(t, "10\n20\n", memory, "podkit-lab/node1/kubepods/pod1/cgroup.procs")
	write(t, "99\n", memory, "other/cgroup.procs")
	tree := Tree{hierarchies: []Hierarchy{{Mount: freezer, Controllers: []string{"freezer"}}, {Mount: memory, Controllers: []string{"memory"}}}}
	got, err := tree.Processes("/podkit-lab")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{10, 20, 30}, got); diff != "" {
		t.Error(diff)
	}
}

func TestKillSparesEveryoneWhenAPIDIsForeign(t *testing.T) {
	root := t.TempDir()
	// 0 is how the kernel shows a process of another pid namespace; killing it would kill this test.
	write(t, "0\n", root, "podkit-lab/cgroup.procs")
	tree := Tree{hierarchies: []Hierarchy{{Mount: root, Unified: true}}}
	if err := tree.Kill(t.Context(), "/podkit-lab"); err == nil {
		t.Error("process 0 was taken for ours")
	}
}

func TestJoinWritesToTheTrackingHierarchyOnly(t *testing.T) {
	freezer, memory := t.TempDir(), t.TempDir()
	write(t, "", freezer, "lab/cgroup.procs")
	write(t, "", memory, "lab/cgroup.procs")
	tree := Tree{hierarchies: []Hierarchy{{Mount: memory, Controllers: []string{"memory"}}, {Mount: freezer, Controllers: []string{"freezer"}}}}
	if err := tree.Join("/lab", 42); err != nil {
		t.Fatal(err)
	}
	if got := read(t, freezer, "lab/cgroup.procs"); got != "42" {
		t.Errorf("freezer has %q", got)
	}
	if got := read(t, memory, "lab/cgroup.procs"); got != "" {
		t.Errorf("memory has %q, but its limits are none of the lab's business", got)
	}
}

func TestRemoveTakesTheDeepestFirst(t *testing.T) {
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "lab/node1/kubepods"), 0o755); err != nil {
		t.Fatal(err)
	}
	tree := Tree{hierarchies: []Hierarchy{{Mount: root, Unified: true}}}
	for range 2 { // the second time there is nothing left
		if err := tree.Remove(t.Context(), "/lab"); err != nil {
			t.Fatal(err)
		}
	}
	if tree.Exists("/lab") {
		t.Error("it still exists")
	}
}
