package diagnosis

import (
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// StateOf is the state of a container that waits or has ended, as evidence: its reason and message, or its exit code.
func StateOf(container podstate.Container) Evidence {
	field := statusField(container)
	if waiting := container.Waiting(); waiting != nil {
		return Evidence{Source: Status, Container: container.Name(), Field: field + ".state.waiting", Value: join(waiting.Reason, waiting.Message)}
	}
	return DeathOf(container)
}

// DeathOf is how the last instance of a container ended, as evidence; it is empty when none has.
func DeathOf(container podstate.Container) Evidence {
	died := container.LastDeath()
	if died == nil {
		return Evidence{}
	}
	field := statusField(container) + ".lastState.terminated"
	if container.Status.State.Terminated != nil {
		field = statusField(container) + ".state.terminated"
	}
	value := join(join(died.Reason, fmt.Sprintf("exitCode %d", died.ExitCode)), died.Message)
	return Evidence{Source: Status, Container: container.Name(), Field: field, Value: value, At: died.FinishedAt.Time}
}

func statusField(container podstate.Container) string {
	if container.Role == podstate.Main {
		return "status.containerStatuses[" + container.Name() + "]"
	}
	return "status.initContainerStatuses[" + container.Name() + "]"
}

// SpecOf is a field of a container's spec, as evidence. The field is a path below the container: env[DB_URL].valueFrom.
func SpecOf(container podstate.Container, field, value string) Evidence {
	list := "spec.containers["
	if container.Role != podstate.Main {
		list = "spec.initContainers["
	}
	return Evidence{Source: Spec, Container: container.Name(), Field: list + container.Name() + "]." + field, Value: value}
}

// EventOf is an event, as evidence.
func EventOf(event *corev1.Event) Evidence {
	object := event.InvolvedObject
	return Evidence{
		Source: Events, Reason: event.Reason, Value: strings.TrimSpace(event.Message), Times: casefile.Times(event), At: casefile.LastSeen(event),
		Object: Object{APIVersion: object.APIVersion, Kind: object.Kind, Namespace: object.Namespace, Name: object.Name, UID: string(object.UID)},
	}
}

// LineOf is a line of a log, as evidence: the i-th of those that were read, from 0. Text is the line, or several that
// belong together, separated by newlines.
func LineOf(log DeathLog, i int, text string) Evidence {
	return Evidence{
		Source: LogEnd, Container: log.Container, Object: Object{APIVersion: "v1", Kind: "Pod", Name: log.Pod},
		Value: text, At: log.Lines[i].At, Previous: log.Previous, Line: i + 1,
	}
}

// Fact is evidence in podkit's own words: what was read from an object and what is missing there.
func Fact(source Source, object Object, says string, args message.Args) Evidence {
	return Evidence{Source: source, Object: object, Says: says, Args: args}
}
