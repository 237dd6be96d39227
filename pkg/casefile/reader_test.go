package casefile_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

var now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

func ago(d time.Duration) metav1.Time { return metav1.NewTime(now.Add(-d)) }

// reader is a small cluster that remembers what it was asked.
type reader struct {
	events []corev1.Event
	nodes  []corev1.Node
	// owners are by kind.
	owners map[string][]metav1.PartialObjectMetadata
	// refuse answers a question ("events shop", "ReplicaSet shop") with an error when it is set for it.
	refuse map[string]error

	mu    sync.Mutex
	asked []string
}

var _ casefile.Reader = (*reader)(nil)

func (r *reader) ask(question string, names []string, fields string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := question
	if len(names) > 0 {
		key = fmt.Sprintf("%s %v", key, names)
	}
	if fields != "" {
		key += " " + fields
	}
	r.asked = append(r.asked, key)
	return r.refuse[question]
}

// questions returns what was asked, sorted, since reads are made at once.
func (r *reader) questions() []string {
	slices.Sort(r.asked)
	return r.asked
}

func (r *reader) Events(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Event] {
	if err := r.ask("events "+query.Namespace, query.Names, query.Fields); err != nil {
		return casefile.Unanswered[[]corev1.Event](casefile.Denied, err)
	}
	var found []corev1.Event
	for _, event := range r.events {
		if query.Namespace == "" || event.Namespace == query.Namespace {
			found = append(found, event)
		}
	}
	return casefile.Answered(found)
}

func (r *reader) Nodes(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Node] {
	if err := r.ask("nodes", query.Names, query.Fields); err != nil {
		return casefile.Unanswered[[]corev1.Node](casefile.Denied, err)
	}
	var found []corev1.Node
	for _, node := range r.nodes {
		if len(query.Names) == 0 || slices.Contains(query.Names, node.Name) {
			found = append(found, node)
		}
	}
	if len(found) < len(query.Names) {
		return casefile.Unanswered[[]corev1.Node](casefile.Absent, fmt.Errorf("node %v not found", query.Names))
	}
	return casefile.Answered(found)
}

func (r *reader) Metadata(_ context.Context, kind metav1.TypeMeta, query casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	if err := r.ask(kind.Kind+" "+query.Namespace, query.Names, query.Fields); err != nil {
		return casefile.Unanswered[[]metav1.PartialObjectMetadata](casefile.Denied, err)
	}
	var found []metav1.PartialObjectMetadata
	for _, owner := range r.owners[kind.Kind] {
		if len(query.Names) == 0 || slices.Contains(query.Names, owner.Name) {
			found = append(found, owner)
		}
	}
	if len(found) < len(query.Names) {
		return casefile.Unanswered[[]metav1.PartialObjectMetadata](casefile.Absent, fmt.Errorf("%s %v not found", kind.Kind, query.Names))
	}
	return casefile.Answered(found)
}

// owned names the controller of an object: KIND name uid.
func owned(kind, name string, uid types.UID) []metav1.OwnerReference {
	yes := true
	return []metav1.OwnerReference{
		{APIVersion: "v1", Kind: "Bystander", Name: "other", UID: "other"}, // An owner, but not the controller.
		{APIVersion: "apps/v1", Kind: kind, Name: name, UID: uid, Controller: &yes},
	}
}

func pod(namespace, name, node string, owners []metav1.OwnerReference) corev1.Pod {
	return corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: name, UID: types.UID("uid-" + name), OwnerReferences: owners},
		Spec:       corev1.PodSpec{NodeName: node},
	}
}

func owner(name string, uid types.UID, owners []metav1.OwnerReference) metav1.PartialObjectMetadata {
	return metav1.PartialObjectMetadata{ObjectMeta: metav1.ObjectMeta{Name: name, UID: uid, OwnerReferences: owners}}
}

func node(name string) corev1.Node {
	return corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: name, UID: types.UID("uid-" + name)}}
}
