package action

import (
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// Instance is which run of a container is meant: each restart makes a new one, and the kubelet keeps the log of the
// newest and of the one before.
type Instance int

// The instances that can be asked for.
const (
	// Telling is the instance that tells most: the current one, or the previous one when the container died and is
	// waiting to be restarted.
	Telling Instance = iota
	// Current is the instance that runs, or the one that ran last.
	Current
	// Previous is the instance before the current one, as with kubectl's --previous.
	Previous
)

// young is the age below which a restarted container is taken to have said too little to explain its restart.
const young = time.Minute

// started reports whether a container has run at all, so that there can be a log.
func started(status corev1.ContainerStatus) bool {
	return status.State.Running != nil || status.State.Terminated != nil || status.LastTerminationState.Terminated != nil
}

// resolve settles which instance to read. The kubelet itself reads the dead instance of a container that waits, but
// by the time it is asked the next one may be running, whose log says nothing yet of the death
// (kubernetes pkg/kubelet/kubelet_pods.go, validateContainerLogStatus); so the previous one is asked for by name.
func (i Instance) resolve(status corev1.ContainerStatus) Instance {
	if i != Telling {
		return i
	}
	if status.State.Running == nil && status.State.Terminated == nil && status.LastTerminationState.Terminated != nil {
		return Previous
	}
	return Current
}

// instanceNotes tell which instance was chosen where the user might expect the other.
func instanceNotes(pod *corev1.Pod, container string, wanted Instance, now time.Time) []Note {
	status := statusOf(pod, container)
	death := status.LastTerminationState.Terminated
	if wanted != Telling || death == nil {
		return nil
	}
	args := message.Args{
		"Container": container, "Pod": pod.Name, "Death": podstate.Death(death), "Ago": age(now, death.FinishedAt.Time),
	}
	if wanted.resolve(status) == Previous {
		args["State"] = stateWord(status.State)
		return []Note{{ID: "logs.previous", Args: args}}
	}
	if running := status.State.Running; running != nil && now.Sub(running.StartedAt.Time) < young {
		args["Since"] = age(now, running.StartedAt.Time)
		return []Note{{ID: "logs.restarted", Args: args}}
	}
	return nil
}

// stateWord is the short form of a waiting state, for example "CrashLoopBackOff".
func stateWord(state corev1.ContainerState) string {
	if state.Waiting != nil && state.Waiting.Reason != "" {
		return state.Waiting.Reason
	}
	return "Waiting"
}

// age is the time between two moments as kubectl shows it; "?" when the kubelet did not say when.
func age(now, then time.Time) string {
	if then.IsZero() {
		return "?"
	}
	return duration.HumanDuration(max(now.Sub(then), 0))
}
