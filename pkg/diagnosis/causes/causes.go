// Package causes is the list of all rules, and with them of every cause that podkit can name.
//
// A new family is added to Families; the tests beside it say what every cause must have. Start reading at Families.
package causes

import (
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/config"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/crash"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/image"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/logs"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/probe"
)

// Family is the rules about one part of a pod's life.
type Family struct {
	// Name is a word that never changes; the family's title is the message family.NAME.
	Name  string
	Rules []diagnosis.Rule
}

// Families returns all families. Between causes that are otherwise alike, the earlier one is told first.
func Families() []Family {
	return []Family{
		{"image", image.Rules()},
		{"config", config.Rules()},
		{"crash", crash.Rules()},
		{"log", logs.Rules()},
		{"probe", probe.Rules()},
	}
}

// All returns the rules of every family.
func All() []diagnosis.Rule {
	var all []diagnosis.Rule
	for _, family := range Families() {
		all = append(all, family.Rules...)
	}
	return all
}
