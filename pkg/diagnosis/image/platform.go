package image

import (
	"regexp"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// The runtimes' ways to name a platform: CRI-O's (containers/image manifest list), its older one, and Docker's.
var (
	wantedParts  = regexp.MustCompile(`for architecture "?([a-z0-9_]+)"?.*OS "?([a-z]+)"?`)
	mismatched   = regexp.MustCompile(`image uses "(\w+)", expecting "(\w+)"`)
	wantedActual = regexp.MustCompile(`wanted ([\w/]+), actual: ([\w/]+)`)
	wantedWhole  = regexp.MustCompile(`no matching manifest for ([\w/]+)`)
	otherOS      = regexp.MustCompile(`operating system "(\w+)" cannot be used`)
)

// tellPlatform tells of an image that was not built for the node's operating system and architecture.
func tellPlatform(c *diagnosis.Case, failed failure) diagnosis.Finding {
	wanted, has := platformsIn(failed.Text)
	finding := diagnosis.Finding{}
	if node := c.Node(); node.State == casefile.Known {
		info := node.Value.Status.NodeInfo
		wanted = info.OperatingSystem + "/" + info.Architecture
		finding.Evidence = append(finding.Evidence, platformOf(node.Value.Name, wanted))
	}
	finding.Args = message.Args{"Platform": wanted, "Has": has}
	build := diagnosis.Advice("remedy.image.build-platform", message.Args{"Platform": wanted})
	finding.Remedies = []diagnosis.Remedy{build, seeArchitectures(c), edit(c, "remedy.image.choose-architecture", nil)}
	return finding
}

// platformsIn returns the platform that was asked for and that which the image has, as far as an error tells them.
func platformsIn(text string) (wanted, has string) {
	if match := wantedParts.FindStringSubmatch(text); match != nil {
		return match[2] + "/" + match[1], ""
	}
	if match := mismatched.FindStringSubmatch(text); match != nil {
		return match[2], match[1]
	}
	if match := wantedActual.FindStringSubmatch(text); match != nil {
		return match[1], match[2]
	}
	first := func(match []string) string { return append(match, "", "")[1] }
	return first(wantedWhole.FindStringSubmatch(text)), first(otherOS.FindStringSubmatch(text))
}

// platformOf is a node's platform, as evidence.
func platformOf(node, platform string) diagnosis.Evidence {
	return diagnosis.Evidence{
		Source: diagnosis.Other, Object: diagnosis.Object{APIVersion: "v1", Kind: "Node", Name: node},
		Field: "status.nodeInfo", Value: platform,
	}
}
