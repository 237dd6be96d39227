package target

import (
	"context"
	"slices"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Spec is what the user asked for, before anything was read.
type Spec struct {
	// Names are the objects named; none means every pod that Labels and Fields select.
	Names []Name
	// Namespace is where to look; empty means all of them.
	Namespace string
	// Labels and Fields are the selectors of -l and --field-selector.
	Labels, Fields string
}

// Selection is a query for pods, and the owner for whose sake it is put.
type Selection struct {
	casefile.Query
	// Owner is the TYPE/NAME that selects the pods; the zero value when the pods were named or selected themselves.
	Owner Name
}

// Reader reads the owners that a user names.
type Reader interface {
	// Objects reads objects of a resource as the user typed it, as cluster.Cluster does.
	Objects(ctx context.Context, resource string, query casefile.Query) casefile.Answer[[]unstructured.Unstructured]
}

// Resolve returns the queries that read the pods meant, with the named pods of a namespace folded into one. Only owners
// cost requests: one each, and one more for a CronJob.
func (s Spec) Resolve(ctx context.Context, reader Reader) ([]Selection, error) {
	if len(s.Names) == 0 {
		return []Selection{{Query: casefile.Query{Namespace: s.Namespace, Labels: s.Labels, Fields: s.Fields}}}, nil
	}
	if s.Labels != "" || s.Fields != "" {
		return nil, message.Errorf(nil, "error.names-and-selector", nil)
	}
	var selections []Selection
	for _, name := range s.Names {
		namespace := s.Namespace
		if name.Namespace != "" {
			namespace = name.Namespace
		}
		if name.Resource == "" {
			if namespace == "" {
				return nil, message.Errorf(nil, "error.name-in-all-namespaces", message.Args{"Name": name.Name})
			}
			selections = addPod(selections, namespace, name.Name)
			continue
		}
		selection, err := ofOwner(ctx, reader, name, namespace)
		if err != nil {
			return nil, err
		}
		selections = append(selections, selection)
	}
	return selections, nil
}

// addPod folds a pod's name into the query for its namespace.
func addPod(selections []Selection, namespace, name string) []Selection {
	at := slices.IndexFunc(selections, func(s Selection) bool { return len(s.Names) > 0 && s.Namespace == namespace })
	if at < 0 {
		return append(selections, Selection{Query: casefile.Query{Namespace: namespace, Names: []string{name}}})
	}
	if !slices.Contains(selections[at].Names, name) {
		selections[at].Names = append(selections[at].Names, name)
	}
	return selections
}
