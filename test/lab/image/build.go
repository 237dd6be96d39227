package image

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

// Archive is a built image: a docker-archive file that holds it under its name,
// ready for `ctr -n k8s.io images import PATH`.
type Archive struct {
	Image Image
	Path  string
}

// Build makes every image of the catalog under cacheDir and returns the archives
// in the catalog's order. What is there already is not built again: archives and
// layers are named after their recipes. Two builds may run at once; the second
// waits and finds the work done. log gets one line for each thing that is built.
//
// The app's program is read from the checkout that the working directory lies in.
// An error says which image failed and what to install or where to look.
func Build(ctx context.Context, cacheDir string, log io.Writer) (archives []Archive, err error) {
	source, err := serverSource(".")
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(cacheDir, 0o755); err != nil {
		return nil, fmt.Errorf("making the image cache: %w", err)
	}
	unlock, err := lockDir(ctx, cacheDir, log)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, unlock()) }()

	b := &builder{dir: cacheDir, log: log}
	for _, image := range Catalog() {
		image.recipe = image.recipe.withServer(source)
		path, err := b.archive(ctx, image)
		if err != nil {
			return nil, fmt.Errorf("building image %s: %w", image.Name, err)
		}
		archives = append(archives, Archive{Image: image, Path: path})
	}
	return archives, nil
}

// builder is one run of Build. Its view of Debian's archive is opened by the
// first layer that needs it, so a run that finds all in the cache asks nobody.
type builder struct {
	dir    string
	log    io.Writer
	debian *archive
}

func (b *builder) archive(ctx context.Context, image Image) (string, error) {
	key, err := image.recipe.key()
	if err != nil {
		return "", err
	}
	path := filepath.Join(b.dir, "archives", fileName(image.Name)+"-"+key+".tar")
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	start := time.Now()
	img, err := b.image(ctx, image.recipe)
	if err != nil {
		return "", err
	}
	ref, err := name.NewTag(image.Name)
	if err != nil {
		return "", fmt.Errorf("reading the image's name: %w", err)
	}
	if err := cached(path, func(w io.Writer) error { return tarball.Write(ref, img, w) }); err != nil {
		return "", err
	}
	fmt.Fprintf(b.log, "images: built %s in %.1fs\n", image.Name, time.Since(start).Seconds())
	return path, nil
}

func fileName(image string) string {
	return strings.NewReplacer("/", "_", ":", "_").Replace(image)
}

func (b *builder) image(ctx context.Context, r recipe) (v1.Image, error) {
	img, err := mutate.ConfigFile(empty.Image, &v1.ConfigFile{
		Architecture: r.Architecture, OS: "linux", Config: r.Config, Created: v1.Time{Time: created()},
		RootFS: v1.RootFS{Type: "layers"},
	})
	if err != nil {
		return nil, fmt.Errorf("configuring: %w", err)
	}
	for _, l := range r.Layers {
		path, err := b.layer(ctx, l)
		if err != nil {
			return nil, err
		}
		added, err := tarball.LayerFromFile(path)
		if err != nil {
			return nil, fmt.Errorf("reading layer %q: %w", path, err)
		}
		if img, err = mutate.AppendLayers(img, added); err != nil {
			return nil, fmt.Errorf("adding layer %q: %w", path, err)
		}
	}
	return img, nil
}

// layer returns the path of the layer as a compressed tar, built when missing.
func (b *builder) layer(ctx context.Context, l layer) (string, error) {
	key, err := l.key()
	if err != nil {
		return "", err
	}
	path := filepath.Join(b.dir, "layers", key+".tar.gz")
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	packages, err := b.packages(ctx, l)
	if err != nil {
		return "", err
	}
	files := l.Files
	if l.Program != nil {
		binary, err := l.Program.build(ctx)
		if err != nil {
			return "", err
		}
		files = append([]file{binary}, files...)
	}
	return path, cached(path, func(w io.Writer) error { return writeLayer(ctx, w, packages, files) })
}

func (b *builder) packages(ctx context.Context, l layer) ([]string, error) {
	if len(l.Packages) == 0 {
		return nil, nil
	}
	if b.debian == nil {
		opened, err := openArchive(ctx, filepath.Join(b.dir, "apt"))
		if err != nil {
			return nil, err
		}
		b.debian = &opened
	}
	fmt.Fprintf(b.log, "images: getting %s and what they need from Debian\n", strings.Join(l.Packages, ", "))
	return b.debian.download(ctx, l)
}

// writeLayer compresses lightly: the archives travel over a pipe on one machine.
func writeLayer(ctx context.Context, w io.Writer, packages []string, files []file) error {
	zip, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return fmt.Errorf("compressing a layer: %w", err)
	}
	l := newLayerWriter(zip)
	for _, path := range packages {
		if err := addPackage(ctx, path, l); err != nil {
			return err
		}
	}
	for _, f := range files {
		if err := l.File(f); err != nil {
			return err
		}
	}
	return errors.Join(l.Close(), zip.Close())
}
