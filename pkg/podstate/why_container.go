package podstate

import (
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// How long things may take before they count as trouble. They are rules of thumb: most pods need seconds.
const (
	creationTime   = 2 * time.Minute
	schedulingTime = time.Minute
	initTime       = 10 * time.Minute
	// recently is how long a restart counts as news.
	recently = 10 * time.Minute
)

// overdue is a reason that is no trouble until its time is up.
func overdue(late bool, id string, args message.Args) Reason {
	if late {
		return unhealthy(id, args)
	}
	return waiting(id, args)
}

// whyContainers explains the first container, in the order in which the kubelet starts them, that does not run.
func whyContainers(pod *corev1.Pod, now time.Time) Reason {
	if pod.Status.Phase == corev1.PodSucceeded {
		return Reason{}
	}
	var still Reason
	for _, container := range Containers(pod) {
		if Done(pod, container) {
			continue
		}
		reason := whyDown(pod, container, now)
		if reason.Severity == Unhealthy || container.Role != Main && reason.ID != "" {
			return reason
		}
		if still.ID == "" {
			still = reason
		}
	}
	return still
}

func whyDown(pod *corev1.Pod, container Container, now time.Time) Reason {
	if container.Role == Main {
		return whyContainer(pod, container.Status, now)
	}
	return whyInit(pod, container.Status, now)
}

// whyInit explains an init container that has not done its part: it fails, or it still runs, or, a sidecar, it has not
// started. A pod never fails for a sidecar: in one that failed, the sidecars were ended because it had.
func whyInit(pod *corev1.Pod, status *corev1.ContainerStatus, now time.Time) Reason {
	sidecar := isSidecarStatus(pod, status)
	if sidecar && pod.Status.Phase == corev1.PodFailed {
		return Reason{}
	}
	if reason := whyContainer(pod, status, now); reason.ID != "" {
		return reason
	}
	if status.State.Running == nil {
		return Reason{}
	}
	if sidecar {
		return whyStartup(pod, status, now)
	}
	since := now.Sub(status.State.Running.StartedAt.Time)
	return overdue(since > initTime, "why.init-running", message.Args{"Container": status.Name, "Since": human(since)})
}

func whyContainer(pod *corev1.Pod, status *corev1.ContainerStatus, now time.Time) Reason {
	if state := status.State.Waiting; state != nil {
		return whyWaiting(pod, status, state, now)
	}
	died := status.State.Terminated
	if died == nil {
		return Reason{}
	}
	if status.RestartCount > 0 && pod.Spec.RestartPolicy != corev1.RestartPolicyNever {
		// The kubelet looks at the pod again only when the back-off ends, and until then the status is that of the death
		// (Kubernetes v1.36, pkg/kubelet/pod_workers.go, completeWork).
		return crashLoop(pod, status, died)
	}
	return unhealthy("why.terminated", message.Args{"Container": status.Name, "Death": deathOf(pod, status, died)})
}

func crashLoop(pod *corev1.Pod, status *corev1.ContainerStatus, died *corev1.ContainerStateTerminated) Reason {
	args := message.Args{"Container": status.Name, "Death": deathOf(pod, status, died), "Count": int(status.RestartCount)}
	return unhealthy("why.crash-loop", args)
}

// whyWaiting explains a waiting container. ContainerCreating and PodInitializing are the kubelet's default reasons
// (pkg/kubelet/kubelet_pods.go, defaultWaitingState): nothing has gone wrong yet.
func whyWaiting(pod *corev1.Pod, status *corev1.ContainerStatus, state *corev1.ContainerStateWaiting, now time.Time) Reason {
	switch state.Reason {
	case "", "ContainerCreating", "PodInitializing":
		since := atIt(pod, now)
		return overdue(since > creationTime, "why.creating", message.Args{"Container": status.Name, "Since": human(since)})
	case "CrashLoopBackOff":
		if died := status.LastTerminationState.Terminated; died != nil {
			return crashLoop(pod, status, died)
		}
	case "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "ImageInspectError", "RegistryUnavailable":
		return unhealthy("why.image", message.Args{"Container": status.Name, "Image": imageOf(pod, status, state.Message), "Message": innermost(state.Message)})
	}
	return unhealthy("why.waiting", message.Args{"Container": status.Name, "Reason": state.Reason, "Message": innermost(state.Message)})
}

// whyRestarted mentions a container that runs now but died a short while ago.
func whyRestarted(pod *corev1.Pod, now time.Time) Reason {
	for _, status := range serving(pod) {
		died := status.LastTerminationState.Terminated
		if status.State.Running == nil || died == nil || now.Sub(died.FinishedAt.Time) > recently {
			continue
		}
		return unhealthy("why.restarted", message.Args{
			"Container": status.Name, "Death": deathOf(pod, status, died), "Since": age(died.FinishedAt, now), "Count": int(status.RestartCount),
		})
	}
	return Reason{}
}

// atIt is how long the kubelet has been at the container that is next: since it has had the pod, or since the init
// container before it was done.
func atIt(pod *corev1.Pod, now time.Time) time.Duration {
	since := pod.CreationTimestamp.Time
	if c := condition(pod, corev1.PodScheduled); c != nil {
		since = c.LastTransitionTime.Time
	}
	for i := range pod.Status.InitContainerStatuses {
		if ended := pod.Status.InitContainerStatuses[i].State.Terminated; ended != nil && ended.FinishedAt.After(since) {
			since = ended.FinishedAt.Time
		}
	}
	return now.Sub(since)
}

// imageOf is the image that could not be had: the one that the kubelet's message names, which may be that of an image
// volume, else the container's as the pod asked for it.
func imageOf(pod *corev1.Pod, status *corev1.ContainerStatus, text string) string {
	if _, rest, found := strings.Cut(text, `image "`); found {
		image, _, _ := strings.Cut(rest, `"`)
		return image
	}
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
