package image

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// serverPath is the app's program in its image: the working directory is /, so
// the tutorial's `cat server.js` finds it.
const serverPath = "/server.js"

// serverSource reads the app from the demo's folder, which is its one home. It
// lies in the product's module, where this module can't embed from, so it is
// looked for from dir upwards.
func serverSource(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("looking for the demo app: %w", err)
	}
	wanted := filepath.Join("deploy", "demo", "server.js")
	for {
		body, err := os.ReadFile(filepath.Join(dir, wanted))
		if err == nil {
			return string(body), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("reading the demo app: %w", err)
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("reading the demo app: no %s here or in a folder above: run the lab inside a checkout of podkit", wanted)
		}
		dir = parent
	}
}

// withServer gives the recipe with the app's program filled in.
func (r recipe) withServer(source string) recipe {
	layers := make([]layer, len(r.Layers))
	for i, l := range r.Layers {
		files := make([]file, len(l.Files))
		for j, f := range l.Files {
			if f.Path == serverPath {
				f.Body = source
			}
			files[j] = f
		}
		l.Files = files
		layers[i] = l
	}
	r.Layers = layers
	return r
}
