package node

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/kubectl-podkit/podkit/test/lab/paths"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// Hold makes the calling process a node's holder: it lays out the mounts of its namespace, which must be a new and
// private one, says so by writing the ready file, and stays until ctx ends.
func Hold(ctx context.Context, p paths.Paths, name string) error {
	n := p.Node(name)
	if err := layOut(p, n); err != nil {
		return fmt.Errorf("laying out the mounts of %s: %w", name, err)
	}
	if err := os.WriteFile(readyFile(n), nil, 0o644); err != nil {
		return fmt.Errorf("reporting that %s is laid out: %w", name, err)
	}
	<-ctx.Done()
	return nil
}

// readyFile says that the holder's mounts are in place. It is in the node's /run and so goes with it.
func readyFile(n paths.Node) string { return filepath.Join(n.Run(), "holder-ready") }

func layOut(p paths.Paths, n paths.Node) error {
	// Mounts that the kubelet and containerd make must be seen by the containers that ask for it
	// (mountPropagation), so that everything has to be shared within the namespace.
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_SHARED, ""); err != nil {
		return fmt.Errorf("sharing mounts: %w", err)
	}
	if err := bindResolver(n); err != nil {
		return err
	}
	// The two directories that must stay reachable at their usual paths when /var/lib and /run are covered.
	keep, err := open(p.State, p.Cache)
	if err != nil {
		return err
	}
	defer keep.close()
	if err := bind(n.Log(), "/var/log"); err != nil {
		return err
	}
	const small = "size=64m,mode=0755"
	if err := unix.Mount("tmpfs", "/var/lib", "tmpfs", 0, small); err != nil {
		return fmt.Errorf("mounting /var/lib: %w", err)
	}
	if err := keep.bindBack(); err != nil {
		return err
	}
	for _, dir := range []string{"kubelet", "containerd", "cni"} {
		if err := bind(filepath.Join(n.Lib(), dir), filepath.Join("/var/lib", dir)); err != nil {
			return err
		}
	}
	if err := bind(n.Run(), "/run"); err != nil {
		return err
	}
	return keep.bindBack()
}

// bind mounts a directory over another one; both are made if missing.
func bind(from, to string) error {
	for _, dir := range []string{from, to} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	if err := unix.Mount(from, to, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		return fmt.Errorf("mounting %s on %s: %w", from, to, err)
	}
	return nil
}

// bindResolver gives the node a resolver that knows the cluster and nothing else, so that pulling from a registry of
// the outside world fails at the name, at once. On machines where /etc/resolv.conf leads into /run, the node's /run
// has the file instead.
func bindResolver(n paths.Node) error {
	content := fmt.Appendf(nil, "nameserver %s\n", topology.ControlPlaneIP())
	target, err := filepath.EvalSymlinks("/etc/resolv.conf")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("finding the resolver's configuration: %w", err)
	}
	if rest, ok := strings.CutPrefix(target, "/run/"); ok {
		file := filepath.Join(n.Run(), rest)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		return os.WriteFile(file, content, 0o644)
	}
	file := filepath.Join(n.Etc(), "resolv.conf")
	if err := os.WriteFile(file, content, 0o644); err != nil {
		return err
	}
	if err := unix.Mount(file, target, "", unix.MS_BIND, ""); err != nil {
		return fmt.Errorf("mounting %s on %s: %w", file, target, err)
	}
	return nil
}
