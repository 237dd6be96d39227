package diagnosis

import (
	"slices"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// unexplained makes findings of the states that no rule accounts for: of each container that is in a bad one, else of the
// pod. Never silence, never a guess.
func unexplained(c *Case, findings []Finding) []Finding {
	if podstate.Why(c.Pod, c.Now()).Severity != podstate.Unhealthy {
		return nil
	}
	var left []Finding
	for _, container := range c.Containers {
		reason, text := badState(container)
		explained := slices.ContainsFunc(findings, func(f Finding) bool { return f.Container == container.Name() || f.Container == "" })
		if reason != "" && !explained {
			left = append(left, rawState(container.Name(), reason, text))
		}
	}
	if len(left) > 0 || worstOf(findings) >= Warning {
		return left
	}
	return []Finding{rawPod(c)}
}

// badState returns the raw reason and message of a container that is down and says why.
func badState(container podstate.Container) (reason, text string) {
	switch waiting, died := container.Waiting(), container.Status.State.Terminated; {
	case waiting != nil && !slices.Contains([]string{"", "ContainerCreating", "PodInitializing"}, waiting.Reason):
		return waiting.Reason, waiting.Message
	case died != nil && died.ExitCode != 0:
		return died.Reason, died.Message
	}
	return "", ""
}

func rawState(container, reason, text string) Finding {
	return Finding{
		ID: Unexplained, Severity: Error, Confidence: Certain, Container: container, Form: "container",
		Args:     message.Args{"Container": container, "Reason": reason, "Message": text},
		Evidence: []Evidence{{Source: Status, Container: container, Field: "status.containerStatuses[" + container + "].state", Value: join(reason, text)}},
	}
}

// rawPod tells the state of a pod as a whole: its own reason, else the first condition that is not met.
func rawPod(c *Case) Finding {
	field, reason, text := "status", c.Pod.Status.Reason, c.Pod.Status.Message
	for _, condition := range c.Pod.Status.Conditions {
		if reason == "" && condition.Status != "True" && condition.Reason != "" {
			field, reason, text = "status.conditions["+string(condition.Type)+"]", condition.Reason, condition.Message
		}
	}
	if reason == "" {
		field, reason = "status.phase", string(c.Pod.Status.Phase)
	}
	return Finding{
		ID: Unexplained, Severity: Error, Confidence: Certain, Object: PodObject(c.Pod),
		Args:     message.Args{"Reason": reason, "Message": text},
		Evidence: []Evidence{{Source: Status, Field: field, Value: join(reason, text)}},
	}
}

func join(reason, text string) string {
	if text == "" {
		return reason
	}
	return reason + ": " + text
}
