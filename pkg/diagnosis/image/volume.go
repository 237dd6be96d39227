package image

import (
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// volumeRule is the rule about volumes that are made from an image (KEP-4639), when that image can't be had: the cause is
// the same as for a container's image, and so is what can be done.
func volumeRule() diagnosis.Rule {
	return diagnosis.Rule{
		Name: "volume", Causes: []diagnosis.Cause{{ID: volumeFailedID, Severity: diagnosis.Error}},
		Check: func(c *diagnosis.Case) []diagnosis.Finding {
			var findings []diagnosis.Finding
			for _, failed := range failures(c) {
				if failed.Volume != "" && failed.Cause != "" {
					findings = append(findings, tellVolume(c, failed))
				}
			}
			return findings
		},
	}
}

func tellVolume(c *diagnosis.Case, failed failure) diagnosis.Finding {
	finding := tell(c, failed)
	finding.ID, finding.Form = volumeFailedID, strings.TrimPrefix(failed.Cause, "image-")
	finding.Args["Volume"] = failed.Volume
	finding.Evidence = append(finding.Evidence, diagnosis.Evidence{
		Source: diagnosis.Spec, Field: "spec.volumes[" + failed.Volume + "].image.reference", Value: failed.Written,
	})
	return finding
}
