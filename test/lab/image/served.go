package image

import "github.com/kubectl-podkit/podkit/test/lab/registry"

// Served picks what the lab's registries serve out of what Build returned.
func Served(archives []Archive) []registry.Image {
	var served []registry.Image
	for _, a := range archives {
		if a.Image.Repository != "" {
			served = append(served, registry.Image{Repository: a.Image.Repository, Path: a.Path})
		}
	}
	return served
}
