package podstate

import (
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// recently is how long a restart counts as news.
const recently = 10 * time.Minute

// whyContainers explains the first container, in the order in which the kubelet starts them, that does not run.
func whyContainers(pod *corev1.Pod, now time.Time) Reason {
	if pod.Status.Phase == corev1.PodSucceeded {
		return Reason{}
	}
	for i := range pod.Status.InitContainerStatuses {
		status := &pod.Status.InitContainerStatuses[i]
		if reason := whyInit(pod, status, now); reason.ID != "" {
			return reason
		}
	}
	var still Reason
	for i := range pod.Status.ContainerStatuses {
		reason := whyContainer(pod, &pod.Status.ContainerStatuses[i], now)
		if reason.Severity == Unhealthy {
			return reason
		}
		if still.ID == "" {
			still = reason
		}
	}
	return still
}

// whyInit explains an init container that has not done its part: it fails, or it still runs.
func whyInit(pod *corev1.Pod, status *corev1.ContainerStatus, now time.Time) Reason {
	if reason := whyContainer(pod, status, now); reason.ID != "" {
		return reason
	}
	if status.State.Running == nil || isSidecarStatus(pod, status) {
		return Reason{}
	}
	return waiting("why.init-running", message.Args{"Container": status.Name, "Since": age(status.State.Running.StartedAt, now)})
}

func whyContainer(pod *corev1.Pod, status *corev1.ContainerStatus, now time.Time) Reason {
	if state := status.State.Waiting; state != nil {
		return whyWaiting(pod, status, state, now)
	}
	died := status.State.Terminated
	if died == nil || died.ExitCode == 0 && pod.Spec.RestartPolicy != corev1.RestartPolicyAlways {
		return Reason{}
	}
	if died.ExitCode == 0 && isInit(pod, status.Name) {
		return Reason{}
	}
	return unhealthy("why.terminated", message.Args{"Container": status.Name, "Death": Death(died)})
}

// whyWaiting explains a waiting container. ContainerCreating and PodInitializing are the kubelet's default reasons
// (pkg/kubelet/kubelet_pods.go, defaultWaitingState): nothing has gone wrong yet.
func whyWaiting(pod *corev1.Pod, status *corev1.ContainerStatus, state *corev1.ContainerStateWaiting, now time.Time) Reason {
	switch state.Reason {
	case "", "ContainerCreating", "PodInitializing":
		return waiting("why.creating", message.Args{"Container": status.Name, "Since": sinceScheduled(pod, now)})
	case "CrashLoopBackOff":
		if died := status.LastTerminationState.Terminated; died != nil {
			return unhealthy("why.crash-loop", message.Args{
				"Container": status.Name, "Death": Death(died), "Count": int(status.RestartCount),
			})
		}
	case "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "ImageInspectError", "RegistryUnavailable":
		return unhealthy("why.image", message.Args{"Container": status.Name, "Image": imageOf(pod, status), "Message": short(state.Message)})
	}
	return unhealthy("why.waiting", message.Args{"Container": status.Name, "Reason": state.Reason, "Message": short(state.Message)})
}

// whyRestarted mentions a container that runs now but died a short while ago.
func whyRestarted(pod *corev1.Pod, now time.Time) Reason {
	for i := range pod.Status.ContainerStatuses {
		status := &pod.Status.ContainerStatuses[i]
		died := status.LastTerminationState.Terminated
		if status.State.Running == nil || died == nil || now.Sub(died.FinishedAt.Time) > recently {
			continue
		}
		return unhealthy("why.restarted", message.Args{
			"Container": status.Name, "Death": Death(died), "Since": age(died.FinishedAt, now), "Count": int(status.RestartCount),
		})
	}
	return Reason{}
}

// sinceScheduled is how long the kubelet has had the pod.
func sinceScheduled(pod *corev1.Pod, now time.Time) string {
	if c := condition(pod, corev1.PodScheduled); c != nil {
		return age(c.LastTransitionTime, now)
	}
	return age(pod.CreationTimestamp, now)
}

// imageOf is the image as the pod asked for it; the status may hold a resolved name.
func imageOf(pod *corev1.Pod, status *corev1.ContainerStatus) string {
	if c := specOf(pod, status.Name); c != nil {
		return c.Image
	}
	return status.Image
}

// specOf returns the container of a name, init containers included, or nil.
func specOf(pod *corev1.Pod, name string) *corev1.Container {
	for i := range pod.Spec.Containers {
		if pod.Spec.Containers[i].Name == name {
			return &pod.Spec.Containers[i]
		}
	}
	for i := range pod.Spec.InitContainers {
		if pod.Spec.InitContainers[i].Name == name {
			return &pod.Spec.InitContainers[i]
		}
	}
	return nil
}

func isInit(pod *corev1.Pod, name string) bool {
	for i := range pod.Spec.InitContainers {
		if pod.Spec.InitContainers[i].Name == name {
			return true
		}
	}
	return false
}
