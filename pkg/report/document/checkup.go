package document

import (
	"fmt"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/access"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// CheckupKind is the kind of the document of a checkup.
const CheckupKind = "Checkup"

// Checkup is what doctor found out about podkit's surroundings and its user's rights.
type Checkup struct {
	metav1.TypeMeta `json:",inline"`

	TakenAt metav1.Time `json:"takenAt"`
	// Namespace is where the rights were asked for; it is empty when all of them were meant.
	Namespace string `json:"namespace"`
	// User is the name by which the server knows the user.
	User string `json:"user,omitempty"`
	// Works is false when podkit can do nothing at all.
	Works  bool    `json:"works"`
	Checks []Check `json:"checks"`
	// Commands are empty when the server could not be asked about rights.
	Commands []CommandRights `json:"commands"`
	// Wanted are the rules to ask for, so that every command works whole.
	Wanted []Wanted `json:"wanted"`
}

// Check is one thing that was looked at.
type Check struct {
	Area    string `json:"area"`
	Name    string `json:"name"`
	State   string `json:"state" jsonschema:"enum=ok,enum=note,enum=warning,enum=error"`
	Summary string `json:"summary"`
	// Values are what the summary tells, for scripts.
	Values map[string]string `json:"values,omitempty"`
}

// CommandRights is how well a command works with the user's rights.
type CommandRights struct {
	Command string    `json:"command"`
	Verdict string    `json:"verdict" jsonschema:"enum=works,enum=degraded,enum=fails,enum=unknown"`
	Missing []Missing `json:"missing"`
}

// Missing is a right that the user lacks.
type Missing struct {
	Verb     string `json:"verb"`
	APIGroup string `json:"apiGroup"`
	Resource string `json:"resource"`
	// Place is where it is needed.
	Place string `json:"place" jsonschema:"enum=namespace,enum=default,enum=kube-system,enum=kube-node-lease,enum=cluster"`
	Lost  string `json:"lost"`
}

// Wanted is the rules of one role in one place that the user lacks.
type Wanted struct {
	// Role is the role of deploy/rbac that holds them.
	Role  string              `json:"role"`
	Place string              `json:"place" jsonschema:"enum=namespace,enum=default,enum=kube-system,enum=kube-node-lease,enum=cluster"`
	Rules []rbacv1.PolicyRule `json:"rules"`
}

// place is a place as scripts read it.
func place(p access.Place) string {
	switch p {
	case access.There:
		return "namespace"
	case access.Everywhere:
		return "cluster"
	}
	return p.Namespace("")
}

// BuildCheckup makes the document of a checkup in one language.
func BuildCheckup(found *report.Checkup, messages *message.Catalog) *Checkup {
	document := &Checkup{
		TypeMeta: metav1.TypeMeta{APIVersion: APIVersion, Kind: CheckupKind},
		TakenAt:  metav1.NewTime(found.TakenAt.UTC()), Namespace: found.Namespace, User: found.User, Works: found.Works(),
		Checks: []Check{}, Commands: []CommandRights{}, Wanted: []Wanted{},
	}
	for i := range found.Checks {
		check := &found.Checks[i]
		told := Check{Area: check.Area, Name: check.Name, State: string(check.State), Summary: messages.Text(check.Says, check.Args)}
		for name, value := range check.Args {
			if told.Values == nil {
				told.Values = map[string]string{}
			}
			told.Values[name] = fmt.Sprint(value)
		}
		document.Checks = append(document.Checks, told)
	}
	for i := range found.Commands {
		document.Commands = append(document.Commands, commandRights(&found.Commands[i], messages))
	}
	for _, wanted := range found.Wanted() {
		document.Wanted = append(document.Wanted, Wanted{wanted.Role, place(wanted.Place), wanted.Rules})
	}
	return document
}

func commandRights(assessment *access.Assessment, messages *message.Catalog) CommandRights {
	rights := CommandRights{Command: assessment.Command.Name, Verdict: assessment.Verdict.String(), Missing: []Missing{}}
	for _, need := range assessment.Missing {
		rights.Missing = append(rights.Missing, Missing{
			Verb: need.Verb, APIGroup: need.Group, Resource: need.Resource, Place: place(need.Place),
			Lost: messages.Text(need.Lost, message.Args{"Resource": need.Resource}),
		})
	}
	return rights
}
