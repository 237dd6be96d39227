package image

import (
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// tellNeverPull tells of an image that the kubelet may not pull and that is not on the node.
func tellNeverPull(c *diagnosis.Case, failed failure) diagnosis.Finding {
	finding := diagnosis.Finding{Args: message.Args{}, Evidence: []diagnosis.Evidence{
		diagnosis.SpecOf(failed.Container, "imagePullPolicy", string(failed.Container.Spec.ImagePullPolicy)),
	}}
	if failed.Volume != "" {
		finding.Evidence = []diagnosis.Evidence{{Source: diagnosis.Spec, Field: "spec.volumes[" + failed.Volume + "].image.pullPolicy", Value: "Never"}}
	}
	load := diagnosis.Advice("remedy.image.load-image", message.Args{"Image": failed.Written, "Node": c.Pod.Spec.NodeName})
	finding.Remedies = []diagnosis.Remedy{edit(c, "remedy.image.allow-pull", nil), load}
	return finding
}

// tellInvalidName tells of a reference that is none, or that the node can't lead to a registry.
func tellInvalidName(c *diagnosis.Case, failed failure) diagnosis.Finding {
	form, meant := flaw(failed.Written)
	if failed.Form != "" {
		form, meant = failed.Form, ""
	}
	_, detail, _ := strings.Cut(failed.Text, "invalid reference format: ")
	finding := diagnosis.Finding{Form: form, Args: message.Args{"Detail": detail}}
	if failed.Volume == "" {
		finding.Evidence = []diagnosis.Evidence{diagnosis.SpecOf(failed.Container, "image", failed.Written)}
	}
	image := shellword.Text(meant)
	if meant == "" {
		image = anyImage
	}
	change := changeImage(c, failed, image)
	if failed.Form != "" { // In words only: what comes after a placeholder would be a file to a shell.
		change.Args["Image"] = shellword.Placeholder("registry").And(shellword.Text("/" + failed.Written)).String()
		change.Args["Known"] = true
	}
	finding.Remedies = []diagnosis.Remedy{change}
	return finding
}

// flaw tells what is wrong with a reference, and what was most likely meant where that is plain.
func flaw(written string) (form, meant string) {
	switch _, rest, found := strings.Cut(written, "://"); {
	case strings.TrimSpace(written) == "":
		return "", ""
	case found:
		return "scheme", rest
	case strings.ContainsAny(written, "${}"):
		return "variable", ""
	case strings.ContainsAny(written, " \t\n"):
		return "space", ""
	case strings.HasSuffix(written, ":"):
		return "no-tag", ""
	case strings.ToLower(parseReference(written).repository) != parseReference(written).repository:
		repository := parseReference(written).repository
		return "upper-case", strings.Replace(written, repository, strings.ToLower(repository), 1)
	}
	return "", ""
}
