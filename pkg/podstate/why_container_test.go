package podstate_test

import (
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
)

// scheduledAgo moves PodScheduled, from which the time of creating containers is measured.
func scheduledAgo(d time.Duration) edit {
	return condition(corev1.PodScheduled, corev1.ConditionTrue, d, "", "")
}

// memoryLimit gives every container a limit.
func memoryLimit(limit string) edit {
	return func(pod *corev1.Pod) {
		for i := range pod.Spec.Containers {
			pod.Spec.Containers[i].Resources.Limits = corev1.ResourceList{corev1.ResourceMemory: resource.MustParse(limit)}
		}
	}
}

func TestWhyWaiting(t *testing.T) {
	pending := phase(corev1.PodPending)
	refused := `failed to pull and unpack image "docker.io/library/nope:v1": failed to resolve reference "docker.io/library/nope:v1": dial tcp 127.0.0.1:443: connect: connection refused`
	runtime := `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "/nope": stat /nope: no such file or directory: unknown`
	checkWhy(t, map[string]whyCase{
		"creating":          {healthy(pending, scheduledAgo(10*time.Second), containers(waiting("app", "ContainerCreating", ""))), soon, "app is being created (10s)"},
		"no reason given":   {healthy(pending, scheduledAgo(10*time.Second), containers(waiting("app", "", ""))), soon, "app is being created (10s)"},
		"creating for long": {healthy(pending, scheduledAgo(3*time.Minute), containers(waiting("app", "ContainerCreating", ""))), unhealthy, "app is being created (3m)"},
		"no PodScheduled":   {healthy(pending, without(corev1.PodScheduled), containers(waiting("app", "ContainerCreating", ""))), unhealthy, "app is being created (60m)"},
		"crash loop":        {healthy(containers(restarted(waiting("app", "CrashLoopBackOff", "back-off 40s"), 3, "Error", 1))), unhealthy, "app keeps ending: exit 1, 3 restarts"},
		"crash loop, once":  {healthy(containers(restarted(waiting("app", "CrashLoopBackOff", ""), 1, "OOMKilled", 137))), unhealthy, "app keeps ending: OOMKilled, 1 restart"},
		"crash loop, with a limit": {
			healthy(containers(restarted(waiting("app", "CrashLoopBackOff", ""), 2, "OOMKilled", 137)), memoryLimit("24Mi")),
			unhealthy, "app keeps ending: OOMKilled (memory limit 24Mi), 2 restarts",
		},
		"crash loop, a limit that is not told": {
			healthy(containers(restarted(waiting("app", "CrashLoopBackOff", ""), 2, "Error", 137)), memoryLimit("24Mi")),
			unhealthy, "app keeps ending: exit 137 (SIGKILL), 2 restarts",
		},
		"crash loop, no past": {healthy(containers(waiting("app", "CrashLoopBackOff", "back-off 10s restarting failed container=app pod=web-0_shop(1-2)"))), unhealthy, "app cannot start: CrashLoopBackOff: back-off 10s restarting failed container=app pod=web-0_shop(1-2)"},
		"image":               {healthy(pending, containers(waiting("app", "ErrImagePull", refused))), unhealthy, "app cannot get image docker.io/library/nope:v1: dial tcp 127.0.0.1:443: connect: connection refused"},
		"image, back-off":     {healthy(pending, containers(waiting("app", "ImagePullBackOff", `Back-off pulling image "app:v1": ErrImagePull: `+refused))), unhealthy, "app cannot get image app:v1: dial tcp 127.0.0.1:443: connect: connection refused"},
		"image of a volume":   {healthy(pending, containers(waiting("app", "ImagePullBackOff", `Back-off pulling image "data:v7"`))), unhealthy, `app cannot get image data:v7: Back-off pulling image "data:v7"`},
		"image never pulled":  {healthy(pending, containers(waiting("app", "ErrImageNeverPull", ""))), unhealthy, "app cannot get image app:v1"},
		"configuration":       {healthy(pending, containers(waiting("app", "CreateContainerConfigError", `configmap "settings" not found`))), unhealthy, `app cannot start: CreateContainerConfigError: configmap "settings" not found`},
		"runtime":             {healthy(containers(waiting("app", "RunContainerError", runtime))), unhealthy, `app cannot start: RunContainerError: exec: "/nope": stat /nope: no such file or directory`},
		"trouble beats creation": {
			healthy(pending, scheduledAgo(time.Second), containers(waiting("a", "ContainerCreating", ""), waiting("b", "ErrImageNeverPull", ""))),
			unhealthy, "b cannot get image b:v1",
		},
		"the first of two waiting": {
			healthy(pending, scheduledAgo(time.Second), containers(waiting("a", "ContainerCreating", ""), waiting("b", "ContainerCreating", ""))),
			soon, "a is being created (1s)",
		},
	})
}

func TestWhyTerminated(t *testing.T) {
	never, onFailure := restartPolicy(corev1.RestartPolicyNever), restartPolicy(corev1.RestartPolicyOnFailure)
	checkWhy(t, map[string]whyCase{
		"ended, to be restarted":      {healthy(containers(terminated("app", "Completed", 0))), unhealthy, "app ended: exit 0"},
		"ended, not to be restarted":  {healthy(never, phase(corev1.PodFailed), containers(terminated("app", "Error", 127))), unhealthy, "app ended: exit 127"},
		"failed between two restarts": {healthy(onFailure, containers(terminated("app", "OOMKilled", 137))), unhealthy, "app ended: OOMKilled"},
		"restarted a short while ago": {healthy(containers(restarted(running("app"), 1, "Error", 139))), unhealthy, "app ended 3m ago: exit 139 (SIGSEGV), 1 restart"},
		"a sidecar restarted, too":    {healthy(inits(restarted(running("mesh"), 4, "Error", 1)), sidecar("mesh")), unhealthy, "mesh ended 3m ago: exit 1, 4 restarts"},
		"an init container's past":    {pod: healthy(inits(restarted(terminated("a", "Completed", 0), 2, "Error", 1)))},
		"ended again, back-off to come": {
			healthy(containers(func() corev1.ContainerStatus { s := terminated("app", "Error", 1); s.RestartCount = 5; return s }())),
			unhealthy, "app keeps ending: exit 1, 5 restarts",
		},
		"a sidecar that ended for good": {healthy(inits(terminated("mesh", "Error", 2)), sidecar("mesh")), unhealthy, "mesh ended: exit 2"},
	})
}

func TestWhyInitializing(t *testing.T) {
	pending := func(edits ...edit) *corev1.Pod {
		first := []edit{phase(corev1.PodPending), notInitialized(), containers(waiting("app", "PodInitializing", ""))}
		return healthy(append(first, edits...)...)
	}
	since := func(status corev1.ContainerStatus, d time.Duration) corev1.ContainerStatus {
		status.State.Running.StartedAt = ago(d)
		return status
	}
	probe := corev1.Probe{ProbeHandler: corev1.ProbeHandler{Exec: &corev1.ExecAction{Command: []string{"cat", "/ready"}}}}
	checkWhy(t, map[string]whyCase{
		"runs":           {pending(inits(since(unready("migrate"), 5*time.Minute))), soon, "init container migrate still runs (5m)"},
		"runs for long":  {pending(inits(since(unready("migrate"), 11*time.Minute))), unhealthy, "init container migrate still runs (11m)"},
		"fails":          {pending(inits(restarted(waiting("migrate", "CrashLoopBackOff", ""), 2, "Error", 1))), unhealthy, "migrate keeps ending: exit 1, 2 restarts"},
		"failed":         {pending(inits(terminated("migrate", "Error", 1))), unhealthy, "migrate ended: exit 1"},
		"second waits":   {pending(scheduledAgo(time.Second), inits(terminated("a", "Completed", 0), waiting("b", "PodInitializing", ""))), soon, "b is being created (1s)"},
		"sidecar starts": {pending(inits(since(unstarted("mesh"), 30*time.Second)), sidecar("mesh"), startupProbe("mesh", probe)), soon, "mesh: startup probe exec cat /ready has not passed yet (30s)"},
		"sidecar runs":   {pending(scheduledAgo(9*time.Second), inits(running("mesh")), sidecar("mesh")), soon, "app is being created (9s)"},
	})
}
