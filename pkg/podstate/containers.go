package podstate

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
)

// initScan is what the init containers contribute to the columns.
type initScan struct {
	status       string
	initializing bool
	sidecars     int
	ready        int
	all          restarts // Of every init container seen, shown while the pod initializes.
	onlySidecars restarts // Of the restartable ones, shown with those of the main containers afterwards.
}

// scanInit walks the init containers in order up to the first that has not done its part.
func scanInit(pod *corev1.Pod) initScan {
	scan := initScan{status: podStatus(pod)}
	for i := range pod.Spec.InitContainers {
		if IsSidecar(&pod.Spec.InitContainers[i]) {
			scan.sidecars++
		}
	}
	for i := range pod.Status.InitContainerStatuses {
		status := &pod.Status.InitContainerStatuses[i]
		sidecar := isSidecarStatus(pod, status)
		scan.all.add(status)
		if sidecar {
			scan.onlySidecars.add(status)
		}
		if died := status.State.Terminated; died != nil && died.ExitCode == 0 {
			continue
		}
		if sidecar && status.Started != nil && *status.Started {
			if status.Ready {
				scan.ready++
			}
			continue
		}
		scan.status, scan.initializing = initStatus(pod, i), true
		break
	}
	return scan
}

// initStatus is STATUS while the i-th init container holds the pod up.
func initStatus(pod *corev1.Pod, i int) string {
	state := pod.Status.InitContainerStatuses[i].State
	if state.Terminated != nil {
		if state.Terminated.Reason != "" {
			return "Init:" + state.Terminated.Reason
		}
		return "Init:" + exitStatus(state.Terminated)
	}
	if waiting := state.Waiting; waiting != nil && waiting.Reason != "" && waiting.Reason != "PodInitializing" {
		return "Init:" + waiting.Reason
	}
	return fmt.Sprintf("Init:%d/%d", i, len(pod.Spec.InitContainers))
}

// exitStatus is STATUS of a termination that has no reason.
func exitStatus(died *corev1.ContainerStateTerminated) string {
	if died.Signal != 0 {
		return fmt.Sprintf("Signal:%d", died.Signal)
	}
	return fmt.Sprintf("ExitCode:%d", died.ExitCode)
}

// mainScan is what the main containers contribute to the columns.
type mainScan struct {
	status string
	ready  int
	tally  restarts
}

// scanMain walks the main containers from the last to the first, so that the first one's reason wins.
func scanMain(pod *corev1.Pod, status string, tally restarts) mainScan {
	scan := mainScan{status: status, tally: tally}
	running, failed := false, ""
	for i := len(pod.Status.ContainerStatuses) - 1; i >= 0; i-- {
		container := &pod.Status.ContainerStatuses[i]
		scan.tally.add(container)
		switch state := container.State; {
		case state.Waiting != nil && state.Waiting.Reason != "":
			scan.status = state.Waiting.Reason
		case state.Terminated != nil:
			scan.status = state.Terminated.Reason
			if scan.status == "" {
				scan.status = exitStatus(state.Terminated)
			}
			if state.Terminated.ExitCode != 0 {
				failed = scan.status
			}
		case container.Ready && state.Running != nil:
			running = true
			scan.ready++
		}
	}
	if scan.status == "Completed" {
		scan.status = completedStatus(pod, running, failed)
	}
	return scan
}

// completedStatus is STATUS of a pod one of whose containers completed: the others may run on or have failed.
func completedStatus(pod *corev1.Pod, running bool, failed string) string {
	if running && conditionTrue(pod, corev1.PodReady) {
		return "Running"
	}
	if failed != "" {
		return failed
	}
	if running {
		return "NotReady"
	}
	return "Completed"
}

// IsSidecar reports whether an init container is a restartable one, which runs beside the main containers (KEP-753).
func IsSidecar(container *corev1.Container) bool {
	return container.RestartPolicy != nil && *container.RestartPolicy == corev1.ContainerRestartPolicyAlways
}

func isSidecarStatus(pod *corev1.Pod, status *corev1.ContainerStatus) bool {
	for i := range pod.Spec.InitContainers {
		if pod.Spec.InitContainers[i].Name == status.Name {
			return IsSidecar(&pod.Spec.InitContainers[i])
		}
	}
	return false
}

// serving returns the statuses that count for a pod's readiness: those of its sidecars and of its main containers
// (pkg/kubelet/status/generate.go, GenerateContainersReadyCondition).
func serving(pod *corev1.Pod) []*corev1.ContainerStatus {
	var statuses []*corev1.ContainerStatus
	for i := range pod.Status.InitContainerStatuses {
		if status := &pod.Status.InitContainerStatuses[i]; isSidecarStatus(pod, status) {
			statuses = append(statuses, status)
		}
	}
	for i := range pod.Status.ContainerStatuses {
		statuses = append(statuses, &pod.Status.ContainerStatuses[i])
	}
	return statuses
}
