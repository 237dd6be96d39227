package logs

import (
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// refusal is what the Kubernetes API did not allow.
type refusal struct {
	user, verb, resource, group, namespace, path string
}

// forbidden names the rule that is missing, and the commands that would make it.
func forbidden(_ *diagnosis.Case, _ source, found *diagnosis.Finding) {
	r := refusal{
		user: arg(found, "User"), verb: arg(found, "Verb"), resource: arg(found, "Resource"), group: arg(found, "Group"),
		namespace: arg(found, "Namespace"), path: arg(found, "Path"),
	}
	if r.path != "" {
		r.resource = r.path
	}
	found.Args["Who"], found.Args["What"] = r.who(), r.typed()
	args := message.Args{"Who": r.who(), "Verb": r.verb, "What": r.typed(), "Namespace": r.namespace}
	found.Remedies = append(found.Remedies, diagnosis.Remedy{ID: "remedy.log-can-i", Args: args, Command: r.canI(), Effect: diagnosis.ReadOnly})
	role, binding := r.allow()
	found.Remedies = append(found.Remedies,
		diagnosis.Remedy{ID: "remedy.log-role", Args: args, Command: role, Effect: diagnosis.Changes},
		diagnosis.Remedy{ID: "remedy.log-bind", Args: args, Command: binding, Effect: diagnosis.Changes},
	)
}

// account returns the namespace and name of the ServiceAccount (system:serviceaccount:NAMESPACE:NAME), if the user is one.
func (r refusal) account() (namespace, name string, ok bool) {
	rest, is := strings.CutPrefix(r.user, "system:serviceaccount:")
	namespace, name, cut := strings.Cut(rest, ":")
	return namespace, name, is && cut
}

func (r refusal) who() string {
	if namespace, name, ok := r.account(); ok {
		return "ServiceAccount " + namespace + "/" + name
	}
	return "user " + r.user
}

// typed is the resource with its API group, as kubectl takes it: deployments.apps, pods/log.
func (r refusal) typed() string {
	resource, subresource, sub := strings.Cut(r.resource, "/")
	if r.path != "" {
		return r.path
	}
	if r.group != "" {
		resource += "." + r.group
	}
	if sub {
		resource += "/" + subresource
	}
	return resource
}

func (r refusal) canI() shellword.Command {
	resource, subresource, sub := strings.Cut(r.typed(), "/")
	if r.path != "" {
		resource, sub = r.path, false
	}
	ask := shellword.New("kubectl auth can-i %s %s --as=%s", r.verb, resource, r.user)
	if sub {
		ask = ask.With("--subresource=%s", subresource)
	}
	switch {
	case r.namespace != "":
		return ask.With("-n %s", r.namespace)
	case r.path == "":
		return ask.With("-A")
	}
	return ask
}

// allow makes a role with just this rule, and binds it. What is asked without a namespace needs a cluster role.
func (r refusal) allow() (create, bind shellword.Command) {
	kubectl, role, owner := shellword.New("kubectl"), "clusterrole", "app"
	if r.namespace != "" {
		kubectl, role = kubectl.With("-n %s", r.namespace), "role"
	}
	namespace, account, ok := r.account()
	if ok {
		owner = account
	}
	name := strings.Trim(owner+"-"+r.verb+"-"+strings.NewReplacer("/", "-", ".", "-", "*", "all").Replace(strings.Trim(r.resource, "/")), "-")
	create = kubectl.With("create %s %s --verb=%s", role, name, r.verb)
	bind = kubectl.With("create %sbinding %s --%s=%s", role, name, role, name)
	if r.path != "" {
		create = create.With("--non-resource-url=%s", r.path)
	} else {
		create = create.With("--resource=%s", r.typed())
	}
	if ok {
		return create, bind.With("--serviceaccount=%s:%s", namespace, account)
	}
	return create, bind.With("--user=%s", r.user)
}
