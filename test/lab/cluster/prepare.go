package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/kubectl-podkit/podkit/test/lab/build"
	"github.com/kubectl-podkit/podkit/test/lab/debian"
	"github.com/kubectl-podkit/podkit/test/lab/file"
	"github.com/kubectl-podkit/podkit/test/lab/image"
	"github.com/kubectl-podkit/podkit/test/lab/network"
	"github.com/kubectl-podkit/podkit/test/lab/progress"
)

// packages are the Debian packages that the lab runs. What images are made with, apt and dpkg, every Debian has.
func packages() []string {
	return []string{
		"etcd-server", "containerd", "runc", "containernetworking-plugins", // the cluster
		"iptables", "iproute2", "mount", // what its programs call
	}
}

// CheckMachine says in one sentence why no lab can run here, if so.
func CheckMachine() error {
	if runtime.GOOS != "linux" {
		return fmt.Errorf("the lab runs on Linux only, not on %s; point KUBECONFIG at another cluster instead", runtime.GOOS)
	}
	if os.Geteuid() != 0 {
		return errors.New("the lab needs root, for namespaces, bridges and mounts; run it with sudo")
	}
	return nil
}

// checkNeighbours fails if something else on the machine would fight with the lab. A lab that is there already has
// passed this.
func (l *Lab) checkNeighbours(ctx context.Context) error {
	if err := network.CheckSubnets(); err != nil {
		return err
	}
	if l.Exists() {
		return nil
	}
	foreign, err := network.ForeignProxy(ctx)
	if err != nil {
		return err
	}
	if foreign {
		return errors.New("a kube-proxy has its rules on this machine, and the lab's would fight with them; " +
			"use another machine, or run `lab down` if they are remains of a lab")
	}
	return nil
}

// prepare installs and builds what is missing and returns the image archives.
func (l *Lab) prepare(ctx context.Context) ([]image.Archive, error) {
	if err := debian.Install(ctx, packages(), l.progress.Say); err != nil {
		return nil, err
	}
	source, err := build.Source(ctx, Module)
	if err != nil {
		return nil, err
	}
	var archives []image.Archive
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return build.Binaries(ctx, source, l.Binaries(), l.progress.Say) })
	group.Go(func() error {
		var err error
		archives, err = image.Build(ctx, l.paths.Images(), progress.Lines(l.progress))
		return err
	})
	return archives, group.Wait()
}

// installSelf copies the running program to where the lab's long-lived processes run it from, if it differs. Those that
// run already keep the file that they were started with.
func (l *Lab) installSelf() error {
	running, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding the lab's own program: %w", err)
	}
	program, err := os.ReadFile(running)
	if err != nil {
		return fmt.Errorf("reading the lab's own program: %w", err)
	}
	return file.Write(l.paths.Executable(), program, 0o755)
}
