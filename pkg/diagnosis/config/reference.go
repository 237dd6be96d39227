package config

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// The kinds that a pod reads its configuration from.
const (
	configMap = "ConfigMap"
	secret    = "Secret"
)

// reference is one place of a pod's spec that needs a ConfigMap or a Secret. Those that are optional need nothing and are
// not among them.
type reference struct {
	kind, name string
	// keys are those that it needs by name.
	keys []string
	// place is where it stands, in a few words: env DB_URL, envFrom[0], volume certificate.
	place string
	// container is the one whose environment it is; volume is the name of the volume otherwise.
	container, volume string
	proof             diagnosis.Evidence
}

// references returns all places of a pod that need a ConfigMap or a Secret, in the order of the spec.
func references(c *diagnosis.Case) []reference {
	var found []reference
	for _, container := range c.Containers {
		found = append(found, inEnvironment(container)...)
	}
	for i := range c.Pod.Spec.Volumes {
		found = append(found, inVolume(&c.Pod.Spec.Volumes[i])...)
	}
	return found
}

func inEnvironment(container podstate.Container) []reference {
	var found []reference
	add := func(kind, name string, keys []string, place, field string) {
		found = append(found, reference{
			kind: kind, name: name, keys: keys, place: place, container: container.Name(),
			proof: diagnosis.SpecOf(container, field, named(name, keys)),
		})
	}
	for i, from := range container.Spec.EnvFrom {
		place := fmt.Sprintf("envFrom[%d]", i)
		if ref := from.ConfigMapRef; ref != nil && needed(ref.Optional) {
			add(configMap, ref.Name, nil, place, place+".configMapRef")
		}
		if ref := from.SecretRef; ref != nil && needed(ref.Optional) {
			add(secret, ref.Name, nil, place, place+".secretRef")
		}
	}
	for _, variable := range container.Spec.Env {
		from := variable.ValueFrom
		if from == nil {
			continue
		}
		place, field := "env "+variable.Name, "env["+variable.Name+"].valueFrom."
		if ref := from.ConfigMapKeyRef; ref != nil && needed(ref.Optional) {
			add(configMap, ref.Name, []string{ref.Key}, place, field+"configMapKeyRef")
		}
		if ref := from.SecretKeyRef; ref != nil && needed(ref.Optional) {
			add(secret, ref.Name, []string{ref.Key}, place, field+"secretKeyRef")
		}
	}
	return found
}

func inVolume(volume *corev1.Volume) []reference {
	var found []reference
	field := "spec.volumes[" + volume.Name + "]"
	add := func(kind, name string, items []corev1.KeyToPath, place, field string) {
		keys := keysOf(items)
		found = append(found, reference{
			kind: kind, name: name, keys: keys, place: place, volume: volume.Name,
			proof: diagnosis.Evidence{Source: diagnosis.Spec, Field: field, Value: named(name, keys)},
		})
	}
	place := "volume " + volume.Name
	if source := volume.ConfigMap; source != nil && needed(source.Optional) {
		add(configMap, source.Name, source.Items, place, field+".configMap")
	}
	if source := volume.Secret; source != nil && needed(source.Optional) {
		add(secret, source.SecretName, source.Items, place, field+".secret")
	}
	if volume.Projected == nil {
		return found
	}
	for i, source := range volume.Projected.Sources {
		place := fmt.Sprintf("%s (projected.sources[%d])", place, i)
		field := fmt.Sprintf("%s.projected.sources[%d]", field, i)
		if from := source.ConfigMap; from != nil && needed(from.Optional) {
			add(configMap, from.Name, from.Items, place, field+".configMap")
		}
		if from := source.Secret; from != nil && needed(from.Optional) {
			add(secret, from.Name, from.Items, place, field+".secret")
		}
	}
	return found
}

func needed(optional *bool) bool { return optional == nil || !*optional }

func keysOf(items []corev1.KeyToPath) []string {
	var keys []string
	for _, item := range items {
		keys = append(keys, item.Key)
	}
	return keys
}

// named is an object's name and the keys that are read from it, as evidence shows them.
func named(name string, keys []string) string {
	for i, key := range keys {
		separator := ", "
		if i == 0 {
			separator = ": "
		}
		name += separator + key
	}
	return name
}
