package logs

import (
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
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

func (r refusal) canI() []string {
	resource, subresource, sub := strings.Cut(r.typed(), "/")
	if r.path != "" {
		resource, sub = r.path, false
	}
	words := []string{"kubectl", "auth", "can-i", r.verb, resource, "--as=" + r.user}
	if sub {
		words = append(words, "--subresource="+subresource)
	}
	switch {
	case r.namespace != "":
		words = append(words, "-n", r.namespace)
	case r.path == "":
		words = append(words, "-A")
	}
	return words
}

// allow makes a role with just this rule, and binds it. What is asked without a namespace needs a cluster role.
func (r refusal) allow() (create, bind []string) {
	kubectl, role, subject := []string{"kubectl"}, "clusterrole", "--user="+r.user
	if r.namespace != "" {
		kubectl, role = append(kubectl, "-n", r.namespace), "role"
	}
	owner := "app"
	if namespace, name, ok := r.account(); ok {
		owner, subject = name, "--serviceaccount="+namespace+":"+name
	}
	name := strings.Trim(owner+"-"+r.verb+"-"+strings.NewReplacer("/", "-", ".", "-", "*", "all").Replace(strings.Trim(r.resource, "/")), "-")
	what := "--resource=" + r.typed()
	if r.path != "" {
		what = "--non-resource-url=" + r.path
	}
	with := func(words ...string) []string { return append(kubectl[:len(kubectl):len(kubectl)], words...) }
	return with("create", role, name, "--verb="+r.verb, what), with("create", role+"binding", name, "--"+role+"="+name, subject)
}
