package workflow

import (
	"embed"
	"path"
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
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
func Load(name string, words Vocabulary) (*Workflow, error) {
	if !slices.Contains(Names(), name) {
		return nil, message.Errorf(nil, "debug.no-workflow", message.Args{"Name": name, "Names": strings.Join(Names(), ", ")})
	}
	data, err := builtin.ReadFile("builtin/" + name + ".yaml")
	if err != nil {
		return nil, err
	}
	return Parse(data, words)
}
