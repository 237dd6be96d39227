package cluster

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/kubectl-podkit/podkit/test/lab/build"
	"github.com/kubectl-podkit/podkit/test/lab/controlplane"
	"github.com/kubectl-podkit/podkit/test/lab/image"
	"github.com/kubectl-podkit/podkit/test/lab/node"
	"github.com/kubectl-podkit/podkit/test/lab/paths"
	"github.com/kubectl-podkit/podkit/test/lab/pki"
	"github.com/kubectl-podkit/podkit/test/lab/process"
	"github.com/kubectl-podkit/podkit/test/lab/progress"
	"github.com/kubectl-podkit/podkit/test/lab/service"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// Module is the Go module that the lab's source is.
const Module = "github.com/kubectl-podkit/podkit/test/lab"

// Lab is the machine's lab.
type Lab struct {
	paths      paths.Paths
	progress   *progress.Log
	supervisor *process.Supervisor
	nodes      []*node.Node
}

// New returns the lab of a layout; it changes nothing. Progress goes to log.
func New(p paths.Paths, log *progress.Log) *Lab {
	l := &Lab{paths: p, progress: log, supervisor: process.NewSupervisor(p, log.Say)}
	for _, t := range topology.Nodes() {
		l.nodes = append(l.nodes, node.New(t, p, l.supervisor, log.Say))
	}
	return l
}

// Binaries is the directory of the cluster's programs, kubectl among them.
func (l *Lab) Binaries() string { return l.paths.Binaries(build.KubernetesVersion) }

// Kubectl is the kubectl of the cluster's version.
func (l *Lab) Kubectl() string { return filepath.Join(l.Binaries(), "kubectl") }

// Exists reports whether `up` has begun and `down` has not finished.
func (l *Lab) Exists() bool {
	_, err := os.Stat(l.paths.State)
	return !errors.Is(err, fs.ErrNotExist)
}

// design is all that parts are described with: certificates and configuration, on disk.
type design struct {
	plane    *controlplane.ControlPlane
	services *service.Services
	needs    node.Needs
}

// draw makes certificates and configuration, or reads those that an earlier run made.
func (l *Lab) draw() (design, error) {
	authority, err := pki.Open(l.paths.PKI(), "ca", time.Now)
	if err != nil {
		return design{}, err
	}
	front, err := pki.Open(l.paths.PKI(), "front-proxy-ca", time.Now)
	if err != nil {
		return design{}, err
	}
	plane, err := controlplane.New(l.paths, l.Binaries(), authority, front)
	if err != nil {
		return design{}, err
	}
	services, err := service.New(l.paths, l.Binaries(), authority)
	if err != nil {
		return design{}, err
	}
	if err := writeAdmin(l.paths.Kubeconfig(), authority); err != nil {
		return design{}, err
	}
	needs := node.Needs{Authority: authority, Binaries: l.Binaries(), Pause: image.Pause}
	return design{plane: plane, services: services, needs: needs}, nil
}
