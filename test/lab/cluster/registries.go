package cluster

import (
	"context"
	"os"
	"strings"

	"github.com/kubectl-podkit/podkit/test/lab/image"
	"github.com/kubectl-podkit/podkit/test/lab/process"
	"github.com/kubectl-podkit/podkit/test/lab/registry"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// Registries is the part that serves all registries.
const Registries = "registries"

// registriesSpec describes the registries: one process, the lab's own program.
func (l *Lab) registriesSpec(archives []image.Archive) process.Spec {
	served := image.Served(archives)
	args := []string{"registries"}
	for _, i := range served {
		args = append(args, i.Repository+"="+i.Path)
	}
	return process.Spec{
		Name: Registries, Program: l.paths.Executable(), Args: args, Cgroup: topology.SystemCgroup,
		Ready: func(ctx context.Context) error { return registry.Ready(ctx, served...) },
	}
}

// ServeRegistries is what the registries' process does, until ctx ends. Each image is REPOSITORY:TAG=ARCHIVE.
func (l *Lab) ServeRegistries(ctx context.Context, images []string) error {
	config := registry.Config{StateDir: l.paths.Registry(), Log: os.Stderr}
	for _, i := range images {
		repository, path, _ := strings.Cut(i, "=")
		config.Images = append(config.Images, registry.Image{Repository: repository, Path: path})
	}
	return registry.Serve(ctx, config)
}
