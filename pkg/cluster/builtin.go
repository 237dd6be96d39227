package cluster

import (
	"slices"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// builtIn maps the kinds that every server has, by all their names.
func builtIn() meta.RESTMapper {
	resources := recording.BuiltIn()
	var versions []schema.GroupVersion
	for i := range resources {
		if version := resources[i].GVR().GroupVersion(); !slices.Contains(versions, version) {
			versions = append(versions, version)
		}
	}
	mapper := meta.NewDefaultRESTMapper(versions)
	for i := range resources {
		r := &resources[i]
		scope := meta.RESTScopeRoot
		if r.Namespaced {
			scope = meta.RESTScopeNamespace
		}
		version := r.GVR().GroupVersion()
		kind := version.WithKind(r.Kind)
		mapper.AddSpecific(kind, r.GVR(), version.WithResource(r.Singular), scope)
		for _, short := range r.ShortNames {
			mapper.AddSpecific(kind, version.WithResource(short), version.WithResource(short), scope)
		}
		mapper.AddSpecific(kind, r.GVR(), version.WithResource(r.Singular), scope)
	}
	return mapper
}
