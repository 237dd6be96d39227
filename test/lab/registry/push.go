package registry

import (
	"context"
	"fmt"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

// Image is one image that the registries serve.
type Image struct {
	// Repository is "repository:tag", without the registry.
	Repository string
	// Path is a docker-archive file that holds exactly one image.
	Path string
}

// push puts the image into the open registry at address.
func (i Image) push(ctx context.Context, address string) error {
	ref, err := i.reference(address)
	if err != nil {
		return err
	}
	index, err := i.index()
	if err != nil {
		return fmt.Errorf("reading %s from %q: %w", i.Repository, i.Path, err)
	}
	if err := remote.WriteIndex(ref, index, remote.WithContext(ctx)); err != nil {
		return fmt.Errorf("pushing %s: %w", ref, err)
	}
	return nil
}

func (i Image) reference(address string) (name.Reference, error) {
	ref, err := name.NewTag(address+"/"+i.Repository, name.Insecure)
	if err != nil {
		return nil, fmt.Errorf("naming image %q: %w", i.Repository, err)
	}
	return ref, nil
}

// index wraps the image as the one entry of an index, under the platform that its
// configuration names. A runtime looks its own platform up there, and says so
// when it finds none.
func (i Image) index() (v1.ImageIndex, error) {
	img, err := tarball.ImageFromPath(i.Path, nil)
	if err != nil {
		return nil, err
	}
	config, err := img.ConfigFile()
	if err != nil {
		return nil, err
	}
	return mutate.AppendManifests(empty.Index, mutate.IndexAddendum{
		Add:        img,
		Descriptor: v1.Descriptor{Platform: &v1.Platform{OS: config.OS, Architecture: config.Architecture}},
	}), nil
}
