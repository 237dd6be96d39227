package diagnosis

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// unexplained makes findings of the states that no rule accounts for: of each container that is in a bad one, else of the
// pod. Never silence, never a guess.
func unexplained(c *Case, findings []Finding) []Finding {
	why := podstate.Why(c.Pod, c.Now())
	if why.Severity != podstate.Unhealthy {
		return rawConditions(c, findings)
	}
	about := map[string]bool{}
	for i := range findings {
		about[findings[i].Container] = true
	}
	accounted := func(container podstate.Container) bool { return about[container.Name()] || about[""] }
	if why.ID == "why.restarted" { // It runs again, and only its last death is left to be accounted for.
		container, found := c.container(why.Args["Container"].(string))
		if !found || accounted(container) {
			return nil
		}
		died := container.LastDeath()
		restarted := rawState(container, died.Reason, died.Message, DeathOf(container))
		restarted.Form = "restarted"
		return []Finding{restarted}
	}
	if c.Pod.Status.Reason != "" && len(findings) == 0 { // Who ended the pod as a whole ended its containers, too.
		return []Finding{rawPod(c)}
	}
	var left []Finding
	for _, container := range c.Containers {
		reason, text := badState(container)
		if podstate.Done(c.Pod, container) {
			continue
		}
		if reason != "" && !accounted(container) {
			left = append(left, rawState(container, reason, text, StateOf(container)))
		}
	}
	// What is said of the very container that holds the pod up accounts for it, though it be no trouble: an image that is
	// still being pulled.
	blamed := slices.ContainsFunc(findings, func(f Finding) bool { return f.Container != "" && f.Container == why.Args["Container"] })
	if len(left) > 0 || blamed || worstOf(findings) >= Warning {
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

func rawState(container podstate.Container, reason, text string, evidence Evidence) Finding {
	return Finding{
		ID: Unexplained, Severity: Error, Confidence: Certain, Container: container.Name(), Form: "container",
		Args:     message.Args{"Container": container.Name(), "Reason": reason, "Message": text},
		Evidence: []Evidence{evidence},
	}
}

// rawConditions tells the conditions of a pod that seems to be well which say by being True that something is wrong.
func rawConditions(c *Case, findings []Finding) []Finding {
	if worstOf(findings) >= Warning || c.Pod.DeletionTimestamp != nil {
		return nil
	}
	var told []Finding
	for i := range c.Pod.Status.Conditions {
		condition := &c.Pod.Status.Conditions[i]
		if !alarming(condition) {
			continue
		}
		told = append(told, Finding{
			ID: Unexplained, Severity: Warning, Confidence: Certain, Object: PodObject(c.Pod), Form: "condition",
			Args: message.Args{"Condition": string(condition.Type), "Reason": condition.Reason, "Message": strings.TrimSpace(condition.Message)},
			Evidence: []Evidence{{
				Source: Status, Field: "status.conditions[" + string(condition.Type) + "]", Value: join(condition.Reason, condition.Message), At: condition.LastTransitionTime.Time,
			}},
		})
	}
	return told
}

// alarming reports whether a condition tells of trouble by being True: a Pod that is about to be ended (KEP-3329), a resize
// that waits or cannot be done, or one that fails on its way (KEP-1287).
func alarming(condition *corev1.PodCondition) bool {
	if condition.Status != corev1.ConditionTrue {
		return false
	}
	switch condition.Type {
	case corev1.DisruptionTarget, corev1.PodResizePending:
		return true
	case corev1.PodResizeInProgress:
		return condition.Reason == corev1.PodReasonError
	}
	return false
}

// rawPod tells the state of a pod as a whole: its own reason, else that it will not go away, else the first condition that
// is not met.
func rawPod(c *Case) Finding {
	field, reason, text := "status", c.Pod.Status.Reason, c.Pod.Status.Message
	if reason == "" && c.Pod.DeletionTimestamp != nil {
		field, reason, text = "metadata.deletionTimestamp", "Terminating", strings.Join(c.Pod.Finalizers, ", ")
	}
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
		Args:     message.Args{"Reason": reason, "Message": strings.TrimSpace(text)},
		Evidence: []Evidence{{Source: Status, Field: field, Value: join(reason, text)}},
	}
}

func join(reason, text string) string {
	if text == "" {
		return reason
	}
	return reason + ": " + strings.TrimSpace(text)
}
