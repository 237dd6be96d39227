// Package probe holds rules.
package probe

import "github.com/kubectl-podkit/podkit/pkg/diagnosis"

// Rules returns the rules of this family.
func Rules() []diagnosis.Rule { return nil }
