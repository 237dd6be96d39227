package cgroup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const version1 = `31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct
34 31 0:31 / /sys/fs/cgroup/cpuset rw,relatime shared:1 master:2 - cgroup cgroup rw,cpuset,clone_children
37 31 0:34 / /sys/fs/cgroup/freezer rw,relatime - cgroup cgroup rw,freezer
40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,xattr,release_agent=/lib/agent,name=systemd
`

const unified = "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw,nsdelegate\n"

const version2 = `30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot
99 23 0:26 / /mnt/again rw - cgroup2 cgroup2 rw
`

func TestParse(t *testing.T) {
	first := []Hierarchy{
		{Mount: "/sys/fs/cgroup/cpu,cpuacct", Controllers: []string{"cpu", "cpuacct"}},
		{Mount: "/sys/fs/cgroup/cpuset", Controllers: []string{"cpuset"}},
		{Mount: "/sys/fs/cgroup/freezer", Controllers: []string{"freezer"}},
		{Mount: "/sys/fs/cgroup/systemd", Controllers: []string{"name=systemd"}},
	}
	for name, test := range map[string]struct {
		mountinfo    string
		want         []Hierarchy
		wantTracking string
	}{
		"version 1": {mountinfo: version1, want: first, wantTracking: "/sys/fs/cgroup/freezer"},
		"hybrid": {
			mountinfo:    unified + version1,
			want:         append([]Hierarchy{{Mount: "/sys/fs/cgroup/unified", Unified: true}}, first...),
			wantTracking: "/sys/fs/cgroup/freezer",
		},
		"version 2, mounted twice": {
			mountinfo:    version2,
			want:         []Hierarchy{{Mount: "/sys/fs/cgroup", Unified: true}},
			wantTracking: "/sys/fs/cgroup",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := parse(strings.NewReader(test.mountinfo))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if tracking := (Tree{hierarchies: got}).tracking().Mount; tracking != test.wantTracking {
				t.Errorf("processes are tracked in %s, want %s", tracking, test.wantTracking)
			}
		})
	}
}
