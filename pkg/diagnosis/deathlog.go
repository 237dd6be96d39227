package diagnosis

import (
	"errors"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// DeathLog is what an instance of a container wrote before it died.
type DeathLog struct {
	casefile.Log
	// Pod is the replica whose log was read. Of replicas that died alike one is read for all; it is the case's own pod
	// when the log is its own.
	Pod       string
	Container string
	Previous  bool
}

// Own reports whether the log is that of the case's own pod and not of a replica that died alike.
func (c *Case) Own(log DeathLog) bool { return log.Pod == c.Pod.Name }

// slack is how far a line's time may lie behind the end of its container where a later instance may have written it: the runtime
// notes both, the line when it gets to it (containerd internal/cri/io/logger.go), which on a busy node may be seconds later.
const slack = 2 * time.Second

// young is how long an instance has run at most that may well have died between the reading of its pod and that of its log.
const young = 10 * time.Second

// DeathLog returns the end of the log of the instance that died last. It is Absent when no instance has, or when the
// kubelet keeps none. A crash loop goes on between the reading of the pod and that of the log: the previous log is always that
// of a dead instance, and of the newest log see newest. The previous one that is gone was that of the instance before a newer
// death, since the kubelet keeps one dead instance of a container (pkg/kubelet/pod_container_deletor.go,
// --maximum-dead-containers-per-container); the newest log tells of the newer death then.
func (c *Case) DeathLog(name string) casefile.Answer[DeathLog] {
	own, found := c.container(name)
	if !found {
		return casefile.Unanswered[DeathLog](casefile.Absent, nil)
	}
	pod, container := c.alike.of(c.Pod, own)
	if container.LastDeath() == nil {
		return casefile.Unanswered[DeathLog](casefile.Absent, nil)
	}
	if !container.DeadLogIsPrevious() {
		return c.newest(pod, container)
	}
	answer := c.log(pod, container, true)
	if errors.Is(answer.Err, casefile.ErrLogLost) && (container.Running() == nil || c.Since(container.Running().StartedAt) <= young) {
		if newer := c.log(pod, container, false); newer.State == casefile.NotYet || len(newer.Value.Lines) > 0 {
			return newer
		}
	}
	return answer
}

// newest is the newest log of a container that was down when its pod was read. Where a later instance may have been started
// since, lines that were written after the death are left out; are none left, the dead one's log is the previous one. Is there
// no previous one, none was started, and the lines are the dead one's own, however late.
func (c *Case) newest(pod *corev1.Pod, container podstate.Container) casefile.Answer[DeathLog] {
	died := container.LastDeath()
	answer := c.log(pod, container, false)
	if answer.State != casefile.Known || !podstate.RestartsAfter(pod, container.Name(), died) {
		return answer
	}
	lines := until(died.FinishedAt, answer.Value.Lines)
	if len(lines) == 0 {
		switch previous := c.log(pod, container, true); {
		case previous.State == casefile.NotYet || len(previous.Value.Lines) > 0:
			return previous
		case previous.State == casefile.Absent:
			return answer
		}
	}
	answer.Value.Lines = lines
	return answer
}

func (c *Case) log(pod *corev1.Pod, container podstate.Container, previous bool) casefile.Answer[DeathLog] {
	answer := c.file.Log(c.ask(casefile.LogOf(pod.Namespace, pod.Name, container.Name(), previous)))
	if answer.State != casefile.Known {
		return casefile.Unanswered[DeathLog](answer.State, answer.Err)
	}
	return casefile.Answered(DeathLog{Log: answer.Value, Pod: pod.Name, Container: container.Name(), Previous: previous})
}

// until leaves out the lines that were written after a death.
func until(end metav1.Time, lines []casefile.LogLine) []casefile.LogLine {
	return slices.DeleteFunc(slices.Clone(lines), func(line casefile.LogLine) bool {
		return !end.IsZero() && line.At.After(end.Add(slack))
	})
}

// death is what replicas must have in common for one's log to stand for the others': they are of one owner, and the
// container died in the same way.
type death struct {
	owner, container, image, reason string
	exitCode                        int32
}

// replica is a container of one of several pods that died alike.
type replica struct {
	pod *corev1.Pod
	podstate.Container
}

// deathsAlike finds the replica that stands for each: the first of those that died alike.
type deathsAlike map[death]replica

func (d deathsAlike) add(pod *corev1.Pod) {
	for _, container := range podstate.Containers(pod) {
		if key, ok := deathOf(pod, container); ok && d[key].pod == nil {
			d[key] = replica{pod, container}
		}
	}
}

func (d deathsAlike) of(pod *corev1.Pod, container podstate.Container) (*corev1.Pod, podstate.Container) {
	key, ok := deathOf(pod, container)
	if !ok || d[key].pod == nil {
		return pod, container
	}
	return d[key].pod, d[key].Container
}

func deathOf(pod *corev1.Pod, container podstate.Container) (death, bool) {
	died := container.LastDeath()
	if died == nil {
		return death{}, false
	}
	owner := string(pod.UID)
	for _, reference := range pod.OwnerReferences {
		if reference.Controller != nil && *reference.Controller {
			owner = string(reference.UID)
		}
	}
	return death{owner, container.Name(), container.Spec.Image, died.Reason, died.ExitCode}, true
}
