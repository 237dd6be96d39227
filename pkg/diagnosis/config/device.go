package config

import (
	"regexp"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// deviceRule finds devices that a node does not have or can't give.
func deviceRule() diagnosis.Rule {
	rule := startRule(deviceMissing, tellDevice)
	start := rule.Check
	rule.Check = func(c *diagnosis.Case) []diagnosis.Finding { return append(start(c), deviceRefused(c)...) }
	return rule
}

func tellDevice(c *diagnosis.Case, refused refusal) diagnosis.Finding {
	args := message.Args{"Container": refused.Name(), "Device": strings.TrimSpace(refused.subject), "Node": c.Pod.Spec.NodeName}
	finding := diagnosis.Finding{Form: refused.form, Args: args, Evidence: []diagnosis.Evidence{refused.proof}}
	for i := range c.Pod.Spec.Volumes {
		if host := c.Pod.Spec.Volumes[i].HostPath; host != nil && host.Path == refused.subject {
			field := "spec.volumes[" + c.Pod.Spec.Volumes[i].Name + "].hostPath.path"
			finding.Evidence = append(finding.Evidence, diagnosis.Evidence{Source: diagnosis.Spec, Field: field, Value: host.Path})
		}
	}
	finding.Remedies = []diagnosis.Remedy{seeNode(c), diagnosis.Advice("remedy.config.device", args)}
	return finding
}

var (
	// What the kubelet's device manager says when it does not admit a pod (kubernetes
	// pkg/kubelet/cm/admission/errors.go, and pkg/kubelet/cm/devicemanager/manager.go, devicesToAllocate).
	allocateFailed = regexp.MustCompile(`Allocate failed due to (.+?),? which is unexpected`)
	extended       = regexp.MustCompile(`[-.a-zA-Z0-9]+/[-._a-zA-Z0-9]*[a-zA-Z0-9]`)
)

// deviceRefused finds a pod that the kubelet did not admit since no device could be allocated. It is not tried again: the
// pod has failed.
func deviceRefused(c *diagnosis.Case) []diagnosis.Finding {
	match := allocateFailed.FindStringSubmatch(c.Pod.Status.Message)
	if c.Pod.Status.Reason != "UnexpectedAdmissionError" || match == nil {
		return nil
	}
	resource := extended.FindString(match[1])
	if resource == "" && !strings.Contains(match[1], "device") {
		return nil
	}
	args := message.Args{"Container": "", "Device": resource, "Node": c.Pod.Spec.NodeName}
	finding := diagnosis.Finding{
		ID: deviceMissing, Form: "allocate", Confidence: diagnosis.Certain, Args: args,
		Evidence: []diagnosis.Evidence{{Source: diagnosis.Status, Field: "status.message", Value: c.Pod.Status.Message}},
		Remedies: []diagnosis.Remedy{seeNode(c), diagnosis.Advice("remedy.config.device-plugin", args)},
	}
	for _, container := range c.Containers {
		if limit, found := container.Spec.Resources.Limits[corev1.ResourceName(resource)]; found {
			finding.Evidence = append(finding.Evidence, diagnosis.SpecOf(container, "resources.limits["+resource+"]", limit.String()))
		}
	}
	return []diagnosis.Finding{finding}
}

func seeNode(c *diagnosis.Case) diagnosis.Remedy {
	return c.Look("remedy.config.see-node", message.Args{"Node": c.Pod.Spec.NodeName}, "describe node %s", c.Pod.Spec.NodeName)
}
