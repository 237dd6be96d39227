package config

import (
	"slices"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// Reasons of a container that was never started: those of a waiting one (kubernetes pkg/kubelet/container/sync_result.go
// and pkg/kubelet/kuberuntime/kuberuntime_container.go) and those of an instance that ended before it ran (containerd,
// Docker).
var (
	refusedWaiting = []string{"CreateContainerConfigError", "CreateContainerError", "RunContainerError", "PreCreateHookError", "PreStartHookError"}
	refusedEnd     = []string{"StartError", "ContainerCannotRun"}
)

// symptoms are what a container that cannot be started shows.
func symptoms() []string {
	return []string{"app-exit", "init-failed", "sidecar-failed", "restarts-high", "container-created-not-started"}
}

// refusal is a container that could not be started, and what the words for it mean.
type refusal struct {
	fault
	podstate.Container
	proof diagnosis.Evidence
}

// refusals returns the containers that cannot be started for a cause. One that runs has got over it.
func refusals(c *diagnosis.Case, id string) []refusal {
	var found []refusal
	for _, container := range c.Containers {
		text, proof := refusedWith(container)
		if fault, ok := classify(text); ok && fault.id == id {
			found = append(found, refusal{fault, container, proof})
		}
	}
	return found
}

// refusedWith returns what the status says of a start that failed.
func refusedWith(container podstate.Container) (string, diagnosis.Evidence) {
	if waiting := container.Waiting(); waiting != nil && waiting.Message != "" && slices.Contains(refusedWaiting, waiting.Reason) {
		return waiting.Message, diagnosis.StateOf(container)
	}
	died := container.LastDeath()
	if container.Running() == nil && died != nil && slices.Contains(refusedEnd, died.Reason) {
		return died.Message, diagnosis.DeathOf(container)
	}
	return "", diagnosis.Evidence{}
}

// startRule is a rule for one cause of failed starts: tell makes the finding of a container, all but its id and name.
func startRule(id string, tell func(*diagnosis.Case, refusal) diagnosis.Finding) diagnosis.Rule {
	check := func(c *diagnosis.Case) []diagnosis.Finding {
		var findings []diagnosis.Finding
		for _, refused := range refusals(c, id) {
			finding := tell(c, refused)
			finding.ID, finding.Container, finding.Confidence = id, refused.Name(), diagnosis.Certain
			findings = append(findings, finding)
		}
		return findings
	}
	return diagnosis.Rule{Name: id, Causes: []diagnosis.Cause{{ID: id, Severity: diagnosis.Error, Explains: symptoms()}}, Check: check}
}
