package podstate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// whyNotReady explains a running pod that is not ready: a probe that has not passed, a readiness gate that nobody set,
// or a node that no longer reports.
func whyNotReady(pod *corev1.Pod, now time.Time) Reason {
	ready := condition(pod, corev1.PodReady)
	if pod.Status.Phase != corev1.PodRunning || ready == nil || ready.Status == corev1.ConditionTrue {
		return Reason{}
	}
	since := age(ready.LastTransitionTime, now)
	done := doneIn(pod)
	allReady, over := true, false
	for _, status := range serving(pod) {
		if status.Ready {
			continue
		}
		if done[status.Name] {
			over = true
			continue
		}
		allReady = false
		if reason := whyProbe(pod, status, now); reason.ID != "" {
			return reason
		}
	}
	for _, gate := range pod.Spec.ReadinessGates {
		if !conditionTrue(pod, gate.ConditionType) {
			late := now.Sub(containersReadySince(pod, ready)) >= gateTime
			return overdue(late, "why.readiness-gate", message.Args{"Gate": string(gate.ConditionType), "Since": since})
		}
	}
	if over {
		return Reason{} // A container has done its work, so the pod is not meant to be ready any more.
	}
	if allReady {
		// The node lifecycle controller sets Ready to False on the pods of a node that stopped reporting and leaves
		// their containers' status as it was (pkg/controller/util/node/controller_utils.go, MarkPodsNotReady).
		return unhealthy("why.node-silent", message.Args{"Node": pod.Spec.NodeName, "Since": since})
	}
	return unhealthy("why.not-ready", message.Args{"Message": short(ready.Message), "Since": since})
}

// doneIn names the containers of a pod that have ended as they are meant to.
func doneIn(pod *corev1.Pod) map[string]bool {
	done := map[string]bool{}
	for _, container := range slices.Backward(Containers(pod)) {
		done[container.Name()] = Done(pod, container)
	}
	return done
}

// whyStartup names the startup probe that a running container has yet to pass. Until it has, the container is not Started
// and its readiness probe is not run (pkg/kubelet/prober/prober_manager.go).
func whyStartup(pod *corev1.Pod, status *corev1.ContainerStatus, now time.Time) Reason {
	spec := specOf(pod, status.Name)
	if spec == nil || spec.StartupProbe == nil || status.Started != nil && *status.Started {
		return Reason{}
	}
	return waiting("why.startup-probe", message.Args{
		"Container": status.Name, "Probe": Target(spec.StartupProbe), "Since": age(status.State.Running.StartedAt, now),
	})
}

// whyProbe names the probe that keeps a container from being ready; one that does not run has none to blame.
func whyProbe(pod *corev1.Pod, status *corev1.ContainerStatus, now time.Time) Reason {
	if status.State.Running == nil {
		return Reason{}
	}
	if reason := whyStartup(pod, status, now); reason.ID != "" {
		return reason
	}
	spec := specOf(pod, status.Name)
	if spec == nil || spec.ReadinessProbe == nil {
		return Reason{}
	}
	since := now.Sub(status.State.Running.StartedAt.Time)
	args := message.Args{"Container": status.Name, "Probe": Target(spec.ReadinessProbe), "Since": human(since)}
	if since < FirstResult(spec.ReadinessProbe) {
		return waiting("why.readiness-probe-soon", args)
	}
	return unhealthy("why.readiness-probe", args)
}

// FirstResult is how long after a container's start the failures of a probe have added up for the first time, with a
// time-out to spare: until then a container that starts in its own time is not called broken.
func FirstResult(probe *corev1.Probe) time.Duration {
	return Budget(probe) + time.Duration(cmp.Or(probe.TimeoutSeconds, 1))*time.Second
}

// Budget is how long a probe leaves a container until it counts as failed: its delay and as many periods as may fail
// (kubernetes pkg/kubelet/prober/worker.go, doProbe). What is not set has the API's default
// (pkg/apis/core/v1/defaults.go, SetDefaults_Probe).
func Budget(probe *corev1.Probe) time.Duration {
	return time.Duration(probe.InitialDelaySeconds+cmp.Or(probe.PeriodSeconds, 10)*cmp.Or(probe.FailureThreshold, 3)) * time.Second
}

// gateTime is how long a controller may take to set the condition of a readiness gate once the containers are ready.
const gateTime = time.Minute

// containersReadySince is since when all containers of a pod have been ready.
func containersReadySince(pod *corev1.Pod, ready *corev1.PodCondition) time.Time {
	if containers := condition(pod, corev1.ContainersReady); containers != nil && containers.Status == corev1.ConditionTrue {
		return containers.LastTransitionTime.Time
	}
	return ready.LastTransitionTime.Time
}

// Target says in a word what a probe asks: "httpGet :8080/healthz", "tcpSocket :5432", "exec cat /ready", "grpc :9090".
func Target(probe *corev1.Probe) string {
	switch {
	case probe.HTTPGet != nil:
		return fmt.Sprintf("httpGet %s:%s%s", probe.HTTPGet.Host, probe.HTTPGet.Port.String(), probe.HTTPGet.Path)
	case probe.TCPSocket != nil:
		return fmt.Sprintf("tcpSocket %s:%s", probe.TCPSocket.Host, probe.TCPSocket.Port.String())
	case probe.GRPC != nil:
		return fmt.Sprintf("grpc :%d", probe.GRPC.Port)
	case probe.Exec != nil:
		return short("exec " + strings.Join(probe.Exec.Command, " "))
	}
	return "?"
}

// gates lists the scheduling gates of a pod.
func gates(pod *corev1.Pod) string {
	names := make([]string, 0, len(pod.Spec.SchedulingGates))
	for _, gate := range pod.Spec.SchedulingGates {
		names = append(names, gate.Name)
	}
	return strings.Join(names, ", ")
}

// human is a duration as kubectl prints it.
func human(d time.Duration) string { return duration.HumanDuration(d) }
