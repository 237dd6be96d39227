package cluster

import (
	"context"
	"fmt"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// reading is how the objects of one resource are read.
type reading[T any] struct {
	resource string
	get      func(ctx context.Context, name string) (*T, error)
	list     func(ctx context.Context, options metav1.ListOptions) (page[T], error)
	name     func(*T) string
}

// read answers a query with the fewest requests: one GET for one name, else one LIST, from which the asked names are
// picked. Who may GET but not LIST (a Role with resourceNames, say) gets one GET a name instead.
func read[T any](ctx context.Context, query casefile.Query, how reading[T]) casefile.Answer[[]T] {
	if len(query.Names) == 1 && how.get != nil {
		return getEach(ctx, query, how)
	}
	found, err := pages(ctx, listOptions(query.Labels, query.Fields), how.list)
	if apierrors.IsForbidden(err) && len(query.Names) > 0 && how.get != nil {
		return getEach(ctx, query, how)
	}
	for i := 0; err == nil && i < len(found.items); i++ {
		err = fits(&found.items[i], query.Namespace, "")
	}
	if err != nil {
		return unanswered[[]T](err, request{verb: "list", resource: how.resource, namespace: query.Namespace})
	}
	answer := casefile.Answered(found.items)
	if len(query.Names) > 0 {
		answer = pick(query, how, found.items)
	}
	answer.Revision = found.revision
	return answer
}

// getEach reads the named objects one by one.
func getEach[T any](ctx context.Context, query casefile.Query, how reading[T]) casefile.Answer[[]T] {
	items := make([]T, 0, len(query.Names))
	for _, name := range query.Names {
		item, err := how.get(ctx, name)
		if err == nil {
			err = fits(item, query.Namespace, name)
		}
		if err != nil {
			return unanswered[[]T](err, request{verb: "get", resource: how.resource, namespace: query.Namespace, name: name})
		}
		items = append(items, *item)
	}
	answer := casefile.Answered(items)
	if len(items) == 1 {
		answer.Revision = any(&items[0]).(metav1.Object).GetResourceVersion()
	}
	return answer
}

// strangerError is an object that was not asked for.
type strangerError struct{ found string }

func (e *strangerError) Error() string {
	return fmt.Sprintf("the server sent another object: %q", e.found)
}

// fits holds an object to what was asked for: one without a name, or of another name or namespace, is no answer. An empty
// namespace and name ask for any.
func fits[T any](object *T, namespace, name string) error {
	found, _ := any(object).(metav1.Object)
	switch {
	case found.GetName() == "":
		return &strangerError{}
	case name != "" && found.GetName() != name, namespace != "" && found.GetNamespace() != "" && found.GetNamespace() != namespace:
		return &strangerError{strings.TrimPrefix(found.GetNamespace()+"/"+found.GetName(), "/")}
	}
	return nil
}

// pick returns the named ones of the listed objects, in the order in which they were named.
func pick[T any](query casefile.Query, how reading[T], listed []T) casefile.Answer[[]T] {
	at := make(map[string]int, len(listed))
	for i := range listed {
		at[how.name(&listed[i])] = i
	}
	items := make([]T, 0, len(query.Names))
	for _, name := range query.Names {
		i, found := at[name]
		if !found {
			missing := request{verb: "get", resource: how.resource, namespace: query.Namespace, name: name}
			return casefile.Unanswered[[]T](casefile.Absent, missing.absent(nil))
		}
		items = append(items, listed[i])
	}
	return casefile.Answered(items)
}
