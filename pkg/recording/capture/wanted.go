package capture

import (
	"maps"
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// mostWanted bounds the objects of a resource that are read one by one where a list is refused.
const mostWanted = 50

// wanted are the names of objects that targets name, by resource and namespace.
type wanted map[string]map[string]bool

func (w wanted) add(resource, namespace, name string) {
	at := resource + " " + namespace
	if w[at] == nil {
		w[at] = map[string]bool{}
	}
	if name != "" && len(w[at]) < mostWanted {
		w[at][name] = true
	}
}

// of returns the names, sorted.
func (w wanted) of(resource, namespace string) []string {
	return slices.Sorted(maps.Keys(w[resource+" "+namespace]))
}

// note adds what a pod names.
func (w wanted) note(pod *corev1.Pod) {
	ns := pod.Namespace
	w.add("nodes", "", pod.Spec.NodeName)
	w.add("priorityclasses", "", pod.Spec.PriorityClassName)
	w.add("namespaces", "", ns)
	w.add("serviceaccounts", ns, pod.Spec.ServiceAccountName)
	for _, secret := range pod.Spec.ImagePullSecrets {
		w.add("secrets", ns, secret.Name)
	}
	for i := range pod.Spec.Volumes {
		w.volume(ns, &pod.Spec.Volumes[i])
	}
	for _, containers := range [][]corev1.Container{pod.Spec.InitContainers, pod.Spec.Containers} {
		for i := range containers {
			w.container(ns, &containers[i])
		}
	}
}

func (w wanted) volume(ns string, volume *corev1.Volume) {
	if claim := volume.PersistentVolumeClaim; claim != nil {
		w.add("persistentvolumeclaims", ns, claim.ClaimName)
	}
	if m := volume.ConfigMap; m != nil {
		w.add("configmaps", ns, m.Name)
	}
	if s := volume.Secret; s != nil {
		w.add("secrets", ns, s.SecretName)
	}
	if volume.Projected == nil {
		return
	}
	for _, source := range volume.Projected.Sources {
		if source.ConfigMap != nil {
			w.add("configmaps", ns, source.ConfigMap.Name)
		}
		if source.Secret != nil {
			w.add("secrets", ns, source.Secret.Name)
		}
	}
}

func (w wanted) container(ns string, container *corev1.Container) {
	for _, from := range container.EnvFrom {
		if from.ConfigMapRef != nil {
			w.add("configmaps", ns, from.ConfigMapRef.Name)
		}
		if from.SecretRef != nil {
			w.add("secrets", ns, from.SecretRef.Name)
		}
	}
	for _, env := range container.Env {
		if env.ValueFrom == nil {
			continue
		}
		if key := env.ValueFrom.ConfigMapKeyRef; key != nil {
			w.add("configmaps", ns, key.Name)
		}
		if key := env.ValueFrom.SecretKeyRef; key != nil {
			w.add("secrets", ns, key.Name)
		}
	}
}

// noteOwners adds the kinds of an object's owners.
func noteOwners(kinds map[schema.GroupVersionKind]bool, object map[string]any) {
	metadata, _ := object["metadata"].(map[string]any)
	references, _ := metadata["ownerReferences"].([]any)
	for _, reference := range references {
		owner, _ := reference.(map[string]any)
		version, _ := owner["apiVersion"].(string)
		kind, _ := owner["kind"].(string)
		if parsed, err := schema.ParseGroupVersion(version); err == nil {
			kinds[parsed.WithKind(kind)] = true
		}
	}
}
