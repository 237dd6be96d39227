package recording

import (
	"cmp"

	"k8s.io/apimachinery/pkg/runtime/schema"
)

// Resource is one resource of the recorded server, as its discovery described it.
type Resource struct {
	Group   string `json:"group,omitempty"`
	Version string `json:"version"`
	// Name is the plural by which URLs name it: "pods".
	Name       string   `json:"name"`
	Singular   string   `json:"singular,omitempty"`
	Kind       string   `json:"kind"`
	Namespaced bool     `json:"namespaced,omitempty"`
	ShortNames []string `json:"shortNames,omitempty"`
	Categories []string `json:"categories,omitempty"`
	Verbs      []string `json:"verbs,omitempty"`
	// VersionRank is the place of Version among the versions of the group in the order of the server's preference; 0 is
	// the preferred one. GroupRank is that of the group among all groups.
	VersionRank  int           `json:"versionRank,omitempty"`
	GroupRank    int           `json:"groupRank,omitempty"`
	Subresources []Subresource `json:"subresources,omitempty"`
}

// Subresource is a part of a resource with a URL of its own: "log" of pods.
type Subresource struct {
	Name string `json:"name"`
	// Group, Version and Kind are those of what is sent and received; Group and Version are empty when they are those of
	// the resource.
	Group   string   `json:"group,omitempty"`
	Version string   `json:"version,omitempty"`
	Kind    string   `json:"kind"`
	Verbs   []string `json:"verbs,omitempty"`
}

// GVR is the name of the resource.
func (r *Resource) GVR() schema.GroupVersionResource {
	return schema.GroupVersionResource{Group: r.Group, Version: r.Version, Resource: r.Name}
}

// compareResources is the order of a recording's resources: by group, version and name.
func compareResources(a, b Resource) int {
	return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Name, b.Name))
}

// Listing is a list that was read to its end: what it selects and the recording does not hold did not exist. Nothing
// is claimed of objects that no listing covers.
type Listing struct {
	Group    string `json:"group,omitempty"`
	Version  string `json:"version"`
	Resource string `json:"resource"`
	// Namespace is empty for all namespaces, and for resources without any.
	Namespace string `json:"namespace,omitempty"`
	// Labels and Fields are the selectors of the list; empty ones select everything.
	Labels string `json:"labels,omitempty"`
	Fields string `json:"fields,omitempty"`
}

func compareListings(a, b Listing) int {
	return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Resource, b.Resource),
		cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Labels, b.Labels), cmp.Compare(a.Fields, b.Fields))
}

// Object is one recorded object.
type Object struct {
	// Revision is the resourceVersion.
	Namespace, Name, UID, Revision string
	// Raw is the object as JSON on one line, its keys sorted. Nobody may change it.
	Raw []byte
}

// compareObjects is the order of the objects of a resource: that of "namespace/name", in which API servers list them.
func compareObjects(a, b Object) int {
	return cmp.Compare(a.Namespace+"/"+a.Name, b.Namespace+"/"+b.Name)
}
