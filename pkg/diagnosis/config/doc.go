// Package config holds the rules for containers that cannot be started as they are configured: what they refer to does not
// exist, or what they ask of the image, the runtime or the node cannot be had.
//
// The kubelet's and the runtime's own words decide; classify knows those of failed starts, lacksIn those of missing
// ConfigMaps, Secrets and keys. The spec then tells which of its fields asks for it. Start reading at Rules.
package config

import "github.com/kubectl-podkit/podkit/pkg/diagnosis"

// Rules returns the rules of this family.
func Rules() []diagnosis.Rule {
	return []diagnosis.Rule{
		objectRule(),
		startRule(runAsNonRoot, tellUser),
		commandRule(),
		startRule(workingDirInvalid, tellDirectory),
		startRule(mountPathConflict, tellMount),
		profileRule(),
		deviceRule(),
		hookRule(),
	}
}
