package podstate

import (
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
	var containers []Container
	for i := range pod.Spec.InitContainers {
		spec := &pod.Spec.InitContainers[i]
		role := Init
		if IsSidecar(spec) {
			role = Sidecar
		}
		containers = append(containers, Container{spec, statusIn(pod.Status.InitContainerStatuses, spec.Name), role})
	}
	for i := range pod.Spec.Containers {
		spec := &pod.Spec.Containers[i]
		containers = append(containers, Container{spec, statusIn(pod.Status.ContainerStatuses, spec.Name), Main})
	}
	return containers
}

func statusIn(statuses []corev1.ContainerStatus, name string) *corev1.ContainerStatus {
	for i := range statuses {
		if statuses[i].Name == name {
			return &statuses[i]
		}
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
