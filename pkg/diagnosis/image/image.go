package image

import (
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// The causes that one sentence of the runtime leads to.
const (
	notFoundID     = "image-not-found"
	unauthorizedID = "image-pull-unauthorized"
	unreachableID  = "image-registry-unreachable"
	tlsID          = "image-registry-tls"
	rateLimitedID  = "image-pull-rate-limited"
	platformID     = "image-platform-mismatch"
	neverPullID    = "image-never-pull"
	invalidNameID  = "image-invalid-name"
	noSpaceID      = "image-no-space"
	volumeFailedID = "image-volume-failed"
)

// teller makes the finding of a pull that failed: its words, proof and next steps. The caller fills in the rest.
type teller func(*diagnosis.Case, failure) diagnosis.Finding

// tellers are all causes of a failed pull.
var tellers = map[string]teller{
	notFoundID:     tellNotFound,
	unauthorizedID: tellUnauthorized,
	unreachableID:  tellUnreachable,
	tlsID:          tellTLS,
	rateLimitedID:  tellRateLimited,
	platformID:     tellPlatform,
	neverPullID:    tellNeverPull,
	invalidNameID:  tellInvalidName,
	noSpaceID:      tellNoSpace,
}

// Rules returns the rules of this family.
func Rules() []diagnosis.Rule {
	return []diagnosis.Rule{
		pullSecretRule(),
		pullRule("not-found", notFoundID),
		pullRule("unauthorized", unauthorizedID),
		pullRule("unreachable", unreachableID),
		pullRule("tls", tlsID),
		pullRule("rate-limit", rateLimitedID),
		pullRule("platform", platformID),
		execFormatRule(),
		pullRule("never-pull", neverPullID),
		pullRule("name", invalidNameID),
		volumeRule(),
		pullRule("space", noSpaceID),
		slowRule(),
	}
}

// pullRule is the rule about containers whose own image can't be had for one cause.
func pullRule(name, id string) diagnosis.Rule {
	check := func(c *diagnosis.Case) []diagnosis.Finding {
		var findings []diagnosis.Finding
		for _, failed := range failures(c) {
			if failed.Cause == id && failed.Volume == "" {
				findings = append(findings, tell(c, failed))
			}
		}
		return findings
	}
	return diagnosis.Rule{Name: name, Causes: []diagnosis.Cause{{ID: id, Severity: diagnosis.Error}}, Check: check}
}

// tell makes the finding of a pull whose cause is known.
func tell(c *diagnosis.Case, failed failure) diagnosis.Finding {
	finding := tellers[failed.Cause](c, failed)
	finding.ID, finding.Container = failed.Cause, failed.Container.Name()
	finding.Args["Container"] = failed.Container.Name()
	finding.Args["Image"] = failed.Image.name()
	finding.Args["Registry"] = failed.Image.registry
	finding.Args["Written"] = failed.Written
	if finding.Confidence == 0 {
		finding.Confidence = diagnosis.Certain
	}
	finding.Evidence = append(failed.Evidence, finding.Evidence...)
	return finding
}
