package server

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// discover answers the paths of discovery, and reports whether the path is one.
func (s *server) discover(w http.ResponseWriter, r *http.Request, path string) bool {
	parts := strings.Split(path, "/")
	if aggregated(r) && (path == "api" || path == "apis") {
		s.aggregated(w, path == "api")
		return true
	}
	switch {
	case path == "api":
		s.value(w, metav1.APIVersions{
			TypeMeta: metav1.TypeMeta{Kind: "APIVersions"}, Versions: []string{"v1"},
			ServerAddressByClientCIDRs: []metav1.ServerAddressByClientCIDR{},
		})
	case path == "apis":
		list := metav1.APIGroupList{TypeMeta: metav1.TypeMeta{Kind: "APIGroupList", APIVersion: "v1"}, Groups: []metav1.APIGroup{}}
		for _, group := range s.groups() {
			if group.name != "" {
				list.Groups = append(list.Groups, group.legacy())
			}
		}
		s.value(w, list)
	case parts[0] == "api" && len(parts) == 2:
		return s.describe(w, "", parts[1])
	case parts[0] == "apis" && len(parts) == 3:
		return s.describe(w, parts[1], parts[2])
	case parts[0] == "apis" && len(parts) == 2:
		for _, group := range s.groups() {
			if group.name == parts[1] {
				described := group.legacy()
				described.TypeMeta = metav1.TypeMeta{Kind: "APIGroup", APIVersion: "v1"}
				s.value(w, described)
				return true
			}
		}
		return false
	default:
		return false
	}
	return true
}

// group is an API group with its versions, the preferred one first.
type group struct {
	name     string
	rank     int
	versions []groupVersion
}

type groupVersion struct {
	name      string
	rank      int
	resources []recording.Resource
}

// groups are the groups in the order of the server's discovery.
func (s *server) groups() []group {
	var groups []group
	for _, resource := range s.recording.Resources { // Sorted by group and version.
		if len(groups) == 0 || groups[len(groups)-1].name != resource.Group {
			groups = append(groups, group{name: resource.Group, rank: resource.GroupRank})
		}
		in := &groups[len(groups)-1]
		if len(in.versions) == 0 || in.versions[len(in.versions)-1].name != resource.Version {
			in.versions = append(in.versions, groupVersion{name: resource.Version, rank: resource.VersionRank})
		}
		version := &in.versions[len(in.versions)-1]
		version.resources = append(version.resources, resource)
	}
	for i := range groups {
		slices.SortStableFunc(groups[i].versions, func(a, b groupVersion) int { return cmp.Compare(a.rank, b.rank) })
	}
	slices.SortStableFunc(groups, func(a, b group) int { return cmp.Compare(a.rank, b.rank) })
	return groups
}

// legacy describes a group as /apis does.
func (g group) legacy() metav1.APIGroup {
	described := metav1.APIGroup{Name: g.name}
	for _, version := range g.versions {
		described.Versions = append(described.Versions, metav1.GroupVersionForDiscovery{GroupVersion: g.name + "/" + version.name, Version: version.name})
	}
	described.PreferredVersion = described.Versions[0]
	return described
}

// describe answers /api/v1 and /apis/GROUP/VERSION.
func (s *server) describe(w http.ResponseWriter, group, version string) bool {
	name := strings.TrimPrefix(group+"/"+version, "/")
	list := metav1.APIResourceList{TypeMeta: metav1.TypeMeta{Kind: "APIResourceList", APIVersion: "v1"}, GroupVersion: name, APIResources: []metav1.APIResource{}}
	for _, r := range s.recording.Resources {
		if r.Group != group || r.Version != version {
			continue
		}
		list.APIResources = append(list.APIResources, metav1.APIResource{
			Name: r.Name, SingularName: r.Singular, Kind: r.Kind, Namespaced: r.Namespaced,
			ShortNames: r.ShortNames, Categories: r.Categories, Verbs: verbs(r.Verbs),
		})
		for _, sub := range r.Subresources {
			list.APIResources = append(list.APIResources, metav1.APIResource{
				Name: r.Name + "/" + sub.Name, Kind: sub.Kind, Group: sub.Group, Version: sub.Version, Namespaced: r.Namespaced, Verbs: verbs(sub.Verbs),
			})
		}
	}
	if len(list.APIResources) == 0 {
		return false
	}
	s.value(w, list)
	return true
}

// verbs is never null, which clients do not take.
func verbs(names []string) metav1.Verbs {
	return append(metav1.Verbs{}, names...)
}
