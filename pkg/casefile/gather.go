package casefile

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

const (
	// atOnce is how many requests are under way at the same time.
	atOnce = 8
	// fewNamespaces is up to how many namespaces are listed one by one; more are listed together.
	fewNamespaces = 4
	// fewPieces is how many objects or namespaces are read one by one when a list of them is refused.
	fewPieces = 8
)

// Gather puts questions to the cluster and returns a file that knows the answers. What is known already is not asked
// again; the rest is folded: one object of a kind in a namespace is one GET, several are one LIST, and the lists of many
// namespaces are one. Who may GET but not LIST is served object by object.
func (f *File) Gather(ctx context.Context, library Library, questions []Question) *File {
	var (
		mu      sync.Mutex
		running sync.WaitGroup
		answers = map[Question]Answer[any]{}
		slots   = make(chan struct{}, atOnce)
	)
	for _, batch := range f.batches(questions) {
		running.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			found := batch.read(ctx, library, f.answers[batch.list])
			mu.Lock()
			defer mu.Unlock()
			maps.Copy(answers, found)
		})
	}
	running.Wait()
	return f.with(answers)
}

// batch is one request: for the one object that is asked for, else for the whole list.
type batch struct {
	list  Question
	asked []Question
}

// batches folds the questions that the file does not know the answers to.
func (f *File) batches(questions []Question) []*batch {
	var folded []*batch
	byList := map[Question]*batch{}
	seen := map[Question]bool{}
	many := manyNamespaces(questions)
	for _, question := range questions {
		if seen[question] || f.Knows(question) {
			continue
		}
		seen[question] = true
		list := listFor(question, many[kindOf(question)])
		if byList[list] == nil {
			byList[list] = &batch{list: list}
			folded = append(folded, byList[list])
		}
		byList[list].asked = append(byList[list].asked, question)
	}
	return slices.DeleteFunc(folded, func(b *batch) bool { return b.covered(byList) })
}

// listFor is the list in which the answer to a question is found. There are no lists of logs.
func listFor(question Question, everywhere bool) Question {
	switch {
	case question.Part == LogTail:
		return question
	case everywhere:
		return question.everywhere()
	}
	question.Name = ""
	return question
}

// kindOf is what questions have in common that one list over all namespaces can answer.
func kindOf(question Question) Question { return question.everywhere() }

// manyNamespaces tells for which kinds a list over all namespaces is cheaper than one a namespace.
func manyNamespaces(questions []Question) map[Question]bool {
	namespaces := map[Question]map[string]bool{}
	for _, question := range questions {
		if namespaces[kindOf(question)] == nil {
			namespaces[kindOf(question)] = map[string]bool{}
		}
		namespaces[kindOf(question)][question.Namespace] = true
	}
	many := map[Question]bool{}
	for kind, in := range namespaces {
		many[kind] = len(in) > fewNamespaces
	}
	return many
}

// covered reports whether a batch with a field selector is part of another one without it.
func (b *batch) covered(others map[Question]*batch) bool {
	return b.list.Fields != "" && (others[b.list.all()] != nil || others[b.list.everywhere()] != nil)
}

// read asks for the batch, of whose list an answer may be known. When a list is refused, what is in it is tried piece by
// piece: a user may GET some objects, or LIST in some namespaces.
func (b *batch) read(ctx context.Context, library Library, list Answer[any]) map[Question]Answer[any] {
	if len(b.asked) == 1 {
		return map[Question]Answer[any]{b.asked[0]: one(ctx, library, b.asked[0])}
	}
	if list.State == NotYet {
		list = fetch(ctx, library, b.list, nil)
	}
	answers := map[Question]Answer[any]{}
	if list.State != Known {
		for _, question := range b.asked {
			answers[question] = list
		}
	}
	answers[b.list] = list
	if list.State != Denied || len(b.asked) > fewPieces {
		return answers
	}
	for _, question := range b.asked {
		if question != b.list {
			answers[question] = one(ctx, library, question)
		}
	}
	return answers
}

// one puts a single question.
func one(ctx context.Context, library Library, question Question) Answer[any] {
	if question.Part == LogTail {
		return convert(library.Log(ctx, question), func(l Log) any { return l })
	}
	if question.Name == "" {
		return fetch(ctx, library, question, nil)
	}
	answer := fetch(ctx, library, question, []string{question.Name})
	if answer.State != Known {
		return answer
	}
	object, found := answer.Value.(listing)[types.NamespacedName{Namespace: question.Namespace, Name: question.Name}]
	if !found {
		return Unanswered[any](Absent, nil)
	}
	return Answered(object)
}

// fetch reads the objects of a question, or those of some names, and sorts them.
func fetch(ctx context.Context, library Library, question Question, names []string) Answer[any] {
	query := Query{Namespace: question.Namespace, Names: names, Fields: question.Fields}
	switch {
	case question.TypeMeta == eventKind && question.Part == Whole:
		return convert(library.Events(ctx, query), func(events []corev1.Event) any { return indexEvents(events) })
	case question.TypeMeta == nodeKind && question.Part == Whole:
		return listed(library.Nodes(ctx, query), "")
	case question.Part == Metadata:
		return listed(library.Metadata(ctx, question.TypeMeta, query), question.Namespace)
	default:
		return listed(library.Whole(ctx, question.TypeMeta, query), question.Namespace)
	}
}

// listed sorts objects by name. Those of a list in one namespace are in that one.
func listed[T any, P interface {
	*T
	metav1.Object
}](answer Answer[[]T], namespace string) Answer[any] {
	return convert(answer, func(items []T) any {
		found := listing{}
		for i := range items {
			object := P(&items[i])
			found[types.NamespacedName{Namespace: cmp.Or(namespace, object.GetNamespace()), Name: object.GetName()}] = object
		}
		return found
	})
}
