package image

import (
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// tellNotFound tells of an image that the registry says it does not have.
func tellNotFound(c *diagnosis.Case, failed failure) diagnosis.Finding {
	finding := diagnosis.Finding{Form: failed.Form, Args: message.Args{"Repository": failed.Image.repository}}
	if near := nearImage(c, failed.Image); near != "" {
		object := diagnosis.Object{APIVersion: "v1", Kind: "Node", Name: c.Pod.Spec.NodeName}
		finding.Evidence = append(finding.Evidence,
			diagnosis.Fact(diagnosis.Other, object, "evidence.image.near-image", message.Args{"Node": c.Pod.Spec.NodeName, "Image": near}))
		finding.Remedies = append(finding.Remedies, changeImage(c, failed, shellword.Text(near)))
	} else {
		finding.Remedies = append(finding.Remedies, changeImage(c, failed, anyImage))
	}
	finding.Remedies = append(finding.Remedies, rollBack(c)...)
	return finding
}

// nearImage is the image on the pod's node of which the missing one may be a misspelling: another tag of its repository, or
// a repository of the same registry with a near name. A node reports no more than 50 of its images (pkg/kubelet/nodestatus/
// setters.go, Images), so that none proves nothing.
func nearImage(c *diagnosis.Case, missing reference) string {
	node := c.Node()
	if node.State != casefile.Known {
		return ""
	}
	byName := map[string]string{}
	for _, image := range node.Value.Status.Images {
		for _, name := range image.Names {
			if on := parseReference(name); on.registry == missing.registry && on.digest == "" {
				byName[on.name()] = strings.TrimPrefix(strings.TrimPrefix(name, dockerHub+"/"), official)
			}
		}
	}
	names := make([]string, 0, len(byName))
	for name := range byName {
		names = append(names, name)
	}
	slices.Sort(names)
	sameRepository := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !strings.HasPrefix(name, missing.repository+":") })
	if near := diagnosis.Nearest(missing.name(), sameRepository); near != "" {
		return byName[near]
	}
	return byName[diagnosis.Nearest(missing.name(), names)]
}
