package cluster

import (
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// place is where the objects of a kind are found.
type place struct {
	resource   schema.GroupVersionResource
	namespaced bool
}

// placeOf finds the resource of a kind. Those around pods are part of every cluster, so that they cost no discovery.
func (c *Cluster) placeOf(kind metav1.TypeMeta) (place, error) {
	version, err := schema.ParseGroupVersion(kind.APIVersion)
	if err != nil {
		return place{}, err
	}
	if known, ok := aroundPods(version.WithKind(kind.Kind)); ok {
		return known, nil
	}
	mapping, err := c.mapping(exactKind(version.WithKind(kind.Kind)))
	if err != nil {
		return place{}, err
	}
	return place{mapping.Resource, mapping.Scope.Name() != meta.RESTScopeNameRoot}, nil
}

// aroundPods are Pods, and the kinds of the built-in APIs that own or select them, or that they refer to or are in.
func aroundPods(kind schema.GroupVersionKind) (place, bool) {
	plural, known := map[schema.GroupVersionKind]string{
		appsv1.SchemeGroupVersion.WithKind("ReplicaSet"):            "replicasets",
		appsv1.SchemeGroupVersion.WithKind("Deployment"):            "deployments",
		appsv1.SchemeGroupVersion.WithKind("StatefulSet"):           "statefulsets",
		appsv1.SchemeGroupVersion.WithKind("DaemonSet"):             "daemonsets",
		batchv1.SchemeGroupVersion.WithKind("Job"):                  "jobs",
		batchv1.SchemeGroupVersion.WithKind("CronJob"):              "cronjobs",
		corev1.SchemeGroupVersion.WithKind("ReplicationController"): "replicationcontrollers",
		corev1.SchemeGroupVersion.WithKind("ConfigMap"):             "configmaps",
		corev1.SchemeGroupVersion.WithKind("Secret"):                "secrets",
		corev1.SchemeGroupVersion.WithKind("ServiceAccount"):        "serviceaccounts",
		corev1.SchemeGroupVersion.WithKind("Pod"):                   "pods",
		corev1.SchemeGroupVersion.WithKind("Service"):               "services",
		corev1.SchemeGroupVersion.WithKind("Node"):                  "nodes",
		corev1.SchemeGroupVersion.WithKind("Namespace"):             "namespaces",
	}[kind]
	return place{kind.GroupVersion().WithResource(plural), kind.Kind != "Node" && kind.Kind != "Namespace"}, known
}

// exactKind is a kind of one version of one group.
type exactKind schema.GroupVersionKind

func (k exactKind) find(mapper meta.RESTMapper) (*meta.RESTMapping, error) {
	return mapper.RESTMapping(schema.GroupVersionKind(k).GroupKind(), k.Version)
}
