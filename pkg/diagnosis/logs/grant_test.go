package logs

import "testing"

// TestGrantable: whatever kubectl takes for a weighty resource is none to be offered: short and singular names, those of
// another group, and beginnings of a group.
func TestGrantable(t *testing.T) {
	tests := map[refusal]bool{
		{resource: "configmaps"}:                         true,
		{resource: "pods/log"}:                           true,
		{resource: "pods/status"}:                        true,
		{resource: "deployments/scale", group: "apps"}:   true,
		{resource: "widgets", group: "example.com"}:      true,
		{path: "/metrics"}:                               true,
		{resource: "secrets"}:                            false,
		{resource: "secret"}:                             false,
		{resource: "secrets/status"}:                     false,
		{resource: "pods/log/status"}:                    false,
		{resource: "po/exec"}:                            false,
		{resource: "pod/exec"}:                           false,
		{resource: "sa/token"}:                           false,
		{resource: "svc/proxy"}:                          false,
		{resource: "no/proxy"}:                           false,
		{resource: "csr"}:                                false,
		{resource: "csr", group: "certificates.k8s.io"}:  false,
		{resource: "all"}:                                false,
		{resource: "roles"}:                              false,
		{resource: "clusterroles"}:                       false,
		{resource: "roles", group: "rbac"}:               false,
		{resource: "roles", group: "rbac.authorization"}: false,
		{resource: "mutatingwebhookconfigurations"}:      false,
		{resource: "customresourcedefinitions", group: "apiextensions.k8s.io"}: false,
	}
	for asked, want := range tests {
		asked.whole, asked.verb = true, "get"
		if got := asked.grantable(); got != want {
			t.Errorf("%s.%s%s is grantable: %v", asked.resource, asked.group, asked.path, got)
		}
	}
}
