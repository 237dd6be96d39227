package target

import (
	"context"
	"slices"

	corev1 "k8s.io/api/core/v1"

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

// Read reads the pods of one selection. When a name is not that of a pod but of a resource type, as in "get deploy", the
// error says how to write what was meant.
func Read(ctx context.Context, reader PodReader, selection Selection) casefile.Answer[[]corev1.Pod] {
	answer := reader.Pods(ctx, selection.Query)
	if answer.State != casefile.Absent {
		return answer
	}
	for _, name := range selection.Names {
		if reader.IsType(name) {
			answer.Err = message.Errorf(answer.Err, "error.type-alone", message.Args{"Type": name})
			return answer
		}
	}
	return answer
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

// Distinct drops, in place, the pods that several selections share.
func Distinct(pods []corev1.Pod) []corev1.Pod {
	seen := make(map[string]bool, len(pods))
	return slices.DeleteFunc(pods, func(pod corev1.Pod) bool {
		key := pod.Namespace + "/" + pod.Name
		known := seen[key]
		seen[key] = true
		return known
	})
}
