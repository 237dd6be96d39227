package loopback

import (
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
)

// request is what a path asks for: all objects of a resource, or one.
type request struct {
	version, resource, namespace, name string
}

// parse reads /api/v1/... and /apis/GROUP/VERSION/..., with or without a namespace.
func parse(path string) (request, bool) {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	var asked request
	switch {
	case len(parts) > 2 && parts[0] == "api":
		asked.version, parts = parts[1], parts[2:]
	case len(parts) > 3 && parts[0] == "apis":
		asked.version, parts = parts[1]+"/"+parts[2], parts[3:]
	default:
		return request{}, false
	}
	if parts[0] == "namespaces" && len(parts) > 2 {
		asked.namespace, parts = parts[1], parts[2:]
	}
	asked.resource = parts[0]
	if len(parts) > 1 {
		asked.name = parts[1]
	}
	_, known := types()[asked.version][asked.resource]
	return asked, known && len(parts) <= 2
}

// find returns the objects that are asked for.
func (r request) find(selector labels.Selector) []unstructured.Unstructured {
	var found []unstructured.Unstructured
	for _, object := range shop() {
		if object.GetAPIVersion() != r.version || object.GetKind() != types()[r.version][r.resource] {
			continue
		}
		if r.namespace != "" && object.GetNamespace() != r.namespace || r.name != "" && object.GetName() != r.name {
			continue
		}
		if selector.Matches(labels.Set(object.GetLabels())) {
			found = append(found, object)
		}
	}
	return found
}
