package node

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"github.com/kubectl-podkit/podkit/test/lab/access"
	"github.com/kubectl-podkit/podkit/test/lab/cgroup"
	"github.com/kubectl-podkit/podkit/test/lab/pki"
	"github.com/kubectl-podkit/podkit/test/lab/process"
	"github.com/kubectl-podkit/podkit/test/lab/registry"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// Needs is what a node needs from the rest of the lab.
type Needs struct {
	// Authority signs the kubelet's certificates and those of its clients.
	Authority *pki.Authority
	// Binaries is the directory that holds the kubelet.
	Binaries string
	// Pause is the name of the sandbox image.
	Pause string
}

// Boot starts holder and containerd, so that images can be imported. What runs already is left alone.
func (n *Node) Boot(ctx context.Context, needs Needs) error {
	c, err := n.configure(needs)
	if err != nil {
		return err
	}
	tree, err := cgroup.Mounted()
	if err != nil {
		return err
	}
	if _, held := n.supervisor.Find(n.holder()); !held {
		// Whatever is left of the node lives in a namespace that nobody can enter any more.
		if err := n.crash(ctx); err != nil {
			return err
		}
	}
	if err := errors.Join(n.forgetStop(), tree.Make(n.topology.SystemCgroup())); err != nil {
		return err
	}
	if err := n.supervisor.Ensure(ctx, n.holderSpec()); err != nil {
		return err
	}
	return n.supervisor.Ensure(ctx, n.containerdSpec(c))
}

// Join starts the kubelet; the API server must answer. It returns when the kubelet is healthy, which is before the
// Node is Ready.
func (n *Node) Join(ctx context.Context, needs Needs) error {
	c, err := n.configure(needs)
	if err != nil {
		return err
	}
	return n.supervisor.Ensure(ctx, n.kubeletSpec(c, needs))
}

// Specs describes the node's parts as they are now, for those who only look.
func (n *Node) Specs(needs Needs) ([]process.Spec, error) {
	c, err := n.configure(needs)
	if err != nil {
		return nil, err
	}
	return []process.Spec{n.holderSpec(), n.containerdSpec(c), n.kubeletSpec(c, needs)}, nil
}

// configure writes all that the node's programs read, and returns what they are restarted for.
func (n *Node) configure(needs Needs) (config, error) {
	serving, err := needs.Authority.Issue(pki.Request{
		Name: n.kubelet() + "-serving", User: "system:node:" + n.Name(), Groups: []string{"system:nodes"},
		IPs: []net.IP{n.topology.IP().AsSlice()}, Names: []string{n.Name()},
	})
	if err != nil {
		return config{}, err
	}
	c, err := render(n.topology, n.paths, needs.Pause, serving, needs.Authority.CertFile())
	if err != nil {
		return config{}, err
	}
	if c.kubeconfig, err = n.kubeconfig(needs); err != nil {
		return config{}, err
	}
	if err := c.write(n.paths); err != nil {
		return config{}, err
	}
	return c, registry.WriteHosts(filepath.Join(n.paths.Etc(), "certs.d"))
}

func (n *Node) kubeconfig(needs Needs) ([]byte, error) {
	client, err := needs.Authority.Issue(pki.Request{
		Name: n.kubelet(), User: "system:node:" + n.Name(), Groups: []string{"system:nodes"},
	})
	if err != nil {
		return nil, err
	}
	return access.Write(filepath.Join(n.paths.Etc(), "kubeconfig"), needs.Authority.Cert(), client)
}

func (n *Node) holderSpec() process.Spec {
	return process.Spec{
		Name: n.holder(), Program: n.lab.Executable(), Args: []string{"hold", n.Name()},
		Cgroup:     n.topology.SystemCgroup(),
		Attributes: &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS},
		Ready: func(context.Context) error {
			_, err := os.Stat(readyFile(n.paths))
			return err
		},
	}
}

func (n *Node) containerdSpec(c config) process.Spec {
	holder, _ := n.supervisor.Find(n.holder())
	return process.Spec{
		Name: n.containerd(), Program: "/usr/bin/containerd",
		Args:   []string{"--config", filepath.Join(n.paths.Etc(), "containerd.toml")},
		Cgroup: n.topology.SystemCgroup(), Namespace: holder.PID,
		Inputs: [][]byte{c.containerd, c.network},
		Ready: func(ctx context.Context) error {
			// "plugins" answers only when containerd serves; "version" would print the client's half even before.
			cmd := exec.CommandContext(ctx, "ctr", "--address", n.paths.Socket(), "--namespace", "k8s.io", "containers", "list", "--quiet")
			if output, err := cmd.CombinedOutput(); err != nil {
				return fmt.Errorf("containerd does not answer: %w: %s", err, output)
			}
			return nil
		},
	}
}

func (n *Node) kubeletSpec(c config, needs Needs) process.Spec {
	holder, _ := n.supervisor.Find(n.holder())
	return process.Spec{
		Name: n.kubelet(), Program: filepath.Join(needs.Binaries, "kubelet"),
		Args: []string{
			"--config", filepath.Join(n.paths.Etc(), "kubelet.yaml"),
			"--kubeconfig", filepath.Join(n.paths.Etc(), "kubeconfig"),
			"--hostname-override", n.Name(),
			"--node-ip", n.topology.IP().String(),
			"--root-dir", "/var/lib/kubelet",
		},
		Cgroup: n.topology.SystemCgroup(), Namespace: holder.PID,
		Inputs: [][]byte{c.kubelet, c.kubeconfig},
		Ready: func(ctx context.Context) error {
			return access.Healthy(ctx, fmt.Sprintf("http://%s:%d/healthz", n.topology.IP(), topology.KubeletHealthPort), nil)
		},
	}
}
