package server

import (
	"cmp"
	"encoding/json"
	"mime"
	"net/http"
	"strings"

	apidiscovery "k8s.io/api/apidiscovery/v2"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// aggregatedType is the content type of aggregated discovery.
const aggregatedType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"

// aggregated reports whether a request accepts all of discovery in one answer.
func aggregated(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept"), ",") {
		kind, parameters, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err == nil && kind == "application/json" && parameters["as"] == "APIGroupDiscoveryList" && parameters["v"] == "v2" {
			return true
		}
	}
	return false
}

// aggregated answers /api or /apis with everything below.
func (s *server) aggregated(w http.ResponseWriter, core bool) {
	list := apidiscovery.APIGroupDiscoveryList{
		TypeMeta: metav1.TypeMeta{Kind: "APIGroupDiscoveryList", APIVersion: apidiscovery.SchemeGroupVersion.String()},
		Items:    []apidiscovery.APIGroupDiscovery{},
	}
	for _, group := range s.groups() {
		if (group.name == "") != core {
			continue
		}
		described := apidiscovery.APIGroupDiscovery{ObjectMeta: metav1.ObjectMeta{Name: group.name}}
		for _, version := range group.versions {
			one := apidiscovery.APIVersionDiscovery{Version: version.name, Freshness: apidiscovery.DiscoveryFreshnessCurrent}
			for i := range version.resources {
				one.Resources = append(one.Resources, aggregatedResource(&version.resources[i]))
			}
			described.Versions = append(described.Versions, one)
		}
		list.Items = append(list.Items, described)
	}
	data, err := json.Marshal(list)
	if err != nil {
		s.refuse(w, internal(err.Error()))
		return
	}
	w.Header().Set("Content-Type", aggregatedType)
	_, _ = w.Write(data) // A client that has gone away is no concern of the server's.
}

func aggregatedResource(r *recording.Resource) apidiscovery.APIResourceDiscovery {
	described := apidiscovery.APIResourceDiscovery{
		Resource: r.Name, SingularResource: r.Singular, ShortNames: r.ShortNames, Categories: r.Categories, Verbs: verbs(r.Verbs),
		ResponseKind: &metav1.GroupVersionKind{Group: r.Group, Version: r.Version, Kind: r.Kind}, Scope: apidiscovery.ScopeCluster,
	}
	if r.Namespaced {
		described.Scope = apidiscovery.ScopeNamespace
	}
	for _, sub := range r.Subresources {
		described.Subresources = append(described.Subresources, apidiscovery.APISubresourceDiscovery{
			Subresource: sub.Name, Verbs: verbs(sub.Verbs),
			ResponseKind: &metav1.GroupVersionKind{Group: subGroup(r, sub), Version: cmp.Or(sub.Version, r.Version), Kind: sub.Kind},
		})
	}
	return described
}

// subGroup is the group of what a subresource is; that of the core is empty, and told by its version.
func subGroup(r *recording.Resource, sub recording.Subresource) string {
	if sub.Version != "" {
		return sub.Group
	}
	return r.Group
}
