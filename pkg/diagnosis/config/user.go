package config

import (
	"fmt"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// tellUser makes the finding of a container that must not run as root, and would or might.
func tellUser(c *diagnosis.Case, refused refusal) diagnosis.Finding {
	field, demand := nonRootDemand(refused.Container)
	args := message.Args{
		"Container": refused.Name(), "Image": refused.Spec.Image, "User": refused.subject, "Field": field, "Workload": c.Workload().String(),
	}
	finding := diagnosis.Finding{Form: refused.form, Args: args, Evidence: []diagnosis.Evidence{refused.proof, demand}}
	if refused.form == "zero" {
		finding.Evidence = append(finding.Evidence, rootUser(c, refused.Container))
		finding.Remedies = []diagnosis.Remedy{c.EditWorkload()}
		return finding
	}
	set := c.EditWorkload()
	set.ID, set.Args = "remedy.config.run-as-user", args
	finding.Remedies = []diagnosis.Remedy{set, diagnosis.Advice("remedy.config.image-user", args)}
	return finding
}

// nonRootDemand is where runAsNonRoot stands that counts: a container's own goes before the pod's (kubernetes
// pkg/securitycontext/util.go, DetermineEffectiveSecurityContext).
func nonRootDemand(container podstate.Container) (string, diagnosis.Evidence) {
	if own := container.Spec.SecurityContext; own != nil && own.RunAsNonRoot != nil {
		evidence := diagnosis.SpecOf(container, "securityContext.runAsNonRoot", fmt.Sprint(*own.RunAsNonRoot))
		return evidence.Field, evidence
	}
	const field = "spec.securityContext.runAsNonRoot"
	return field, diagnosis.Evidence{Source: diagnosis.Spec, Field: field, Value: "true"}
}

// rootUser is where runAsUser stands that counts.
func rootUser(c *diagnosis.Case, container podstate.Container) diagnosis.Evidence {
	if own := container.Spec.SecurityContext; own != nil && own.RunAsUser != nil {
		return diagnosis.SpecOf(container, "securityContext.runAsUser", fmt.Sprint(*own.RunAsUser))
	}
	value := ""
	if own := c.Pod.Spec.SecurityContext; own != nil && own.RunAsUser != nil {
		value = fmt.Sprint(*own.RunAsUser)
	}
	return diagnosis.Evidence{Source: diagnosis.Spec, Field: "spec.securityContext.runAsUser", Value: value}
}
