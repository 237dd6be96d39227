package podstate_test

import (
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// now is the moment at which the tests look.
var now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

func ago(d time.Duration) metav1.Time { return metav1.NewTime(now.Add(-d)) }

// edit is one change to a pod that is otherwise well.
type edit func(*corev1.Pod)

// healthy returns a running, ready pod of one container, "app", changed by edits.
func healthy(edits ...edit) *corev1.Pod {
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: "web-0", Namespace: "shop", CreationTimestamp: ago(time.Hour)},
		Spec: corev1.PodSpec{
			NodeName:      "node1",
			RestartPolicy: corev1.RestartPolicyAlways,
			Containers:    []corev1.Container{{Name: "app", Image: "app:v1"}},
		},
		Status: corev1.PodStatus{
			Phase: corev1.PodRunning,
			Conditions: []corev1.PodCondition{
				{Type: corev1.PodScheduled, Status: corev1.ConditionTrue, LastTransitionTime: ago(time.Hour)},
				{Type: corev1.PodInitialized, Status: corev1.ConditionTrue},
				{Type: corev1.PodReady, Status: corev1.ConditionTrue, LastTransitionTime: ago(time.Hour)},
			},
			ContainerStatuses: []corev1.ContainerStatus{running("app")},
		},
	}
	for _, change := range edits {
		change(pod)
	}
	return pod
}

func running(name string) corev1.ContainerStatus {
	started := true
	return corev1.ContainerStatus{
		Name: name, Ready: true, Started: &started,
		State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: ago(time.Hour)}},
	}
}

// unready is a running container whose readiness probe has not passed.
func unready(name string) corev1.ContainerStatus {
	status := running(name)
	status.Ready = false
	return status
}

// unstarted is a running container whose startup probe has not passed.
func unstarted(name string) corev1.ContainerStatus {
	status := unready(name)
	*status.Started = false
	return status
}

func waiting(name, reason, text string) corev1.ContainerStatus {
	return corev1.ContainerStatus{
		Name: name, State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: reason, Message: text}},
	}
}

func terminated(name, reason string, code int32) corev1.ContainerStatus {
	return corev1.ContainerStatus{Name: name, State: corev1.ContainerState{Terminated: died(reason, code)}}
}

func died(reason string, code int32) *corev1.ContainerStateTerminated {
	return &corev1.ContainerStateTerminated{Reason: reason, ExitCode: code, FinishedAt: ago(3 * time.Minute)}
}

// restarted says that a container died before, three minutes ago.
func restarted(status corev1.ContainerStatus, count int32, reason string, code int32) corev1.ContainerStatus {
	status.RestartCount = count
	status.LastTerminationState.Terminated = died(reason, code)
	return status
}

func phase(p corev1.PodPhase) edit { return func(pod *corev1.Pod) { pod.Status.Phase = p } }

func statusReason(reason, text string) edit {
	return func(pod *corev1.Pod) { pod.Status.Reason, pod.Status.Message = reason, text }
}

func restartPolicy(p corev1.RestartPolicy) edit {
	return func(pod *corev1.Pod) { pod.Spec.RestartPolicy = p }
}

// containers sets the main containers to those of the statuses.
func containers(statuses ...corev1.ContainerStatus) edit {
	return func(pod *corev1.Pod) {
		pod.Spec.Containers, pod.Status.ContainerStatuses = nil, statuses
		for _, status := range statuses {
			pod.Spec.Containers = append(pod.Spec.Containers, corev1.Container{Name: status.Name, Image: status.Name + ":v1"})
		}
	}
}

// inits sets the init containers to those of the statuses; sidecar makes one of them restartable.
func inits(statuses ...corev1.ContainerStatus) edit {
	return func(pod *corev1.Pod) {
		pod.Status.InitContainerStatuses = statuses
		for _, status := range statuses {
			pod.Spec.InitContainers = append(pod.Spec.InitContainers, corev1.Container{Name: status.Name})
		}
	}
}

func sidecar(name string) edit {
	return func(pod *corev1.Pod) {
		always := corev1.ContainerRestartPolicyAlways
		container(pod, name).RestartPolicy = &always
	}
}

func readinessProbe(name string, probe corev1.Probe) edit {
	return func(pod *corev1.Pod) { container(pod, name).ReadinessProbe = &probe }
}

func startupProbe(name string, probe corev1.Probe) edit {
	return func(pod *corev1.Pod) { container(pod, name).StartupProbe = &probe }
}

func container(pod *corev1.Pod, name string) *corev1.Container {
	for _, list := range [][]corev1.Container{pod.Spec.InitContainers, pod.Spec.Containers} {
		for i := range list {
			if list[i].Name == name {
				return &list[i]
			}
		}
	}
	panic("the test's pod has no container " + name)
}

// condition sets a condition of the pod.
func condition(kind corev1.PodConditionType, status corev1.ConditionStatus, since time.Duration, reason, text string) edit {
	return func(pod *corev1.Pod) {
		wanted := corev1.PodCondition{Type: kind, Status: status, LastTransitionTime: ago(since), Reason: reason, Message: text}
		for i := range pod.Status.Conditions {
			if pod.Status.Conditions[i].Type == kind {
				pod.Status.Conditions[i] = wanted
				return
			}
		}
		pod.Status.Conditions = append(pod.Status.Conditions, wanted)
	}
}

func without(kind corev1.PodConditionType) edit {
	return func(pod *corev1.Pod) {
		var kept []corev1.PodCondition
		for _, c := range pod.Status.Conditions {
			if c.Type != kind {
				kept = append(kept, c)
			}
		}
		pod.Status.Conditions = kept
	}
}

func notReady(since time.Duration, text string) edit {
	return condition(corev1.PodReady, corev1.ConditionFalse, since, "ContainersNotReady", text)
}

func notInitialized() edit {
	return condition(corev1.PodInitialized, corev1.ConditionFalse, time.Minute, "ContainersNotInitialized", "")
}

// unscheduled takes the pod's node and containers' statuses away and sets PodScheduled to False.
func unscheduled(reason, text string) edit {
	return func(pod *corev1.Pod) {
		pod.Spec.NodeName = ""
		pod.Status.Phase = corev1.PodPending
		pod.Status.Conditions, pod.Status.ContainerStatuses = nil, nil
		condition(corev1.PodScheduled, corev1.ConditionFalse, time.Minute, reason, text)(pod)
	}
}

// deleted sets the end of the grace period to this long ago; negative is in the future.
func deleted(past time.Duration) edit {
	return func(pod *corev1.Pod) {
		at := ago(past)
		pod.DeletionTimestamp = &at
	}
}

func finalizer(name string) edit {
	return func(pod *corev1.Pod) { pod.Finalizers = []string{name} }
}
