// Package causes is the list of all rules, and with them of every cause that podkit can name.
//
// A new family is added to All; the test beside it says what every cause must have. Start reading at All.
package causes

import (
	"slices"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/config"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/crash"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/image"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/probe"
)

// All returns the rules of every family. Between causes that are otherwise alike, the earlier one is told first.
func All() []diagnosis.Rule {
	return slices.Concat(image.Rules(), config.Rules(), crash.Rules(), probe.Rules())
}
