package logs

import (
	"regexp"
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// refusal is what a log says that the Kubernetes API did not allow.
type refusal struct {
	user, verb, resource, group, name, namespace, path string
	// whole is true when the log has the API server's own sentence, of which each part was read.
	whole bool
}

// What may become a word of a command: a resource and its subresource, an API group, a name, a user. None begins like a flag,
// and none stands for more than itself.
var (
	plainResource = regexp.MustCompile(`^[a-z][a-z0-9-]{0,62}(?:/[a-z][a-z0-9-]{0,62})?$`)
	plainGroup    = regexp.MustCompile(`^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)?$`)
	plainName     = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$`)
	plainUser     = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9:@._-]{0,252}$`)
	plainPath     = regexp.MustCompile(`^/[A-Za-z0-9/._-]{0,252}$`)
)

// verbs are those of requests for resources (apiserver pkg/endpoints/request/requestinfo.go); use, bind, escalate and
// impersonate are not among them.
var verbs = []string{"get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"}

// weighty are resources whose use makes an account more than it is: who may read a Secret, have a token, enter a Pod or write
// roles has the rights of others. That is decided by a person who knows the app, not by a line of its log.
var weighty = []string{
	"secrets", "serviceaccounts/token", "pods/exec", "pods/attach", "pods/portforward", "pods/ephemeralcontainers", "pods/proxy", "services/proxy",
	"nodes/proxy", "certificatesigningrequests", "certificatesigningrequests/approval",
}

// weightyGroups are API groups of which that holds for everything: roles, certificates of users, and what all requests go
// through.
var weightyGroups = []string{
	"rbac.authorization.k8s.io", "admissionregistration.k8s.io", "certificates.k8s.io", "authentication.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io",
}

// coreResources are those of the API without a group, but the weighty ones. Nothing else is offered of it: kubectl would take
// a short or singular name, and that of a resource of another group, for the resource that it means (client-go
// restmapper/shortcut.go; apimachinery pkg/api/meta/restmapper.go, ResourcesFor).
var coreResources = []string{
	"configmaps", "endpoints", "events", "limitranges", "namespaces", "nodes", "persistentvolumeclaims", "persistentvolumes", "pods", "pods/log", "replicationcontrollers",
	"resourcequotas", "serviceaccounts", "services",
}

// grantable reports whether a role may be offered that allows just this and whose words are all plain.
func (r refusal) grantable() bool {
	return r.whole && r.plain() && !slices.Contains(weighty, r.resource) && r.grantableGroup()
}

// grantableGroup reports whether kubectl takes the resource for that of this group, and nothing of it is weighty. It
// completes a group of which it is given the beginning.
func (r refusal) grantableGroup() bool {
	if r.group == "" {
		resource, status := strings.CutSuffix(r.resource, "/status")
		return r.path != "" || slices.Contains(coreResources, resource) && (!status || !strings.Contains(resource, "/"))
	}
	return !slices.ContainsFunc(weightyGroups, func(group string) bool { return strings.HasPrefix(group, r.group) })
}

// plain reports whether every part of what was asked can stand in a command.
func (r refusal) plain() bool {
	if r.path != "" {
		return slices.Contains(verbs, r.verb) && plainPath.MatchString(r.path)
	}
	return slices.Contains(verbs, r.verb) && plainResource.MatchString(r.resource) && plainGroup.MatchString(r.group) &&
		(r.name == "" || plainName.MatchString(r.name)) && (r.namespace == "" || plainName.MatchString(r.namespace))
}

func (r refusal) who() string {
	rest, is := strings.CutPrefix(r.user, "system:serviceaccount:")
	if namespace, name, cut := strings.Cut(rest, ":"); is && cut {
		return "ServiceAccount " + namespace + "/" + name
	}
	return "User " + r.user
}

// typed is the resource with its API group, as kubectl takes it: deployments.apps, pods/log.
func (r refusal) typed() string {
	if r.path != "" {
		return r.path
	}
	resource, subresource, sub := strings.Cut(r.resource, "/")
	if r.group != "" {
		resource += "." + r.group
	}
	if sub {
		resource += "/" + subresource
	}
	return resource
}

// canI asks the API server itself; plain is false when the words of the log can't be asked about. Where the log does not have
// the whole sentence, its scope is not known, and the pod's own namespace is asked about.
func (r refusal) canI(own string) (ask shellword.Command, plain bool) {
	if !r.plain() || !plainUser.MatchString(r.user) {
		return shellword.Command{}, false
	}
	if r.path != "" {
		return shellword.New("kubectl auth can-i %s %s --as=%s", r.verb, r.path, r.user), true
	}
	resource, subresource, sub := strings.Cut(r.typed(), "/")
	if r.name != "" {
		resource += "/" + r.name
	}
	ask = shellword.New("kubectl auth can-i %s %s --as=%s", r.verb, resource, r.user)
	if sub {
		ask = ask.With("--subresource=%s", subresource)
	}
	switch {
	case r.namespace != "":
		return ask.With("-n %s", r.namespace), true
	case r.whole:
		return ask.With("-A"), true
	}
	return ask.With("-n %s", own), true
}

// grant makes a role with just this rule, and binds it to the account. Only what was refused at the cluster scope needs a role
// of the cluster.
func (r refusal) grant(to account) (create, bind shellword.Command) {
	kubectl, role := shellword.New("kubectl"), "clusterrole"
	if r.namespace != "" {
		kubectl, role = kubectl.With("-n %s", r.namespace), "role"
	}
	name := to.name + "-" + r.verb + "-" + strings.ReplaceAll(r.resource, "/", "-")
	if r.name != "" {
		name += "-" + r.name
	}
	create = kubectl.With("create %s %s --verb=%s --resource=%s", role, name, r.verb, r.typed())
	if r.name != "" {
		create = create.With("--resource-name=%s", r.name)
	}
	return create, kubectl.With("create %sbinding %s --%s=%s --serviceaccount=%s:%s", role, name, role, name, to.namespace, to.name)
}
