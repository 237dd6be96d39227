package cluster

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kubectl-podkit/podkit/test/lab/access"
	"github.com/kubectl-podkit/podkit/test/lab/cgroup"
	"github.com/kubectl-podkit/podkit/test/lab/image"
	"github.com/kubectl-podkit/podkit/test/lab/network"
	"github.com/kubectl-podkit/podkit/test/lab/node"
	"github.com/kubectl-podkit/podkit/test/lab/readiness"
	"github.com/kubectl-podkit/podkit/test/lab/service"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// Up brings the lab up, from whatever state it is in, and returns when pods can be scheduled on every node and names
// resolve. The caller holds the lab's lock.
func (l *Lab) Up(ctx context.Context) error {
	if err := l.finishDown(ctx); err != nil {
		return err
	}
	if err := l.checkNeighbours(ctx); err != nil {
		return err
	}
	archives, err := l.prepare(ctx)
	if err != nil {
		return err
	}
	if err := l.lay(ctx); err != nil {
		return err
	}
	d, err := l.draw()
	if err != nil {
		return err
	}
	if err := l.start(ctx, d, archives); err != nil {
		return err
	}
	return l.awaitWhole(ctx)
}

// lay makes what all parts stand on.
func (l *Lab) lay(ctx context.Context) error {
	if err := l.installSelf(); err != nil {
		return err
	}
	tree, err := cgroup.Mounted()
	if err != nil {
		return err
	}
	if err := tree.Make(topology.SystemCgroup); err != nil {
		return err
	}
	return network.Up(ctx, l.paths.Sysctls())
}

// start starts every part as soon as what it needs is there: the nodes' containerds and the registries next to the
// control plane, the kubelets and all other clients once the API server answers, kube-proxy once its node exists.
func (l *Lab) start(ctx context.Context, d design, archives []image.Archive) error {
	answers := make(chan struct{})
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		if err := l.supervisor.Ensure(ctx, d.plane.Etcd()); err != nil {
			return err
		}
		if err := l.supervisor.Ensure(ctx, d.plane.APIServer()); err != nil {
			return err
		}
		close(answers)
		return l.startClients(ctx, d)
	})
	group.Go(func() error { return l.supervisor.Ensure(ctx, l.registriesSpec(archives)) })
	for _, n := range l.nodes {
		group.Go(func() error { return startNode(ctx, n, d.needs, archives, answers) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return nil
}

func (l *Lab) startClients(ctx context.Context, d design) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return l.supervisor.Ensure(ctx, d.plane.ControllerManager()) })
	group.Go(func() error { return l.supervisor.Ensure(ctx, d.plane.Scheduler()) })
	group.Go(func() error {
		if err := d.services.Apply(ctx); err != nil {
			return err
		}
		return l.supervisor.Ensure(ctx, d.services.DNS())
	})
	group.Go(func() error { return l.supervisor.Ensure(ctx, d.services.Proxy()) })
	return group.Wait()
}

// startNode starts a node. The sandbox image comes first, so that the pods of an earlier run start while the others are
// still being imported.
func startNode(ctx context.Context, n *node.Node, needs node.Needs, archives []image.Archive, answers <-chan struct{}) error {
	if err := n.Boot(ctx, needs); err != nil {
		return err
	}
	var pause, others []string
	for _, a := range archives {
		switch {
		case a.Image.Name == image.Pause:
			pause = append(pause, a.Path)
		case a.Image.Preload:
			others = append(others, a.Path)
		}
	}
	if err := n.ImportOnce(ctx, pause...); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return n.ImportOnce(ctx, others...) })
	group.Go(func() error {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-answers:
			return n.Join(ctx, needs)
		}
	})
	return group.Wait()
}

// awaitWhole waits for what only the parts together can do.
func (l *Lab) awaitWhole(ctx context.Context) error {
	client, err := access.Client(l.paths.Kubeconfig())
	if err != nil {
		return err
	}
	for _, n := range l.nodes {
		if err := n.AwaitReady(ctx, client); err != nil {
			return err
		}
	}
	const patience = 30 * time.Second
	if err := readiness.Await(ctx, patience, service.Resolve); err != nil {
		return fmt.Errorf("names do not resolve: %w\n  see `lab logs %s` and `lab logs %s`", err, service.Proxy, service.DNS)
	}
	return awaitDefaultAccount(ctx, client, patience)
}
