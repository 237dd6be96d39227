package config

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// profileRule finds seccomp and AppArmor profiles that a node does not have, and SELinux labels that it refuses.
func profileRule() diagnosis.Rule {
	rule := startRule(profileMissing, tellProfile)
	start := rule.Check
	rule.Check = func(c *diagnosis.Case) []diagnosis.Finding { return append(start(c), profileRejected(c)...) }
	return rule
}

func tellProfile(c *diagnosis.Case, refused refusal) diagnosis.Finding {
	field, profile := profileOf(c.Pod, refused.Container, refused.form)
	name := refused.subject
	if name == "" {
		name = profile
	}
	finding := profileFinding(c, refused.form, name)
	finding.Args["Container"] = refused.Name()
	finding.Evidence = []diagnosis.Evidence{refused.proof}
	if field != "" {
		finding.Evidence = append(finding.Evidence, diagnosis.Evidence{Source: diagnosis.Spec, Container: refused.Name(), Field: field, Value: profile})
	}
	return finding
}

// profileRejected finds a pod that the kubelet did not admit since its node can't enforce AppArmor (kubernetes
// pkg/kubelet/lifecycle/handlers.go, appArmorAdmitHandler).
func profileRejected(c *diagnosis.Case) []diagnosis.Finding {
	if c.Pod.Status.Reason != "AppArmor" {
		return nil
	}
	fault, ok := classify(c.Pod.Status.Message)
	if !ok || fault.id != profileMissing {
		return nil
	}
	finding := profileFinding(c, fault.form, fault.subject)
	finding.ID, finding.Confidence = profileMissing, diagnosis.Certain
	finding.Args["Container"] = ""
	finding.Evidence = []diagnosis.Evidence{{Source: diagnosis.Status, Field: "status.message", Value: c.Pod.Status.Message}}
	for _, container := range c.Containers {
		if field, profile := profileOf(c.Pod, container, fault.form); field != "" {
			finding.Evidence = append(finding.Evidence, diagnosis.Evidence{Source: diagnosis.Spec, Field: field, Value: profile})
			break
		}
	}
	return []diagnosis.Finding{finding}
}

func profileFinding(c *diagnosis.Case, form, profile string) diagnosis.Finding {
	args := message.Args{"Node": c.Pod.Spec.NodeName, "Profile": profile, "Workload": c.Workload().String()}
	finding := diagnosis.Finding{Form: form, Args: args, Remedies: []diagnosis.Remedy{c.EditWorkload()}}
	if form != "selinux" {
		finding.Remedies = []diagnosis.Remedy{diagnosis.Advice("remedy.config.install-"+form, args), c.EditWorkload()}
	}
	return finding
}

// profileOf returns the field of the spec that asks for a profile, and what it asks for: a container's own goes before the
// pod's.
func profileOf(pod *corev1.Pod, container podstate.Container, form string) (field, profile string) {
	own, shared := container.Spec.SecurityContext, pod.Spec.SecurityContext
	list := diagnosis.SpecOf(container, "securityContext.", "").Field
	if own == nil {
		own = &corev1.SecurityContext{}
	}
	if shared == nil {
		shared = &corev1.PodSecurityContext{}
	}
	switch {
	case form == "seccomp" && own.SeccompProfile != nil:
		return list + "seccompProfile", asked(string(own.SeccompProfile.Type), own.SeccompProfile.LocalhostProfile)
	case form == "seccomp" && shared.SeccompProfile != nil:
		return "spec.securityContext.seccompProfile", asked(string(shared.SeccompProfile.Type), shared.SeccompProfile.LocalhostProfile)
	case form == "selinux" && own.SELinuxOptions != nil:
		return list + "seLinuxOptions", own.SELinuxOptions.Type + " " + own.SELinuxOptions.Level
	case form == "selinux" && shared.SELinuxOptions != nil:
		return "spec.securityContext.seLinuxOptions", shared.SELinuxOptions.Type + " " + shared.SELinuxOptions.Level
	case form == "seccomp", form == "selinux":
		return "", ""
	case own.AppArmorProfile != nil:
		return list + "appArmorProfile", asked(string(own.AppArmorProfile.Type), own.AppArmorProfile.LocalhostProfile)
	case shared.AppArmorProfile != nil:
		return "spec.securityContext.appArmorProfile", asked(string(shared.AppArmorProfile.Type), shared.AppArmorProfile.LocalhostProfile)
	}
	annotation := corev1.DeprecatedAppArmorBetaContainerAnnotationKeyPrefix + container.Name()
	if value := pod.Annotations[annotation]; value != "" {
		return "metadata.annotations[" + annotation + "]", value
	}
	return "", ""
}

// asked is a profile as the spec names it: its type, and the file's or the profile's name.
func asked(kind string, name *string) string {
	if name == nil {
		return kind
	}
	return kind + " " + *name
}
