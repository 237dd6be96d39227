package node

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/kubectl-podkit/podkit/test/lab/cgroup"
	"github.com/kubectl-podkit/podkit/test/lab/paths"
	"github.com/kubectl-podkit/podkit/test/lab/process"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// Node is one node of a lab.
type Node struct {
	topology   topology.Node
	lab        paths.Paths
	paths      paths.Node
	supervisor *process.Supervisor
	say        func(format string, args ...any)
}

// New returns the node of a plan.
func New(t topology.Node, lab paths.Paths, supervisor *process.Supervisor, say func(format string, args ...any)) *Node {
	return &Node{topology: t, lab: lab, paths: lab.Node(t.Name), supervisor: supervisor, say: say}
}

// Name is the name of the Node object.
func (n *Node) Name() string { return n.topology.Name }

// Parts are the names of the node's parts: the holder first, which is what the others stand on.
func (n *Node) Parts() []string { return []string{n.holder(), n.containerd(), n.kubelet()} }

func (n *Node) holder() string     { return n.Name() }
func (n *Node) containerd() string { return "containerd-" + n.Name() }
func (n *Node) kubelet() string    { return "kubelet-" + n.Name() }

// Stopped reports whether the node was switched off with PowerOff.
func (n *Node) Stopped() bool {
	_, err := os.Stat(n.paths.Stopped())
	return err == nil
}

// PowerOff ends the node as a power cut would: nothing of it gets the chance to tell the API server or to end a
// container in order. The kubelet goes first, so that it does not see the others die. All that is left are the files
// on disk; the mounts go with the namespace's last process. It returns when no process is left.
func (n *Node) PowerOff(ctx context.Context) error {
	if err := os.MkdirAll(n.paths.Dir, 0o755); err != nil {
		return fmt.Errorf("stopping %s: %w", n.Name(), err)
	}
	if err := os.WriteFile(n.paths.Stopped(), nil, 0o644); err != nil {
		return fmt.Errorf("stopping %s: %w", n.Name(), err)
	}
	return n.crash(ctx)
}

// crash kills all of the node and clears what a boot would clear.
func (n *Node) crash(ctx context.Context) error {
	tree, err := cgroup.Mounted()
	if err != nil {
		return err
	}
	for _, part := range []string{n.kubelet(), n.containerd(), n.holder()} {
		if err := n.supervisor.Kill(ctx, part); err != nil {
			return err
		}
	}
	if err := tree.Kill(ctx, n.topology.Cgroup()); err != nil {
		return fmt.Errorf("stopping %s: %w", n.Name(), err)
	}
	// Groups of dead pods would cost the next kubelet three seconds each before it is Ready: cadvisor asks containerd
	// for every one of them.
	if err := tree.Remove(ctx, n.topology.Cgroup()); err != nil {
		return fmt.Errorf("stopping %s: %w", n.Name(), err)
	}
	if err := os.RemoveAll(n.paths.Run()); err != nil {
		return fmt.Errorf("clearing %s of %s: %w", n.paths.Run(), n.Name(), err)
	}
	return nil
}

// forgetStop takes back what PowerOff noted.
func (n *Node) forgetStop() error {
	if err := os.Remove(n.paths.Stopped()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("starting %s: %w", n.Name(), err)
	}
	return nil
}
