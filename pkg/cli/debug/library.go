package debug

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug/repertoire"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/input"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// Vocabulary is what the workflows of debug may speak of.
func Vocabulary() workflow.Vocabulary { return repertoire.Vocabulary([]string{"shell"}) }

// Library is where workflows are found: those that podkit brings along, and the user's in a folder. All have the same
// rights.
type Library struct {
	// Folder holds the user's, $XDG_CONFIG_HOME/podkit/workflows.
	Folder string
	// ReadFile reads a file that the user has named; nil reads any regular one.
	ReadFile func(path string) ([]byte, error)
}

// Entry is a workflow and the file that it was read from; a built-in one has none.
type Entry struct {
	*workflow.Workflow
	Path string
}

// NewLibrary returns the library of a user.
func NewLibrary(env *environment.Environment) Library {
	settings := cmp.Or(env.Getenv("XDG_CONFIG_HOME"), filepath.Join(env.Getenv("HOME"), ".config"))
	return Library{filepath.Join(settings, "podkit", "workflows"), env.ReadFile}
}

// Names are the names of all workflows, for completion and refusals. A user's is called as its file is.
func (l Library) Names() []string {
	names := workflow.Names()
	for _, path := range l.files() {
		names = append(names, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// All returns every workflow that can be used, the built-in ones first, and what is wrong with the others.
func (l Library) All() ([]Entry, []error) {
	var entries []Entry
	var broken []error
	for _, name := range workflow.Names() {
		w, err := workflow.Load(name, Vocabulary())
		if err != nil {
			broken = append(broken, located(name+".yaml", err))
			continue
		}
		entries = append(entries, Entry{Workflow: w})
	}
	for _, path := range l.files() {
		entry, err := l.Read(path)
		if err == nil && slices.Contains(workflow.Names(), entry.Name) {
			err = message.Errorf(nil, "debug.workflow-taken", message.Args{"File": path, "Name": entry.Name})
		}
		if err != nil {
			broken = append(broken, err)
			continue
		}
		entries = append(entries, entry)
	}
	return entries, broken
}

// Open returns a workflow by its name, or by the path of its file: whatever has a separator or ends in .yaml or .yml.
func (l Library) Open(name string) (Entry, error) {
	if strings.ContainsRune(name, filepath.Separator) || isYAML(name) {
		return l.Read(name)
	}
	if slices.Contains(workflow.Names(), name) {
		w, err := workflow.Load(name, Vocabulary())
		return Entry{Workflow: w}, err
	}
	entries, broken := l.All()
	for _, entry := range entries {
		if entry.Name == name {
			return entry, nil
		}
	}
	return Entry{}, message.Errorf(errors.Join(broken...), "debug.no-workflow", message.Args{"Name": name, "Names": strings.Join(l.Names(), ", ")})
}

// Read reads a workflow from a file.
func (l Library) Read(path string) (Entry, error) {
	data, err := l.read(path)
	if err != nil {
		return Entry{}, input.Explain(err, "debug.workflow-file", message.Args{"File": path})
	}
	w, err := workflow.Parse(data, Vocabulary())
	return Entry{w, path}, located(path, err)
}

// read reads a file of a few pages.
func (l Library) read(path string) ([]byte, error) {
	if l.ReadFile == nil {
		return input.Files{}.Read(context.Background(), path, 1<<20)
	}
	return l.ReadFile(path)
}

// located names the file in which a document is wrong.
func located(path string, err error) error {
	var problems workflow.Problems
	if !errors.As(err, &problems) {
		return err
	}
	first, more := problems[0], ""
	if len(problems) > 1 {
		more = strconv.Itoa(len(problems) - 1)
	}
	return message.Errorf(err, "debug.workflow-problems", message.Args{
		"File": path, "Line": first.Line, "Column": first.Column, "Problem": first.Says, "More": more,
	})
}

// files are the user's workflows, sorted. A folder that cannot be read has none.
func (l Library) files() []string {
	found, err := os.ReadDir(l.Folder)
	if err != nil {
		return nil
	}
	var paths []string
	for _, file := range found {
		if isYAML(file.Name()) {
			paths = append(paths, filepath.Join(l.Folder, file.Name()))
		}
	}
	return paths
}

func isYAML(name string) bool {
	extension := filepath.Ext(name)
	return extension == ".yaml" || extension == ".yml"
}
