package cluster

import (
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// resourceName is how a resource is named before its mapping is known.
type resourceName interface {
	find(meta.RESTMapper) (*meta.RESTMapping, error)
}

// typedName is a TYPE as kubectl takes it: "deploy", "deployments", "deployments.apps", "deployments.v1.apps".
type typedName string

// find resolves the name in kubectl's order: version and group, group, plain (cli-runtime pkg/resource/builder.go,
// mappingFor).
func (n typedName) find(mapper meta.RESTMapper) (*meta.RESTMapping, error) {
	full, partial := schema.ParseResourceArg(strings.ToLower(string(n)))
	kind := schema.GroupVersionKind{}
	var err error
	if full != nil {
		kind, err = mapper.KindFor(*full)
	}
	if kind.Empty() {
		kind, err = mapper.KindFor(partial.WithVersion(""))
	}
	if meta.IsNoMatchError(err) {
		return nil, message.Errorf(err, "error.no-such-type", message.Args{"Type": string(n)})
	}
	if err != nil {
		return nil, err
	}
	return mapper.RESTMapping(kind.GroupKind(), kind.Version)
}

// IsType reports whether a word names a resource type of the server, as "deploy" does. An error counts as no.
func (c *Cluster) IsType(word string) bool {
	_, err := c.mapping(typedName(word))
	return err == nil
}
