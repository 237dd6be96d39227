package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	rbacv1 "k8s.io/api/rbac/v1"

	"github.com/kubectl-podkit/podkit/pkg/access"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// CheckState is how a check went.
type CheckState string

// The states of a check.
const (
	// CheckOK: it is as it should be.
	CheckOK CheckState = "ok"
	// CheckNote: it is worth knowing, and no mistake.
	CheckNote CheckState = "note"
	// CheckWarning: podkit works, and something should be mended.
	CheckWarning CheckState = "warning"
	// CheckError: podkit cannot work so.
	CheckError CheckState = "error"
)

// Check is one thing that was looked at.
type Check struct {
	// Area is the part of the checkup: the heading is the message doctor.area-<Area>. Name tells the check from others.
	Area, Name string
	State      CheckState
	// Says and Args are the message that tells what was found, and what to do.
	Says string
	Args message.Args
}

// Checkup is what was found out about podkit's own surroundings and its user's rights.
type Checkup struct {
	TakenAt time.Time
	// Namespace is where the rights were asked for; empty means all of them. User is empty when the server did not say.
	Namespace, User string
	Checks          []Check
	// Commands are how well each works with the user's rights; nil when they could not be asked.
	Commands []access.Assessment
}

// Works reports whether podkit can do anything at all: nothing is broken, and a command that asks the cluster works.
func (c *Checkup) Works() bool {
	for i := range c.Checks {
		if c.Checks[i].State == CheckError {
			return false
		}
	}
	return c.Commands == nil || slices.ContainsFunc(c.Commands, func(a access.Assessment) bool { return a.Verdict != access.Fails && asks(a) })
}

// asks reports whether a command cannot do without the cluster: doctor itself, and the proxy, start whatever their user may.
func asks(a access.Assessment) bool {
	return slices.ContainsFunc(a.Command.Needs, func(need access.Need) bool { return need.Weight != access.Helpful })
}

// Wanted is the rules to ask an administrator for, of one role in one place.
type Wanted struct {
	// Role is the role of deploy/rbac that holds them.
	Role  string
	Place access.Place
	Rules []rbacv1.PolicyRule
}

// Wanted returns the rules that the user lacks: those for reading first.
func (c *Checkup) Wanted() []Wanted {
	type key struct {
		role  string
		place access.Place
	}
	rights := map[key][]access.Right{}
	for i := range c.Commands {
		for _, need := range c.Commands[i].Missing {
			at := key{need.Role(), need.Place}
			rights[at] = append(rights[at], need.Right)
		}
	}
	var wanted []Wanted
	for at, missing := range rights {
		wanted = append(wanted, Wanted{at.role, at.place, access.Rules(missing)})
	}
	order := []string{access.Read, access.Active, access.SecretNames, access.AppWrites}
	slices.SortFunc(wanted, func(a, b Wanted) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Role), slices.Index(order, b.Role)), cmp.Compare(a.Place, b.Place))
	})
	return wanted
}

// Loss is what a command loses for want of some rights.
type Loss struct {
	// Lost is the message that says it; Resources are its argument.
	Lost      string
	Resources []string
}

// severalKinds is from how many resources on a loss names one of them and counts the others.
const severalKinds = 3

// Text is the loss in a reader's language.
func (l Loss) Text(messages *message.Catalog) string {
	resources := strings.Join(l.Resources, ", ")
	if len(l.Resources) >= severalKinds {
		resources = messages.Text("doctor.kinds", message.Args{"Resource": l.Resources[0], "All": len(l.Resources)})
	}
	return messages.Text(l.Lost, message.Args{"Resource": resources})
}

// Losses folds what a command lacks: each loss once, with the resources that it is about. Of a command that fails, what
// makes it fail is told.
func Losses(assessment access.Assessment) []Loss {
	var losses []Loss
	for _, need := range assessment.Missing {
		if assessment.Verdict == access.Fails && need.Weight == access.Helpful {
			continue
		}
		at := slices.IndexFunc(losses, func(l Loss) bool { return l.Lost == need.Lost })
		if at < 0 {
			at = len(losses)
			losses = append(losses, Loss{Lost: need.Lost})
		}
		if !slices.Contains(losses[at].Resources, need.Resource) {
			losses[at].Resources = append(losses[at].Resources, need.Resource)
		}
	}
	return losses
}
