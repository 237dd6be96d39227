package target

import (
	"context"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// PodReader reads owners and pods; cluster.Cluster does.
type PodReader interface {
	Reader
	Pods(ctx context.Context, query casefile.Query) casefile.Answer[[]corev1.Pod]
	// IsType reports whether a word names a resource type.
	IsType(word string) bool
}

// Read reads the pods of one selection; see Misnamed for its error.
func Read(ctx context.Context, reader PodReader, selection Selection) casefile.Answer[[]corev1.Pod] {
	answer := reader.Pods(ctx, selection.Query)
	if answer.State == casefile.Absent {
		answer.Err = Misnamed(reader, selection, answer.Err)
	}
	return answer
}

// Misnamed returns the error for a selection with a name that is not there: when that name is not a pod's but a resource
// type's, as in "get deploy", it says how to write what was meant; else it is err.
func Misnamed(reader PodReader, selection Selection, err error) error {
	for _, name := range selection.Names {
		if reader.IsType(name) {
			return message.Errorf(err, "error.type-alone", message.Args{"Type": name})
		}
	}
	return err
}

// Pods resolves a spec and reads its pods, each once.
func Pods(ctx context.Context, reader PodReader, spec Spec) ([]corev1.Pod, error) {
	selections, err := spec.Resolve(ctx, reader)
	if err != nil {
		return nil, err
	}
	var all []corev1.Pod
	for _, selection := range selections {
		pods, err := Read(ctx, reader, selection).Get()
		if err != nil {
			return nil, err
		}
		all = append(all, pods...)
	}
	return Distinct(all), nil
}

// Distinct drops, in place, the objects that several selections share.
func Distinct[T any, P interface {
	*T
	metav1.Object
}](objects []T) []T {
	seen := make(map[string]bool, len(objects))
	return slices.DeleteFunc(objects, func(object T) bool {
		o := P(&object)
		key := o.GetNamespace() + "/" + o.GetName()
		known := seen[key]
		seen[key] = true
		return known
	})
}
