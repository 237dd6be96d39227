package cluster

import (
	"context"
	"encoding/json"
	"errors"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/rest"
)

// What client-go's metadata client accepts (metadata/metadata.go), the objects themselves at last: servers of extensions
// may know nothing else.
const (
	oneMetadata  = "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json"
	manyMetadata = "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"
)

// metadataReading asks the server for the metadata of objects and nothing else. client-go's metadata client would take
// any JSON for an empty list, and does not tell what came; so its requests are made here.
func (c *Cluster) metadataReading(at place, kind schema.GroupVersionKind, namespace string) (reading[metav1.PartialObjectMetadata], error) {
	config := metadata.ConfigFor(c.config)
	config.GroupVersion = &schema.GroupVersion{} // The path is given with each request.
	client, err := rest.RESTClientForConfigAndClient(config, c.http)
	if err != nil {
		return reading[metav1.PartialObjectMetadata]{}, err
	}
	path := []string{"apis", at.resource.Group, at.resource.Version}
	if at.resource.Group == "" {
		path = []string{"api", at.resource.Version}
	}
	if namespace != "" {
		path = append(path, "namespaces", namespace)
	}
	path = append(path, at.resource.Resource)
	return reading[metav1.PartialObjectMetadata]{
		resource: at.resource.Resource,
		get: func(ctx context.Context, name string) (*metav1.PartialObjectMetadata, error) {
			result := client.Get().AbsPath(path...).Suffix(name).SetHeader("Accept", oneMetadata).Do(ctx)
			return partial(result, kind.Kind, &metav1.PartialObjectMetadata{}, func(found schema.GroupVersionKind) error { return isA(found, kind) })
		},
		list: func(ctx context.Context, options metav1.ListOptions) (page[metav1.PartialObjectMetadata], error) {
			result := client.Get().AbsPath(path...).SpecificallyVersionedParams(&options, scheme.ParameterCodec, corev1.SchemeGroupVersion).SetHeader("Accept", manyMetadata).Do(ctx)
			list, err := partial(result, kind.Kind+"List", &metav1.PartialObjectMetadataList{}, func(found schema.GroupVersionKind) error { return isListOf(found, kind) })
			if err != nil {
				return page[metav1.PartialObjectMetadata]{}, err
			}
			return pageOf(list, list.Items), nil
		},
		name: func(object *metav1.PartialObjectMetadata) string { return object.Name },
	}, nil
}

// partial is the metadata in an answer, or in whole objects of the kind that was asked for.
func partial[T runtime.Object](result rest.Result, wanted string, into T, check func(schema.GroupVersionKind) error) (T, error) {
	typed, err := decoded[T](result, wanted)
	if !runtime.IsNotRegisteredError(rootOf(err)) {
		return typed, err
	}
	raw, rawErr := result.Raw()
	if rawErr != nil {
		return typed, rawErr
	}
	var kind metav1.TypeMeta
	if json.Unmarshal(raw, &kind) != nil || json.Unmarshal(raw, into) != nil {
		return typed, err
	}
	return into, check(kind.GroupVersionKind())
}

// rootOf is what a decoder said of an answer that is not what was asked for; it is told by its type alone.
func rootOf(err error) error {
	var other *kindError
	if errors.As(err, &other) {
		return other.cause
	}
	return err
}
