package workflow

import (
	"text/template"

	"github.com/google/cel-go/cel"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Parse reads a workflow document and checks all of it against what there is to speak of. The error is Problems, with the
// place of each; a workflow that Parse returns can be run.
func Parse(data []byte, words Vocabulary) (*Workflow, error) {
	w := &Workflow{
		source:     append([]byte{}, data...),
		conditions: map[Condition]cel.Program{}, texts: map[string]*template.Template{}, params: map[string]*template.Template{},
	}
	l := &linter{workflow: w, words: words}
	l.read(data, w)
	if len(l.places) > 0 { // Else it is no YAML at all.
		l.document()
	}
	if err := l.problems.sorted(); err != nil {
		return nil, err
	}
	return w, nil
}

// at is where something stands: the path itself, or the nearest thing around it that the document has.
func (l *linter) at(path string) Position {
	for {
		if at, ok := l.places[path]; ok {
			return at
		}
		cut := len(path) - 1
		for cut > 0 && path[cut] != '.' && path[cut] != '[' {
			cut--
		}
		if cut <= 0 {
			return l.places[""]
		}
		path = path[:cut]
	}
}

func (l *linter) fail(path, id string, args message.Args) { l.failAt(l.at(path), id, args) }
