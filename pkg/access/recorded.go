package access

import "slices"

// recorded is what a capture writes down: whole lists; where one is refused, what the pods name, one by one.
func recorded() []Need {
	var needs []Need
	for _, some := range []struct {
		verb, group string
		place       Place
		lost        string
		resources   []string
	}{
		{"list", "", There, "access.lost-recorded", []string{
			"configmaps", "events", "limitranges", "persistentvolumeclaims", "replicationcontrollers", "resourcequotas",
			"serviceaccounts", "services",
		}},
		{"list", "apps", There, "access.lost-recorded", []string{"controllerrevisions", "daemonsets", "deployments", "replicasets", "statefulsets"}},
		{"list", "autoscaling", There, "access.lost-recorded", []string{"horizontalpodautoscalers"}},
		{"list", "batch", There, "access.lost-recorded", []string{"cronjobs", "jobs"}},
		{"list", "discovery.k8s.io", There, "access.lost-recorded", []string{"endpointslices"}},
		{"list", "networking.k8s.io", There, "access.lost-recorded", []string{"ingresses", "networkpolicies"}},
		{"list", "policy", There, "access.lost-recorded", []string{"poddisruptionbudgets"}},
		{"list", "resource.k8s.io", There, "access.lost-recorded", []string{"resourceclaims", "resourceclaimtemplates"}},
		{"list", "", Everywhere, "access.lost-recorded", []string{"namespaces", "nodes", "persistentvolumes"}},
		{"list", "admissionregistration.k8s.io", Everywhere, "access.lost-recorded", []string{
			"mutatingwebhookconfigurations", "validatingwebhookconfigurations",
		}},
		{"list", "networking.k8s.io", Everywhere, "access.lost-recorded", []string{"ingressclasses"}},
		{"list", "node.k8s.io", Everywhere, "access.lost-recorded", []string{"runtimeclasses"}},
		{"list", "resource.k8s.io", Everywhere, "access.lost-recorded", []string{"deviceclasses", "resourceslices"}},
		{"list", "scheduling.k8s.io", Everywhere, "access.lost-recorded", []string{"priorityclasses"}},
		{"list", "storage.k8s.io", Everywhere, "access.lost-recorded", []string{"csidrivers", "csinodes", "storageclasses", "volumeattachments"}},
		{"get", "", There, "access.lost-recorded-named", []string{"configmaps", "namespaces", "persistentvolumeclaims", "serviceaccounts"}},
		{"get", "", Everywhere, "access.lost-recorded-named", []string{"nodes"}},
		{"get", "scheduling.k8s.io", Everywhere, "access.lost-recorded-named", []string{"priorityclasses"}},
		{"list", "", There, "access.lost-secrets", []string{"secrets"}},
		{"get", "", There, "access.lost-secrets", []string{"secrets"}},
		{"list", "", NodeEvents, "access.lost-node-events", []string{"events"}},
		{"list", "", ClusterDNS, "access.lost-recorded-dns", []string{"pods", "services"}},
		{"list", "discovery.k8s.io", ClusterDNS, "access.lost-recorded-dns", []string{"endpointslices"}},
		{"list", "coordination.k8s.io", Heartbeats, "access.lost-heartbeats", []string{"leases"}},
		{"get", "", There, "access.lost-recorded-logs", []string{"pods/log"}},
		{"get", "", There, "access.lost-recorded-answers", []string{"pods/proxy"}},
	} {
		for _, resource := range some.resources {
			needs = append(needs, Need{Right{some.verb, some.group, resource}, some.place, Helpful, some.lost})
		}
	}
	return slices.Concat(chosen(), needs)
}
