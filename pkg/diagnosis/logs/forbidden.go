package logs

import (
	"cmp"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// forbidden tells what a log says that the Kubernetes API did not allow. Anybody who writes into the log can write that, so
// it is never certain; what is granted because of it is settled in grant.go.
func forbidden(c *diagnosis.Case, _ source, found *diagnosis.Finding) {
	r := refusal{
		user: arg(found, "User"), verb: arg(found, "Verb"), resource: arg(found, "Resource"), group: arg(found, "Group"),
		name: arg(found, "Name"), namespace: arg(found, "Namespace"), path: arg(found, "Path"), whole: found.Form == "",
	}
	own := accountOf(c)
	found.Args["Who"], found.Args["What"], found.Args["Own"] = r.who(), r.typed(), own.String()
	found.Evidence = append(found.Evidence, diagnosis.Evidence{
		Source: diagnosis.Spec, Field: "spec.serviceAccountName", Says: "evidence.log-account", Args: message.Args{"Own": own.String()},
	})
	args := message.Args{
		"Who": r.who(), "Verb": r.verb, "What": r.typed(), "Name": r.name, "Namespace": r.namespace, "Own": own.String(), "Container": found.Container,
	}
	if canI, plain := r.canI(c.Pod.Namespace); plain {
		found.Remedies = append(found.Remedies, diagnosis.Remedy{ID: "remedy.log-can-i", Args: args, Command: canI, Effect: diagnosis.ReadOnly})
	} else {
		found.Remedies = append(found.Remedies, c.Look("remedy.log-can-i-list", args, "auth can-i --list --as=%s", own.user()))
	}
	if r.user != own.user() || !r.grantable() {
		found.Confidence = diagnosis.Possible
		advice := "remedy.log-grant-by-hand"
		if r.user != own.user() {
			advice = "remedy.log-other-account"
		}
		found.Remedies = append(found.Remedies, diagnosis.Advice(advice, args))
		return
	}
	found.Confidence = min(found.Confidence, diagnosis.Likely)
	role, binding := r.grant(own)
	found.Remedies = append(found.Remedies,
		diagnosis.Remedy{ID: "remedy.log-role", Args: args, Command: role, Effect: diagnosis.Changes},
		diagnosis.Remedy{ID: "remedy.log-bind", Args: args, Command: binding, Effect: diagnosis.Changes},
	)
}

// account is a ServiceAccount.
type account struct{ namespace, name string }

// accountOf is the one under which a pod speaks to the API.
func accountOf(c *diagnosis.Case) account {
	return account{c.Pod.Namespace, cmp.Or(c.Pod.Spec.ServiceAccountName, "default")}
}

func (a account) String() string { return a.namespace + "/" + a.name }

// user is the account as the API server's authorizers know it (apiserver pkg/authentication/serviceaccount, MakeUsername).
func (a account) user() string { return "system:serviceaccount:" + a.namespace + ":" + a.name }
