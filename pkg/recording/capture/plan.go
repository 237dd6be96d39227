package capture

import (
	"slices"

	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// wish is a resource that a diagnosis may ask for.
type wish struct {
	group, resource string
	// extra are lists beside those of the targets' namespaces.
	extra []scope
	// only is set for what is recorded in the extra lists alone.
	only bool
}

// scope is one list: of a namespace, or of all of them when it is empty.
type scope struct{ namespace, labels, fields string }

// dns selects what the cluster's names are resolved with, in kube-system; every distribution keeps the label of kube-dns.
var dns = scope{namespace: "kube-system", labels: "k8s-app=kube-dns"}

// wishes are in the order in which they are recorded. Pods come first, as the values of their environment are what is
// looked for in events and logs; workloads follow for the same reason.
func wishes() []wish {
	return []wish{
		{resource: "pods", extra: []scope{dns}},
		{group: "apps", resource: "deployments"},
		{group: "apps", resource: "replicasets"},
		{group: "apps", resource: "statefulsets"},
		{group: "apps", resource: "daemonsets"},
		{group: "apps", resource: "controllerrevisions"},
		{group: "batch", resource: "jobs"},
		{group: "batch", resource: "cronjobs"},
		{resource: "replicationcontrollers"},
		{resource: "nodes"},
		{resource: "events", extra: []scope{{namespace: "default", fields: "involvedObject.kind=Node"}}},
		{resource: "services", extra: []scope{dns}},
		{group: "discovery.k8s.io", resource: "endpointslices", extra: []scope{dns}},
		{group: "networking.k8s.io", resource: "ingresses"},
		{group: "networking.k8s.io", resource: "ingressclasses"},
		{group: "networking.k8s.io", resource: "networkpolicies"},
		{resource: "configmaps"},
		{resource: "secrets"},
		{resource: "serviceaccounts"},
		{resource: "persistentvolumeclaims"},
		{resource: "persistentvolumes"},
		{group: "storage.k8s.io", resource: "storageclasses"},
		{group: "storage.k8s.io", resource: "csidrivers"},
		{group: "storage.k8s.io", resource: "csinodes"},
		{group: "storage.k8s.io", resource: "volumeattachments"},
		{resource: "resourcequotas"},
		{resource: "limitranges"},
		{group: "policy", resource: "poddisruptionbudgets"},
		{group: "autoscaling", resource: "horizontalpodautoscalers"},
		{group: "scheduling.k8s.io", resource: "priorityclasses"},
		{group: "node.k8s.io", resource: "runtimeclasses"},
		{group: "resource.k8s.io", resource: "resourceclaims"},
		{group: "resource.k8s.io", resource: "resourceclaimtemplates"},
		{group: "resource.k8s.io", resource: "deviceclasses"},
		{group: "resource.k8s.io", resource: "resourceslices"},
		{group: "admissionregistration.k8s.io", resource: "mutatingwebhookconfigurations"},
		{group: "admissionregistration.k8s.io", resource: "validatingwebhookconfigurations"},
		{resource: "namespaces"},
		{group: "coordination.k8s.io", resource: "leases", extra: []scope{{namespace: "kube-node-lease"}}, only: true},
	}
}

// secrets are read as metadata, whatever is asked for.
var secrets = schema.GroupResource{Resource: "secrets"}

// served finds the resource as the server prefers it; custom and old clusters lack some.
func served(all []recording.Resource, group, name string) (recording.Resource, bool) {
	var found []recording.Resource
	for _, r := range all {
		if r.Group == group && r.Name == name && slices.Contains(r.Verbs, "list") {
			found = append(found, r)
		}
	}
	if len(found) == 0 {
		return recording.Resource{}, false
	}
	return slices.MinFunc(found, func(a, b recording.Resource) int { return a.VersionRank - b.VersionRank }), true
}

// scopes are the lists of a resource: of the targets' namespaces, and what the wish asks for beside them and they do not
// hold already.
func (w wish) scopes(resource recording.Resource, namespaces []string) []scope {
	if !resource.Namespaced {
		return []scope{{}}
	}
	var all []scope
	if !w.only {
		for _, namespace := range namespaces {
			all = append(all, scope{namespace: namespace})
		}
	}
	for _, extra := range w.extra {
		if w.only || !slices.Contains(namespaces, "") && !slices.Contains(namespaces, extra.namespace) {
			all = append(all, extra)
		}
	}
	return all
}
