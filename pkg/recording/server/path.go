package server

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

var pods = schema.GroupVersionResource{Version: "v1", Resource: "pods"}

// asked is what a path names.
type asked struct {
	recording.Request
	// rest is what follows a subresource: the path that a proxy is asked for.
	rest     string
	resource recording.Resource
}

func (a asked) gvr() schema.GroupVersionResource {
	return schema.GroupVersionResource{Group: a.Group, Version: a.Version, Resource: a.Resource}
}

// parse reads the path of a resource (apiserver pkg/endpoints/request/requestinfo.go, NewRequestInfo); it is not ok for
// paths of discovery and for those that are no API's.
func parse(path string) (asked, bool) {
	parts := strings.Split(path, "/")
	var found asked
	switch {
	case parts[0] == "api" && len(parts) > 2:
		found.Version, parts = parts[1], parts[2:]
	case parts[0] == "apis" && len(parts) > 3:
		found.Group, found.Version, parts = parts[1], parts[2], parts[3:]
	default:
		return asked{}, false
	}
	if slices.Contains(parts[:min(len(parts), 4)], "") {
		return asked{}, false
	}
	// namespaces/shop/pods is about pods; namespaces/shop and namespaces/shop/status are about the namespace.
	if parts[0] == "namespaces" && len(parts) > 2 && parts[2] != "status" && parts[2] != "finalize" {
		found.Namespace, parts = parts[1], parts[2:]
	}
	found.Resource = parts[0]
	if len(parts) > 1 {
		found.Name = parts[1]
	}
	if len(parts) > 2 {
		found.Subresource = parts[2]
	}
	if len(parts) > 3 {
		found.rest = strings.Join(parts[3:], "/")
	}
	return found, true
}
