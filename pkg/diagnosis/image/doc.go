// Package image holds rules.
package image

import "github.com/kubectl-podkit/podkit/pkg/diagnosis"

// Rules returns the rules of this family.
func Rules() []diagnosis.Rule { return nil }
