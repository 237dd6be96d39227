package image

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// tellNoSpace tells of a node on whose disk the image has no room.
func tellNoSpace(c *diagnosis.Case, _ failure) diagnosis.Finding {
	name := c.Pod.Spec.NodeName
	object := diagnosis.Object{APIVersion: "v1", Kind: "Node", Name: name}
	finding := diagnosis.Finding{Object: object, Args: message.Args{"Node": name}}
	if node := c.Node(); node.State == casefile.Known {
		for _, condition := range node.Value.Status.Conditions {
			if condition.Type == corev1.NodeDiskPressure {
				finding.Evidence = append(finding.Evidence, diagnosis.Evidence{
					Source: diagnosis.Other, Object: object, Field: "status.conditions[DiskPressure]",
					Value: string(condition.Status) + ": " + condition.Reason, At: condition.LastTransitionTime.Time,
				})
			}
		}
	}
	finding.Remedies = []diagnosis.Remedy{
		c.Look("remedy.image.see-disk", message.Args{"Node": name}, "get --raw /api/v1/nodes/%s/proxy/stats/summary", name),
		diagnosis.Advice("remedy.image.free-disk", message.Args{"Node": name}),
		c.Change("remedy.image.cordon-node", message.Args{"Node": name}, "cordon %s", name),
	}
	return finding
}
