package crash

import (
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// How long a death is news, and how many of them are too many. They are rules of thumb.
const (
	// lately is how long a single restart is worth telling.
	lately = 10 * time.Minute
	// oftenWithin is how long the last of many restarts is.
	oftenWithin = 24 * time.Hour
	many        = 5
	// settling is how long an instance must run before it counts as better than its predecessor, if that one lived
	// shorter than this.
	settling = 10 * time.Second
)

// fate is what became of a container after a death.
type fate int

const (
	// looping: it is started again, and has not yet outlived the instance that died.
	looping fate = iota
	// over: the restart policy lets it lie.
	over
	// back: it runs again, and longer than before or ready.
	back
)

// death is the end of a container's latest instance that has ended, as far as it is somebody's trouble.
type death struct {
	podstate.Container
	died *corev1.ContainerStateTerminated
	fate fate
	// podGrace is the pod's grace period in seconds.
	podGrace int64
}

// deaths returns those of a pod that are trouble, in the order in which the kubelet starts the containers. A pod that was
// evicted, ran out of its deadline or was ended with its node has a reason of its own, of which its containers' deaths
// are only the consequence; a deleted one's containers were told to end.
func deaths(c *diagnosis.Case) []death {
	if c.Pod.Status.Phase == corev1.PodSucceeded || c.Pod.Status.Phase == corev1.PodFailed && c.Pod.Status.Reason != "" {
		return nil
	}
	var found []death
	for _, container := range c.Containers {
		died := container.LastDeath()
		if died == nil || afterDeletion(c.Pod, died) || container.Role == podstate.Sidecar && finished(c) {
			continue
		}
		if fate, bad := fateOf(c, container, died); bad {
			found = append(found, death{container, died, fate, podGrace(c.Pod)})
		}
	}
	return found
}

// fateOf also reports whether the death is trouble at all: an end that was meant is not, nor is one of long ago.
func fateOf(c *diagnosis.Case, container podstate.Container, died *corev1.ContainerStateTerminated) (fate, bool) {
	waiting := container.Waiting()
	switch {
	case container.Running() != nil:
		if looksLooping(c, container, died) {
			return looping, true
		}
		return back, container.Role != podstate.Init && isNews(c, container, died)
	case waiting != nil && waiting.Reason != "CrashLoopBackOff":
		return 0, false // What it waits for now is its trouble.
	case restarts(c.Pod, container, died.ExitCode):
		return looping, true
	}
	return over, died.ExitCode != 0
}

// looksLooping reports whether the instance that runs has proved nothing yet: it is not ready, and no older than the one
// that died became. Between two deaths of a crash loop a container runs, too.
func looksLooping(c *diagnosis.Case, container podstate.Container, died *corev1.ContainerStateTerminated) bool {
	if container.Status.Ready {
		return false
	}
	lived, _ := lifetime(died)
	return c.Since(container.Running().StartedAt) <= min(max(lived, settling), lately)
}

func isNews(c *diagnosis.Case, container podstate.Container, died *corev1.ContainerStateTerminated) bool {
	since := c.Since(died.FinishedAt)
	return since <= lately || container.Status.RestartCount >= many && since <= oftenWithin
}

// lifetime is how long an instance ran. It is not known of one that the runtime never started, whose start is the zero of
// its clock.
func lifetime(died *corev1.ContainerStateTerminated) (time.Duration, bool) {
	if died.StartedAt.Unix() <= 0 || died.FinishedAt.Before(&died.StartedAt) {
		return 0, false
	}
	return died.FinishedAt.Sub(died.StartedAt.Time), true
}

// restarts reports whether the kubelet starts a container again after an exit (pkg/api/v1/pod/util.go,
// ContainerShouldRestart): its own rules come first, then its own policy, then the pod's.
func restarts(pod *corev1.Pod, container podstate.Container, exitCode int32) bool {
	if pod.Status.Phase == corev1.PodFailed {
		return false
	}
	for _, rule := range container.Spec.RestartPolicyRules {
		if rule.ExitCodes == nil {
			continue
		}
		in := rule.ExitCodes.Operator == corev1.ContainerRestartRuleOnExitCodesOpIn
		if slices.Contains(rule.ExitCodes.Values, exitCode) == in {
			return true
		}
	}
	policy := pod.Spec.RestartPolicy
	if container.Spec.RestartPolicy != nil {
		policy = corev1.RestartPolicy(*container.Spec.RestartPolicy)
	}
	switch {
	case policy == corev1.RestartPolicyNever:
		return false
	case policy == corev1.RestartPolicyOnFailure, container.Role == podstate.Init:
		return exitCode != 0
	}
	return true
}

// finished reports whether all main containers have ended for good: then the kubelet ends the sidecars, however they take
// it (pkg/kubelet/kuberuntime/kuberuntime_container.go, computeInitContainerActions).
func finished(c *diagnosis.Case) bool {
	if c.Pod.Status.Phase == corev1.PodFailed {
		return true
	}
	return !slices.ContainsFunc(c.Containers, func(main podstate.Container) bool {
		died := main.Status.State.Terminated
		return main.Role == podstate.Main && (died == nil || restarts(c.Pod, main, died.ExitCode))
	})
}

// afterDeletion reports whether an instance ended after its pod had been told to. The deletion's timestamp is when the
// grace period ends (apimachinery pkg/apis/meta/v1, ObjectMeta).
func afterDeletion(pod *corev1.Pod, died *corev1.ContainerStateTerminated) bool {
	if pod.DeletionTimestamp == nil {
		return false
	}
	var grace time.Duration
	if seconds := pod.DeletionGracePeriodSeconds; seconds != nil {
		grace = time.Duration(*seconds) * time.Second
	}
	told := metav1.NewTime(pod.DeletionTimestamp.Add(-grace))
	return !died.FinishedAt.Before(&told)
}

func podGrace(pod *corev1.Pod) int64 {
	if seconds := pod.Spec.TerminationGracePeriodSeconds; seconds != nil {
		return *seconds
	}
	return corev1.DefaultTerminationGracePeriodSeconds
}
