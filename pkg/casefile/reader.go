package casefile

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Reader reads what surrounds pods; cluster.Cluster does.
type Reader interface {
	Events(ctx context.Context, query Query) Answer[[]corev1.Event]
	Nodes(ctx context.Context, query Query) Answer[[]corev1.Node]
	// Metadata reads the metadata of objects of any kind, custom ones included.
	Metadata(ctx context.Context, kind metav1.TypeMeta, query Query) Answer[[]metav1.PartialObjectMetadata]
}

// Library reads everything that a rule may ask; cluster.Cluster does.
type Library interface {
	Reader
	// Whole reads objects of a kind with all their fields; Secrets are refused.
	Whole(ctx context.Context, kind metav1.TypeMeta, query Query) Answer[[]unstructured.Unstructured]
	// Log reads the end of the log that the question names.
	Log(ctx context.Context, question Question) Answer[Log]
}

// eyes is a Reader to which nobody puts the questions of a Library.
type eyes struct{ Reader }

// Whole answers that nothing was asked.
func (eyes) Whole(context.Context, metav1.TypeMeta, Query) Answer[[]unstructured.Unstructured] {
	return Answer[[]unstructured.Unstructured]{}
}

// Log answers that nothing was asked.
func (eyes) Log(context.Context, Question) Answer[Log] { return Answer[Log]{} }
