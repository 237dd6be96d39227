package loopback

import (
	"maps"
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// types are the kinds by version and resource.
func types() map[string]map[string]string {
	return map[string]map[string]string{
		"v1": {
			"configmaps": "ConfigMap", "events": "Event", "namespaces": "Namespace", "nodes": "Node", "pods": "Pod", "services": "Service",
		},
		"apps/v1": {"deployments": "Deployment", "replicasets": "ReplicaSet", "statefulsets": "StatefulSet", "daemonsets": "DaemonSet"},
	}
}

// discovery are the answers by which a server tells its version and its types.
func discovery() map[string]any {
	apps := metav1.GroupVersionForDiscovery{GroupVersion: "apps/v1", Version: "v1"}
	return map[string]any{
		"/version": map[string]any{"major": "1", "minor": "36", "gitVersion": "v1.36.3", "platform": "linux/amd64"},
		"/api":     metav1.APIVersions{TypeMeta: metav1.TypeMeta{Kind: "APIVersions"}, Versions: []string{"v1"}},
		"/apis": metav1.APIGroupList{TypeMeta: metav1.TypeMeta{Kind: "APIGroupList", APIVersion: "v1"}, Groups: []metav1.APIGroup{{
			Name: "apps", Versions: []metav1.GroupVersionForDiscovery{apps}, PreferredVersion: apps,
		}}},
		"/api/v1":       resources("v1", map[string][]string{"deployments": {"deploy"}, "pods": {"po"}, "services": {"svc"}, "nodes": {"no"}}),
		"/apis/apps/v1": resources("apps/v1", map[string][]string{"deployments": {"deploy"}, "statefulsets": {"sts"}}),
	}
}

func resources(version string, short map[string][]string) metav1.APIResourceList {
	told := metav1.APIResourceList{TypeMeta: metav1.TypeMeta{Kind: "APIResourceList", APIVersion: "v1"}, GroupVersion: version}
	for _, resource := range slices.Sorted(maps.Keys(types()[version])) {
		kind := types()[version][resource]
		told.APIResources = append(told.APIResources, metav1.APIResource{
			Name: resource, Kind: kind, Namespaced: kind != "Node" && kind != "Namespace", ShortNames: short[resource],
			Verbs: metav1.Verbs{"get", "list"},
		})
	}
	return told
}
