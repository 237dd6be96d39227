package image

import (
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// tellRateLimited tells of a registry, or a kubelet, that has had too many pulls.
func tellRateLimited(c *diagnosis.Case, failed failure) diagnosis.Finding {
	finding := diagnosis.Finding{Form: failed.Form, Args: message.Args{}}
	if failed.Form == formKubelet {
		finding.Remedies = []diagnosis.Remedy{diagnosis.Advice("remedy.image.raise-pull-qps", message.Args{"Node": c.Pod.Spec.NodeName})}
		return finding
	}
	if len(pullSecrets(c.Pod.Spec.ImagePullSecrets)) == 0 {
		finding.Evidence = []diagnosis.Evidence{{Source: diagnosis.Spec, Field: "spec.imagePullSecrets", Says: "evidence.image.no-pull-secret"}}
		finding.Remedies = []diagnosis.Remedy{createPullSecret(c, anySecret, failed.Image.registry), namePullSecret(c, anySecret)}
	}
	finding.Remedies = append(finding.Remedies, diagnosis.Advice("remedy.image.use-mirror", message.Args{"Registry": failed.Image.registry}))
	return finding
}
