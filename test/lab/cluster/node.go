package cluster

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/kubectl-podkit/podkit/test/lab/access"
	"github.com/kubectl-podkit/podkit/test/lab/node"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

func (l *Lab) node(name string) (*node.Node, error) {
	if _, err := topology.FindNode(name); err != nil {
		return nil, err
	}
	for _, n := range l.nodes {
		if n.Name() == name {
			return n, nil
		}
	}
	return nil, fmt.Errorf("there is no node %q", name)
}

// StopNode cuts a node's power; see [node.Node.PowerOff].
func (l *Lab) StopNode(ctx context.Context, name string) error {
	n, err := l.node(name)
	if err != nil {
		return err
	}
	if !l.Exists() {
		return errDown
	}
	if err := n.PowerOff(ctx); err != nil {
		return err
	}
	l.progress.Say("%s is off", name)
	return nil
}

// StartNode switches a node on and waits until it is Ready. The control plane must be up. The node has its images on
// disk from before, as a machine that boots has.
func (l *Lab) StartNode(ctx context.Context, name string) error {
	n, err := l.node(name)
	if err != nil {
		return err
	}
	if !l.Exists() {
		return errDown
	}
	d, err := l.draw()
	if err != nil {
		return err
	}
	answers := make(chan struct{})
	close(answers)
	if err := startNode(ctx, n, d.needs, nil, answers); err != nil {
		return err
	}
	client, err := access.Client(l.paths.Kubeconfig())
	if err != nil {
		return err
	}
	if err := n.AwaitReady(ctx, client); err != nil {
		return err
	}
	l.progress.Say("%s is Ready", name)
	return nil
}

// LoadImages imports docker-archive files into every node that is on.
func (l *Lab) LoadImages(ctx context.Context, files []string) error {
	if !l.Exists() {
		return errDown
	}
	for i, file := range files {
		absolute, err := filepath.Abs(file)
		if err != nil {
			return fmt.Errorf("finding %s: %w", file, err)
		}
		files[i] = absolute
	}
	for _, n := range l.nodes {
		if n.Stopped() {
			l.progress.Say("%s is off and gets nothing", n.Name())
			continue
		}
		began := time.Now()
		if err := n.Import(ctx, files...); err != nil {
			return fmt.Errorf("%w; `lab status` tells whether %s works", err, n.Name())
		}
		l.progress.Say("%s has %d more images after %s", n.Name(), len(files), time.Since(began).Round(time.Millisecond))
	}
	return nil
}
