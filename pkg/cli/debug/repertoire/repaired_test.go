package repertoire

import (
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// selected is a cluster whose pods are labelled by now as a Service web of app=wbe asks.
func selected(s stage) stage {
	s.pods = slices.Clone(s.pods)
	for i := range s.pods {
		s.pods[i].Labels = map[string]string{"app": "wbe"}
	}
	return s
}

// young is a cluster whose pods have just been made.
func young(s stage, now time.Time) stage {
	s.pods = slices.Clone(s.pods)
	for i := range s.pods {
		pod := s.pods[i].DeepCopy()
		pod.CreationTimestamp = metav1.NewTime(now)
		pod.Status = corev1.PodStatus{Phase: corev1.PodPending, Conditions: []corev1.PodCondition{{Type: corev1.PodScheduled, Status: corev1.ConditionTrue}}}
		s.pods[i] = *pod
	}
	return s
}

// inTrouble is a cluster whose pods have another trouble than before.
func inTrouble(s stage) stage {
	s.pods = slices.Clone(s.pods)
	for i := range s.pods {
		pod := s.pods[i].DeepCopy()
		pod.Spec.NodeName = "node1"
		for j := range pod.Spec.Containers {
			waits := corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{
				Reason: "InvalidImageName", Message: `Failed to apply default image tag "A B": couldn't parse image name "A B": invalid reference format`,
			}}
			pod.Status.ContainerStatuses = append(pod.Status.ContainerStatuses[:min(j, len(pod.Status.ContainerStatuses))],
				corev1.ContainerStatus{Name: pod.Spec.Containers[j].Name, State: waits})
		}
		for j := range pod.Status.Conditions {
			if pod.Status.Conditions[j].Type == corev1.PodReady {
				pod.Status.Conditions[j].Status = corev1.ConditionFalse
			}
		}
		s.pods[i] = *pod
	}
	return s
}
