package recording

import (
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// Recording is a recorded cluster in memory. It is immutable and safe for concurrent use.
type Recording struct {
	Header Header
	// Resources are what the server's discovery told, sorted.
	Resources []Resource

	objects  map[schema.GroupVersionResource][]Object
	listings []Listing
	refusals []Refusal
	logs     map[LogKey]LogTail
	answers  []answerLine
}

// Resource returns the description of a resource.
func (r *Recording) Resource(gvr schema.GroupVersionResource) (Resource, bool) {
	wanted := Resource{Group: gvr.Group, Version: gvr.Version, Name: gvr.Resource}
	at, found := slices.BinarySearchFunc(r.Resources, wanted, compareResources)
	if !found {
		return Resource{}, false
	}
	return r.Resources[at], true
}

// Objects returns the objects of a resource, sorted as an API server lists them. Nobody may change the slice.
func (r *Recording) Objects(gvr schema.GroupVersionResource) []Object { return r.objects[gvr] }

// Object returns one object; namespace is empty for what has none.
func (r *Recording) Object(gvr schema.GroupVersionResource, namespace, name string) (Object, bool) {
	objects := r.objects[gvr]
	at, found := slices.BinarySearchFunc(objects, Object{Namespace: namespace, Name: name}, compareObjects)
	if !found {
		return Object{}, false
	}
	return objects[at], true
}

// Listings returns the lists that are held for complete, sorted.
func (r *Recording) Listings() []Listing { return r.listings }

// Refusals returns everything that the server refused, sorted.
func (r *Recording) Refusals() []Refusal { return r.refusals }

// Refusal returns what the server said to a request that it refused.
func (r *Recording) Refusal(request Request) (metav1.Status, bool) {
	at, found := slices.BinarySearchFunc(r.refusals, request, func(refusal Refusal, wanted Request) int {
		return compareRequests(refusal.Request, wanted)
	})
	if !found {
		return metav1.Status{}, false
	}
	return r.refusals[at].Status, true
}

// Log returns a log.
func (r *Recording) Log(key LogKey) (LogTail, bool) {
	tail, found := r.logs[key]
	return tail, found
}

// LogKeys returns the names of all logs, sorted.
func (r *Recording) LogKeys() []LogKey {
	keys := make([]LogKey, 0, len(r.logs))
	for key := range r.logs {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, compareLogs)
	return keys
}

// Answer returns what came of an active check.
func (r *Recording) Answer(key AnswerKey) (Answer, bool) {
	at, found := slices.BinarySearchFunc(r.answers, key, func(line answerLine, wanted AnswerKey) int {
		return compareAnswers(line.Key, wanted)
	})
	if !found {
		return Answer{}, false
	}
	return r.answers[at].Answer, true
}

// AnswerKeys returns the names of all active checks, sorted.
func (r *Recording) AnswerKeys() []AnswerKey {
	keys := make([]AnswerKey, len(r.answers))
	for i := range r.answers {
		keys[i] = r.answers[i].Key
	}
	return keys
}

// settle sorts what was read in whatever order, and keeps the later of two that have one name.
func (r *Recording) settle() {
	r.Resources = sorted(r.Resources, compareResources)
	for gvr, objects := range r.objects {
		r.objects[gvr] = sorted(objects, compareObjects)
	}
	r.listings = sorted(r.listings, compareListings)
	r.refusals = sorted(r.refusals, func(a, b Refusal) int { return compareRequests(a.Request, b.Request) })
	r.answers = sorted(r.answers, func(a, b answerLine) int { return compareAnswers(a.Key, b.Key) })
}

// sorted sorts items and keeps the last of equal ones.
func sorted[T any](items []T, compare func(a, b T) int) []T {
	slices.Reverse(items)
	slices.SortStableFunc(items, compare)
	return slices.Clip(slices.CompactFunc(items, func(a, b T) bool { return compare(a, b) == 0 }))
}
