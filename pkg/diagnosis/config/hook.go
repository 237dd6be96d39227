package config

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

const hookFailed = "lifecycle-hook-failed"

// hookRule finds lifecycle hooks that fail. The kubelet kills a container whose postStart hook failed (kubernetes
// pkg/kubelet/kuberuntime/kuberuntime_container.go, startContainer); a preStop hook that fails only cuts the farewell
// short, so it is told while the pod goes.
func hookRule() diagnosis.Rule {
	explains := append(symptoms(), "app-signal", "exits-zero-restarts")
	return diagnosis.Rule{
		Name:   "hook",
		Causes: []diagnosis.Cause{{ID: hookFailed, Severity: diagnosis.Error, Explains: explains}},
		Check: func(c *diagnosis.Case) []diagnosis.Finding {
			var findings []diagnosis.Finding
			for _, container := range c.Containers {
				findings = append(findings, failedHooks(c, container)...)
			}
			return findings
		},
	}
}

func failedHooks(c *diagnosis.Case, container podstate.Container) []diagnosis.Finding {
	hooks := container.Spec.Lifecycle
	switch {
	case hooks == nil:
		return nil
	case c.Pod.DeletionTimestamp != nil:
		return preStopFailed(c, container, hooks.PreStop)
	case hooks.PostStart == nil || container.Running() != nil:
		return nil
	}
	proof, found := postStartFailed(c, container)
	if !found {
		return nil
	}
	finding := tellHook(container, "postStart", hooks.PostStart, proof)
	finding.Remedies = []diagnosis.Remedy{c.SeeLog(container.Name()), c.EditWorkload()}
	return []diagnosis.Finding{finding}
}

// postStartFailed returns the proof that a postStart hook failed: the container's own state for a moment, then the event
// of the instance that died last. The hook's output is in the state, and in the events of older kubelets.
func postStartFailed(c *diagnosis.Case, container podstate.Container) (diagnosis.Evidence, bool) {
	if waiting := container.Waiting(); waiting != nil && waiting.Reason == "PostStartHookError" {
		return diagnosis.StateOf(container), true
	}
	died := container.LastDeath()
	if died == nil {
		return diagnosis.Evidence{}, false
	}
	const slack = 2 * time.Second
	events := c.ContainerEvents(container.Name(), "FailedPostStartHook", "Killing").Value
	for i := range events {
		seen := casefile.LastSeen(&events[i])
		ofHook := events[i].Reason != "Killing" || events[i].Message == "FailedPostStartHook"
		if ofHook && !seen.Before(died.StartedAt.Add(-slack)) && !seen.After(died.FinishedAt.Add(slack)) {
			return diagnosis.EventOf(&events[i]), true
		}
	}
	return diagnosis.Evidence{}, false
}

func preStopFailed(c *diagnosis.Case, container podstate.Container, hook *corev1.LifecycleHandler) []diagnosis.Finding {
	if hook == nil {
		return nil
	}
	events := c.ContainerEvents(container.Name(), "FailedPreStopHook").Value
	if len(events) == 0 {
		return nil
	}
	finding := tellHook(container, "preStop", hook, diagnosis.EventOf(&events[len(events)-1]))
	finding.Severity, finding.Form = diagnosis.Warning, "prestop"
	finding.Remedies = []diagnosis.Remedy{c.EditWorkload()}
	return []diagnosis.Finding{finding}
}

// exited is how the runtime tells the exit code of a command (kubernetes k8s.io/cri-client, ExecSync).
var exited = regexp.MustCompile(`exited with (\d+)`)

func tellHook(container podstate.Container, name string, hook *corev1.LifecycleHandler, proof diagnosis.Evidence) diagnosis.Finding {
	code := ""
	if match := exited.FindStringSubmatch(proof.Value); match != nil {
		code = match[1]
	}
	words := hookWords(hook)
	return diagnosis.Finding{
		ID: hookFailed, Confidence: diagnosis.Certain, Container: container.Name(),
		Args:     message.Args{"Container": container.Name(), "Hook": short(words), "Code": code},
		Evidence: []diagnosis.Evidence{proof, diagnosis.SpecOf(container, "lifecycle."+name, words)},
	}
}

// hookWords is what a hook does, in the words of its spec.
func hookWords(hook *corev1.LifecycleHandler) string {
	switch {
	case hook.Exec != nil:
		return strings.Join(hook.Exec.Command, " ")
	case hook.HTTPGet != nil:
		return fmt.Sprintf("GET %s:%s%s", hook.HTTPGet.Host, hook.HTTPGet.Port.String(), hook.HTTPGet.Path)
	case hook.Sleep != nil:
		return fmt.Sprintf("sleep %d", hook.Sleep.Seconds)
	}
	return ""
}

// short cuts what is too long for a sentence; the evidence has the whole.
func short(text string) string {
	const most = 80
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "..."
	}
	return text
}
