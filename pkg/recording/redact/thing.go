package redact

import (
	"slices"
	"strings"
)

// names notes what in an object is the name of something: of objects, containers, images, hosts. A value of a secret that is
// one stays where it means the thing.
func (r *Redactor) names(object map[string]any) { //nolint:gocognit // A scanner reads better in one piece.
	for key, value := range object {
		switch value := value.(type) {
		case string:
			if slices.Contains(naming, key) {
				r.thing(value)
			}
		case map[string]any:
			if key == "labels" || key == "matchLabels" {
				r.labels(value)
				continue
			}
			if key != "annotations" {
				r.names(value)
			}
		case []any:
			if key == "managedFields" {
				continue
			}
			for i := range value {
				if inner, isMap := value[i].(map[string]any); isMap {
					r.names(inner)
				}
			}
		}
	}
}

func (r *Redactor) labels(labels map[string]any) {
	for key, value := range labels {
		text, _ := value.(string)
		domain, _, _ := strings.Cut(key, "/")
		if slices.Contains(namingLabels, key) || strings.HasSuffix(domain, "kubernetes.io") || strings.HasSuffix(domain, "k8s.io") || domain == "helm.sh" {
			if r.keys.class(effective(key[strings.LastIndexByte(key, '/')+1:])) == "" {
				r.thing(text)
			}
		}
	}
}
