package crash

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// kind is how a container died. A death is of one kind only.
type kind int

const (
	// foreign: not a crash. It never ran, nobody knows how it ended, or the kubelet was told to end it.
	foreign kind = iota
	// asked: the kubelet ended it for a reason that is no trouble, or that another family tells.
	asked
	// memory: the kernel's OOM killer.
	memory
	// liveness and startup: the kubelet, because of a probe.
	liveness
	startup
	// signal: a signal, of which the cluster does not know who sent it.
	signal
	// exit: an exit with an error of the application's own.
	exit
	// zero: an end without an error.
	zero
)

// manner is the kind of a death, how sure it is, and the events that tell.
type manner struct {
	kind
	confidence diagnosis.Confidence
	events     []corev1.Event
}

// seccompKilled is CRI-O's reason for a container that called what its seccomp profile forbids (server/container_status.go).
const seccompKilled = "seccomp killed"

// manner classifies a death. The runtime's reason comes first; then who was seen killing; then the exit code.
//
// 137 alone never means memory: it is SIGKILL, whoever sent it.
func (d death) manner(c *diagnosis.Case) manner {
	switch d.died.Reason {
	case "OOMKilled":
		return manner{kind: memory, confidence: diagnosis.Certain}
	case seccompKilled:
		return manner{kind: signal, confidence: diagnosis.Certain}
	case "", "Error", "Completed":
	default:
		// StartError and ContainerCannotRun: it never ran. ContainerStatusUnknown and Unknown: the exit code is made up
		// (pkg/kubelet/kubelet_pods.go, convertToAPIContainerStatuses; containerd internal/cri/server/restart.go).
		return manner{}
	}
	killed, sure := d.killed(c)
	if killed.kind != foreign {
		return killed
	}
	return d.byCode(sure)
}

// byCode classifies a death that no probe has to do with by what the runtime says of its end.
func (d death) byCode(sure diagnosis.Confidence) manner {
	_, name := podstate.Signal(d.died)
	switch {
	case name != "" && !sentByOthers(name):
		return manner{kind: signal, confidence: diagnosis.Certain}
	case name != "":
		return manner{kind: signal, confidence: sure}
	case d.died.ExitCode == 0:
		return manner{kind: zero, confidence: sure}
	}
	return manner{kind: exit, confidence: sure}
}

// sentByOthers tells the signals that come from another process from those that a process brings upon itself.
func sentByOthers(name string) bool { return name == "SIGKILL" || name == "SIGTERM" }

// killable reports whether the kubelet may have ended the container: it died of a signal that the kubelet sends, or has a
// hook or a probe for which it would, and which had the time to fail. An application that is told to end may do so with
// any exit code.
func (d death) killable() bool {
	return d.byKubelet() || hasPostStart(d.Container) || d.outlived(d.Spec.LivenessProbe) || d.outlived(d.Spec.StartupProbe)
}

func hasPostStart(container podstate.Container) bool {
	return container.Spec.Lifecycle != nil && container.Spec.Lifecycle.PostStart != nil
}

// killed looks for a kill by the kubelet; the kind is foreign when there was none as far as is known, and then the
// confidence is that of saying so.
func (d death) killed(c *diagnosis.Case) (manner, diagnosis.Confidence) {
	if !d.killable() {
		return manner{}, diagnosis.Certain
	}
	events := c.ContainerEvents(d.Name(), "Killing", "FailedPostStartHook", "Unhealthy")
	if seen := d.seenKilled(events.Value); seen.kind != foreign {
		return seen, 0
	}
	if events.State == casefile.Known && d.disproved(c, events.Value) {
		return manner{}, diagnosis.Certain
	}
	return d.guessed(events.Value), diagnosis.Likely
}
