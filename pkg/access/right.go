package access

import (
	"cmp"
	"slices"
)

// Right is a verb on a resource, as RBAC knows it.
type Right struct {
	Verb string
	// Group is empty for core/v1.
	Group string
	// Resource may hold a subresource: "pods/log".
	Resource string
}

// Full is the resource as kubectl takes it where a type is named: "deployments.apps".
func (r Right) Full() string {
	if r.Group == "" {
		return r.Resource
	}
	return r.Resource + "." + r.Group
}

// String is the right as `kubectl auth can-i` takes it: "get pods/log".
func (r Right) String() string { return r.Verb + " " + r.Full() }

// Role is the name of the role of deploy/rbac in which the right first comes.
func (r Right) Role() string {
	switch {
	case r.Resource == "secrets":
		return SecretNames
	case r.Resource == "pods/proxy" && r.Verb != "get":
		return AppWrites
	case slices.Contains([]string{"get", "list", "watch"}, r.Verb) && !slices.Contains(reaching, r.Resource):
		return Read
	}
	return Active
}

// reaching are the subresources through which one gets into a pod: to get them is to act.
var reaching = []string{"pods/exec", "pods/proxy", "services/proxy"}

func compare(a, b Right) int {
	return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Resource, b.Resource), cmp.Compare(a.Verb, b.Verb))
}

// Place is where a right is needed.
type Place int

// The places.
const (
	// There is the namespace of the pods.
	There Place = iota
	// NodeEvents is the namespace default, in which the events of Nodes are kept.
	NodeEvents
	// ClusterDNS is the namespace kube-system, in which the Pods are that resolve names.
	ClusterDNS
	// Heartbeats is the namespace kube-node-lease, in which the kubelets say that they live.
	Heartbeats
	// Everywhere is the whole cluster.
	Everywhere
)

// Namespace is the namespace of a place, with pods in one namespace, or in all of them when it is empty; empty is the whole
// cluster.
func (p Place) Namespace(ofPods string) string {
	switch p {
	case NodeEvents:
		return "default"
	case ClusterDNS:
		return "kube-system"
	case Heartbeats:
		return "kube-node-lease"
	case Everywhere:
		return ""
	}
	return ofPods
}

// Weight is how badly a command needs a right.
type Weight int

// The weights.
const (
	// Helpful: the command works without it, and says less.
	Helpful Weight = iota
	// Either: the command works as long as one of its rights of this weight is there.
	Either
	// Vital: the command cannot work without it.
	Vital
)

// Need is a right that a command asks for.
type Need struct {
	Right
	Place  Place
	Weight Weight
	// Lost is the message that says what is lost without it.
	Lost string
}
