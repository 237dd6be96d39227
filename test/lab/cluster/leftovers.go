package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/kubectl-podkit/podkit/test/lab/cgroup"
	"github.com/kubectl-podkit/podkit/test/lab/network"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// leftovers looks for anything of the lab that is still there.
func (l *Lab) leftovers(ctx context.Context) error {
	var found []string
	bridges, err := network.Bridges()
	if err != nil {
		return err
	}
	for _, b := range bridges {
		found = append(found, "interface "+b)
	}
	rules, err := network.Rules(ctx)
	if err != nil {
		return err
	}
	for _, r := range rules {
		found = append(found, "firewall rule "+r)
	}
	mounts, err := mountsBelow(l.paths.State)
	if err != nil {
		return err
	}
	for _, m := range mounts {
		found = append(found, "mount "+m)
	}
	tree, err := cgroup.Mounted()
	if err != nil {
		return err
	}
	if tree.Exists(topology.Cgroup) {
		found = append(found, "cgroup "+topology.Cgroup)
	}
	if l.Exists() {
		found = append(found, "directory "+l.paths.State)
	}
	processes, err := l.strays()
	if err != nil {
		return err
	}
	found = append(found, processes...)
	if len(found) > 0 {
		return fmt.Errorf("of the lab is still there:\n  %s\nrun `lab down` again, and look at what holds them if it stays",
			strings.Join(found, "\n  "))
	}
	return nil
}

// strays finds processes that run one of the lab's programs. They are reported and not killed: a path is not enough to
// kill for. Whoever uses the cache's kubectl is no part of the lab.
func (l *Lab) strays() ([]string, error) {
	links, err := filepath.Glob("/proc/[0-9]*/exe")
	if err != nil {
		return nil, fmt.Errorf("listing processes: %w", err)
	}
	var found []string
	for _, link := range links {
		program, err := os.Readlink(link)
		if err != nil {
			continue // a kernel thread, or a process that has ended
		}
		program = strings.TrimSuffix(program, " (deleted)")
		inCache := filepath.Dir(program) == l.Binaries() && program != l.Kubectl()
		if inCache || program == l.paths.Executable() {
			found = append(found, fmt.Sprintf("process %s (%s)", filepath.Base(filepath.Dir(link)), program))
		}
	}
	return found, nil
}

// mountsBelow returns the mount points in a directory, from /proc/self/mountinfo.
func mountsBelow(dir string) ([]string, error) {
	data, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return nil, fmt.Errorf("listing mounts: %w", err)
	}
	return mountPoints(string(data), dir), nil
}

func mountPoints(mountinfo, dir string) []string {
	var found []string
	for line := range strings.Lines(mountinfo) {
		const mountPoint = 4
		fields := strings.Fields(line)
		if len(fields) <= mountPoint {
			continue
		}
		if point := fields[mountPoint]; point == dir || strings.HasPrefix(point, dir+"/") {
			found = append(found, point)
		}
	}
	return found
}

var errDown = errors.New("the lab is down; bring it up with `go run ./test/lab up`")
