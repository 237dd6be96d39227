package target

import (
	"context"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// PodReader reads owners and pods; cluster.Cluster does.
type PodReader interface {
	Reader
	Pods(ctx context.Context, query casefile.Query) casefile.Answer[[]corev1.Pod]
}

// Pods resolves a spec and reads its pods, each once.
func Pods(ctx context.Context, reader PodReader, spec Spec) ([]corev1.Pod, error) {
	selections, err := spec.Resolve(ctx, reader)
	if err != nil {
		return nil, err
	}
	var all []corev1.Pod
	for _, selection := range selections {
		pods, err := reader.Pods(ctx, selection.Query).Get()
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
