package workflow

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

//go:embed builtin/*.yaml
var builtin embed.FS

// Names returns the names of the workflows that podkit brings along, sorted.
func Names() []string {
	entries, err := builtin.ReadDir("builtin")
	if err != nil { // The directory is part of the binary.
		return nil
	}
	names := make([]string, 0, len(entries))
	for _, entry := range entries {
		names = append(names, strings.TrimSuffix(entry.Name(), path.Ext(entry.Name())))
	}
	slices.Sort(names)
	return names
}

// Load returns a workflow that podkit brings along. A name that is none of Names is an error that lists them.
func Load(name string) (*Workflow, error) {
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("loading workflow %q: there are %s", name, strings.Join(Names(), ", "))
	}
	data, err := builtin.ReadFile("builtin/" + name + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("loading workflow %q: %w", name, err)
	}
	return Parse(data)
}

// Parse reads a workflow document. A field that no workflow has is an error, and so is a document of another type.
func Parse(data []byte) (*Workflow, error) {
	w := &Workflow{}
	if err := yaml.UnmarshalStrict(data, w); err != nil {
		return nil, fmt.Errorf("reading a workflow: %w", err)
	}
	if w.APIVersion != APIVersion || w.Kind != Kind {
		return nil, fmt.Errorf("reading a workflow: it is %s %s; write apiVersion: %s and kind: %s", w.APIVersion, w.Kind, APIVersion, Kind)
	}
	if len(w.Steps) == 0 {
		return nil, fmt.Errorf("reading workflow %q: it has no steps; give it at least one", w.Name)
	}
	return w, nil
}
