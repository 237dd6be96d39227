package cluster

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Objects reads objects of the resource that a user typed ("deploy", "rollouts.argoproj.io"), with every field as the
// server sent it. It takes one namespaced or cluster-wide resource; the query's namespace is ignored for the latter.
// Names of a namespaced resource without a namespace are refused, as kubectl refuses them, and so are Secrets: their
// data is never requested.
func (c *Cluster) Objects(ctx context.Context, resource string, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	asked := request{verb: "list", resource: resource, namespace: query.Namespace}
	mapping, err := c.mapping(typedName(resource))
	if err != nil {
		return unanswered[[]unstructured.Unstructured](err, asked)
	}
	if mapping.Resource.GroupResource() == secrets {
		return unanswered[[]unstructured.Unstructured](message.Errorf(nil, "error.secret", nil), asked)
	}
	client, err := c.untyped()
	if err != nil {
		return unanswered[[]unstructured.Unstructured](err, asked)
	}
	if mapping.Scope.Name() == meta.RESTScopeNameRoot {
		query.Namespace = ""
	} else if query.Namespace == "" && len(query.Names) > 0 {
		err := message.Errorf(nil, "error.name-in-all-namespaces", message.Args{"Name": resource + "/" + query.Names[0]})
		return unanswered[[]unstructured.Unstructured](err, asked)
	}
	objects := client.Resource(mapping.Resource).Namespace(query.Namespace)
	return read(ctx, query, untypedReading(mapping.Resource.Resource, mapping.GroupVersionKind, objects))
}

// RawPods is Pods with every field as the server sent it, for the printers that show objects untouched.
func (c *Cluster) RawPods(ctx context.Context, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	client, err := c.untyped()
	if err != nil {
		return unanswered[[]unstructured.Unstructured](err, request{verb: "list", resource: "pods", namespace: query.Namespace})
	}
	return read(ctx, query, untypedReading("pods", corev1.SchemeGroupVersion.WithKind("Pod"), client.Resource(podsResource).Namespace(query.Namespace)))
}

func untypedReading(resource string, kind schema.GroupVersionKind, objects dynamic.ResourceInterface) reading[unstructured.Unstructured] {
	return reading[unstructured.Unstructured]{
		resource: resource,
		get: func(ctx context.Context, name string) (*unstructured.Unstructured, error) {
			object, err := objects.Get(ctx, name, metav1.GetOptions{})
			if err != nil {
				return nil, unreadable(err, kind.Kind)
			}
			return object, isA(object.GroupVersionKind(), kind)
		},
		list: func(ctx context.Context, options metav1.ListOptions) (page[unstructured.Unstructured], error) {
			list, err := objects.List(ctx, options)
			if err != nil {
				return page[unstructured.Unstructured]{}, unreadable(err, kind.Kind+"List")
			}
			return pageOf(list, list.Items), isListOf(list.GroupVersionKind(), kind)
		},
		name: func(object *unstructured.Unstructured) string { return object.GetName() },
	}
}

// Metadata reads the metadata of the objects of a kind and nothing else: it is enough to climb to an owner's owner, and
// to tell whether a Secret exists without asking for its data. It works for any kind, custom ones included.
func (c *Cluster) Metadata(ctx context.Context, kind metav1.TypeMeta, query casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	asked := request{verb: "get", resource: kind.Kind, namespace: query.Namespace}
	place, err := c.placeOf(kind)
	if err != nil {
		return unanswered[[]metav1.PartialObjectMetadata](err, asked)
	}
	if !place.namespaced {
		query.Namespace = ""
	}
	how, err := c.metadataReading(place, kind.GroupVersionKind(), query.Namespace)
	if err != nil {
		return unanswered[[]metav1.PartialObjectMetadata](err, asked)
	}
	return read(ctx, query, how)
}

// Whole reads objects of a kind with every field as the server sent it, Secrets excepted.
func (c *Cluster) Whole(ctx context.Context, kind metav1.TypeMeta, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	asked := request{verb: "list", resource: kind.Kind, namespace: query.Namespace}
	place, err := c.placeOf(kind)
	if err != nil {
		return unanswered[[]unstructured.Unstructured](err, asked)
	}
	if place.resource.GroupResource() == secrets {
		return unanswered[[]unstructured.Unstructured](message.Errorf(nil, "error.secret", nil), asked)
	}
	client, err := c.untyped()
	if err != nil {
		return unanswered[[]unstructured.Unstructured](err, asked)
	}
	if !place.namespaced {
		query.Namespace = ""
	}
	return read(ctx, query, untypedReading(place.resource.Resource, kind.GroupVersionKind(), client.Resource(place.resource).Namespace(query.Namespace)))
}
