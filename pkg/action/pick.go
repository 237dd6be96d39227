package action

import (
	"sort"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/kubectl/pkg/util/podutils"
)

// Pick returns the pod of an owner in which kubectl would run a command, nil when there is none: one that runs, a ready
// one if there is any, the one that has been ready longest (kubectl pkg/polymorphichelpers/attachablepodforobject.go).
// A pod that is being deleted is taken only when there is no other.
func Pick(pods []corev1.Pod) *corev1.Pod {
	staying, leaving := make([]*corev1.Pod, 0, len(pods)), make([]*corev1.Pod, 0, len(pods))
	for i := range pods {
		if pods[i].DeletionTimestamp != nil {
			leaving = append(leaving, &pods[i])
			continue
		}
		staying = append(staying, &pods[i])
	}
	for _, candidates := range [][]*corev1.Pod{staying, leaving} {
		sort.Stable(sort.Reverse(podutils.ActivePods(candidates)))
		if len(candidates) > 0 {
			return candidates[0]
		}
	}
	return nil
}
