package press

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// Troubled are the pods whose story a report tells: those with a root cause.
func Troubled(found *diagnosis.Diagnosis) []corev1.Pod {
	var pods []corev1.Pod
	for i := range found.Targets {
		if found.Targets[i].Root() != nil {
			pods = append(pods, *found.Targets[i].Pod)
		}
	}
	return pods
}
