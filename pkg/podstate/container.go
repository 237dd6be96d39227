package podstate

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
)

// Role is what a container is for in its pod.
type Role int

// The roles.
const (
	// Main containers run side by side once all init containers are done.
	Main Role = iota
	// Init containers run one after the other, each to its end, before the main ones start.
	Init
	// Sidecar is a restartable init container, which runs beside the main ones (KEP-753).
	Sidecar
)

// Container is one container of a pod: what was asked for, and what became of it.
type Container struct {
	Spec *corev1.Container
	// Status is never nil; it is empty when the kubelet has not reported yet.
	Status *corev1.ContainerStatus
	Role   Role
}

// Containers returns the init containers, sidecars and main containers of a pod in the order in which the kubelet starts
// them.
func Containers(pod *corev1.Pod) []Container {
	containers := make([]Container, 0, len(pod.Spec.InitContainers)+len(pod.Spec.Containers))
	began, ran := byName(pod.Status.InitContainerStatuses), byName(pod.Status.ContainerStatuses)
	for i := range pod.Spec.InitContainers {
		spec := &pod.Spec.InitContainers[i]
		role := Init
		if IsSidecar(spec) {
			role = Sidecar
		}
		containers = append(containers, Container{spec, began.of(spec.Name), role})
	}
	for i := range pod.Spec.Containers {
		spec := &pod.Spec.Containers[i]
		containers = append(containers, Container{spec, ran.of(spec.Name), Main})
	}
	return containers
}

// statuses are those of containers by their names: looked up in turn, many would cost the square of their number.
type statuses map[string]*corev1.ContainerStatus

func byName(list []corev1.ContainerStatus) statuses {
	found := make(statuses, len(list))
	for i := range list {
		if found[list[i].Name] == nil {
			found[list[i].Name] = &list[i]
		}
	}
	return found
}

func (s statuses) of(name string) *corev1.ContainerStatus {
	if status := s[name]; status != nil {
		return status
	}
	return &corev1.ContainerStatus{Name: name}
}

// Name is the container's name.
func (c Container) Name() string { return c.Spec.Name }

// Running is the state of a container that runs, else nil.
func (c Container) Running() *corev1.ContainerStateRunning { return c.Status.State.Running }

// Waiting is the state of a container that waits, else nil.
func (c Container) Waiting() *corev1.ContainerStateWaiting { return c.Status.State.Waiting }

// LastDeath is how the latest instance that has ended did, or nil: of a container that is down, or of the instance before
// the one that runs.
func (c Container) LastDeath() *corev1.ContainerStateTerminated {
	if c.Status.State.Terminated != nil {
		return c.Status.State.Terminated
	}
	return c.Status.LastTerminationState.Terminated
}

// DeadLogIsPrevious says how to ask for the log of the instance of LastDeath: the kubelet keeps that of the newest
// instance and of the one before (pkg/kubelet/kubelet_pods.go, validateContainerLogStatus). A container that waits is
// asked for the previous one, as the next may be running by the time the question arrives.
func (c Container) DeadLogIsPrevious() bool { return c.Status.State.Terminated == nil }

// Started reports whether an instance has ever run, so that there can be a log.
func (c Container) Started() bool { return c.Running() != nil || c.LastDeath() != nil }

// Done reports whether a container has ended as it is meant to: an init container that succeeded, a main one that did and
// is not run again, or a sidecar, which the kubelet ends, as it may be by force, when no main container is left
// (pkg/kubelet/kuberuntime/kuberuntime_container.go, terminationOrdering).
func Done(pod *corev1.Pod, container Container) bool {
	died := container.Status.State.Terminated
	if died == nil {
		return false
	}
	if container.Role == Sidecar {
		return !slices.ContainsFunc(pod.Status.ContainerStatuses, func(status corev1.ContainerStatus) bool {
			return status.State.Terminated == nil || RestartsAfter(pod, status.Name, status.State.Terminated)
		})
	}
	return died.ExitCode == 0 && (container.Role == Init || !startsAgain(pod, container.Spec, died))
}

// RestartsAfter reports whether the kubelet starts a main container again after it died so: its own restart policy counts
// before that of its pod (KEP-5307).
func RestartsAfter(pod *corev1.Pod, name string, died *corev1.ContainerStateTerminated) bool {
	return startsAgain(pod, specOf(pod, name), died)
}

func startsAgain(pod *corev1.Pod, spec *corev1.Container, died *corev1.ContainerStateTerminated) bool {
	policy := pod.Spec.RestartPolicy
	if spec != nil && spec.RestartPolicy != nil {
		policy = corev1.RestartPolicy(*spec.RestartPolicy)
	}
	switch policy {
	case corev1.RestartPolicyNever:
		return false
	case corev1.RestartPolicyOnFailure:
		return died.ExitCode != 0
	}
	return true
}
