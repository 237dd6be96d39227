package action

import (
	"cmp"
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/kubectl/pkg/cmd/util/podcmd"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Choice is the container that a command without -c means, and the note that tells of it when there were others.
type Choice struct {
	Container string
	Notes     []Note
}

// Choose returns the container to act on as kubectl does (pkg/cmd/util/podcmd, FindOrDefaultContainerByName): the named
// one, else that of the annotation kubectl.kubernetes.io/default-container, else the first. A name that the pod does not
// have is an error; an annotation that names none is told and passed over, as `kubectl logs` does.
func Choose(pod *corev1.Pod, name string) (Choice, error) {
	if name != "" {
		if found, _ := podcmd.FindContainerByName(pod, name); found == nil {
			return Choice{}, message.Errorf(nil, "container.unknown", message.Args{
				"Container": name, "Pod": pod.Name, "Containers": podcmd.AllContainerNames(pod),
			})
		}
		return Choice{Container: name}, nil
	}
	if len(pod.Spec.Containers) == 0 {
		return Choice{}, message.Errorf(nil, "container.none", message.Args{"Pod": pod.Name, "Namespace": pod.Namespace})
	}
	var notes []Note
	if annotated := pod.Annotations[podcmd.DefaultContainerAnnotationName]; annotated != "" {
		if found, _ := podcmd.FindContainerByName(pod, annotated); found != nil {
			return Choice{Container: annotated}, nil
		}
		notes = append(notes, Note{ID: "container.annotation", Args: message.Args{"Container": annotated, "Pod": pod.Name}})
	}
	first := pod.Spec.Containers[0].Name
	if len(pod.Spec.Containers)+len(pod.Spec.InitContainers)+len(pod.Spec.EphemeralContainers) > 1 {
		notes = append(notes, Note{ID: "container.defaulted", Args: message.Args{
			"Container": first, "Containers": podcmd.AllContainerNames(pod),
		}})
	}
	return Choice{Container: first, Notes: notes}, nil
}

// Containers returns the names of all containers of a pod in the order in which kubectl reads their logs: init
// containers, containers, ephemeral containers.
func Containers(pod *corev1.Pod) []string {
	var names []string
	for i := range pod.Spec.InitContainers {
		names = append(names, pod.Spec.InitContainers[i].Name)
	}
	for i := range pod.Spec.Containers {
		names = append(names, pod.Spec.Containers[i].Name)
	}
	for i := range pod.Spec.EphemeralContainers {
		names = append(names, pod.Spec.EphemeralContainers[i].Name)
	}
	return names
}

// statusOf returns what the kubelet last said of a container; the zero value when it has not said anything.
func statusOf(pod *corev1.Pod, container string) corev1.ContainerStatus {
	for _, statuses := range [][]corev1.ContainerStatus{
		pod.Status.ContainerStatuses, pod.Status.InitContainerStatuses, pod.Status.EphemeralContainerStatuses,
	} {
		at := slices.IndexFunc(statuses, func(s corev1.ContainerStatus) bool { return s.Name == container })
		if at >= 0 {
			return statuses[at]
		}
	}
	return corev1.ContainerStatus{}
}

// stateOf tells a container's state in Kubernetes' own terms, as `kubectl describe` spells them, with the reason and the
// message that say why: "Waiting (ImagePullBackOff: Back-off pulling image ...)". A container without a state has that
// of its pod: "Pending (Unschedulable: 0/2 nodes are available: ...)".
func stateOf(pod *corev1.Pod, container string) string {
	state := statusOf(pod, container).State
	switch {
	case state.Running != nil:
		return "Running"
	case state.Waiting != nil:
		return withReason("Waiting", state.Waiting.Reason, state.Waiting.Message)
	case state.Terminated != nil:
		return withReason("Terminated", state.Terminated.Reason, fmt.Sprintf("exit code %d", state.Terminated.ExitCode))
	}
	for _, condition := range pod.Status.Conditions {
		if condition.Type == corev1.PodScheduled && condition.Status == corev1.ConditionFalse {
			return withReason(string(corev1.PodPending), condition.Reason, condition.Message)
		}
	}
	return withReason(cmp.Or(string(pod.Status.Phase), string(corev1.PodPending)), pod.Status.Reason, pod.Status.Message)
}

func withReason(state, reason, text string) string {
	if reason != "" && text != "" {
		return fmt.Sprintf("%s (%s: %s)", state, reason, text)
	}
	if why := cmp.Or(reason, text); why != "" {
		return fmt.Sprintf("%s (%s)", state, why)
	}
	return state
}
