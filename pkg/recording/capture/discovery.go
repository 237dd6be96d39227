package capture

import (
	"cmp"
	"context"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// Resources reads the server's discovery. Groups of a broken extension server fail alone: the rest comes with the error.
func (c *Client) Resources(ctx context.Context) ([]recording.Resource, error) {
	groups, lists, err := c.discovery.ServerGroupsAndResourcesWithContext(ctx)
	all := described(groups, lists)
	if err != nil {
		return all, err
	}
	// Where /api or /apis is refused or not there, client-go says nothing and takes the other for all there is
	// (discovery/discovery_client.go, ServerGroups).
	of := func(core bool) bool {
		return slices.ContainsFunc(all, func(r recording.Resource) bool { return (r.Group == "") == core })
	}
	for _, half := range []struct {
		path string
		told bool
	}{{"/api", of(true)}, {"/apis", of(false)}} {
		if half.told {
			continue
		}
		if err := c.rest.Get().AbsPath(half.path).Do(ctx).Error(); err != nil {
			return all, err
		}
	}
	return all, nil
}

// withBuiltIn adds the kinds that every server has, but for the groups that the server told of.
func withBuiltIn(told []recording.Resource) []recording.Resource {
	all := slices.Clone(told)
	for _, resource := range recording.BuiltIn() {
		if !slices.ContainsFunc(told, func(r recording.Resource) bool { return r.Group == resource.Group }) {
			all = append(all, resource)
		}
	}
	return all
}

// described turns what discovery says into the resources of a recording.
func described(groups []*metav1.APIGroup, lists []*metav1.APIResourceList) []recording.Resource {
	type rank struct{ group, version int }
	ranks := map[string]rank{}
	for i, group := range groups {
		for j, version := range group.Versions {
			ranks[version.GroupVersion] = rank{i, j}
		}
	}
	var all []recording.Resource
	for _, list := range lists {
		version, err := schema.ParseGroupVersion(list.GroupVersion)
		if err != nil {
			continue // A server that names no version has no resource that can be read.
		}
		at := ranks[list.GroupVersion]
		all = append(all, ofVersion(version, list.APIResources, at.group, at.version)...)
	}
	slices.SortFunc(all, func(a, b recording.Resource) int {
		return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Name, b.Name))
	})
	return all
}

// ofVersion are the resources of one version of a group, each with its subresources.
func ofVersion(version schema.GroupVersion, listed []metav1.APIResource, groupRank, versionRank int) []recording.Resource {
	parts := map[string][]recording.Subresource{}
	for i := range listed {
		parent, name, isPart := strings.Cut(listed[i].Name, "/")
		if isPart {
			parts[parent] = append(parts[parent], recording.Subresource{
				Name: name, Group: listed[i].Group, Version: listed[i].Version, Kind: listed[i].Kind, Verbs: listed[i].Verbs,
			})
		}
	}
	var all []recording.Resource
	for i := range listed {
		r := &listed[i]
		if strings.Contains(r.Name, "/") {
			continue
		}
		all = append(all, recording.Resource{
			Group: version.Group, Version: version.Version, Name: r.Name, Singular: r.SingularName, Kind: r.Kind, Namespaced: r.Namespaced,
			ShortNames: r.ShortNames, Categories: r.Categories, Verbs: r.Verbs, GroupRank: groupRank, VersionRank: versionRank, Subresources: parts[r.Name],
		})
	}
	return all
}
