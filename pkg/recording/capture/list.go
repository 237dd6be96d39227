package capture

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// pageSize is kubectl's --chunk-size.
const pageSize = 500

// The encodings that are asked for. Of Secrets the server is asked for nothing but metadata.
const (
	whole        = "application/json"
	metadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
	oneMetadata  = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"
)

// pathOf is the path of a resource's list.
func pathOf(resource recording.Resource, namespace string) string {
	path := "/apis/" + resource.Group + "/" + resource.Version
	if resource.Group == "" {
		path = "/api/" + resource.Version
	}
	if namespace != "" {
		path += "/namespaces/" + url.PathEscape(namespace)
	}
	return path + "/" + resource.Name
}

// list reads a list page by page and hands out its objects one by one. The pages show one moment: a token that the server
// has forgotten between two of them (410 Gone) makes it read anew in one piece, over which earlier objects come twice.
func (c *Capture) list(ctx context.Context, resource recording.Resource, at scope, each func(map[string]any) error) error {
	query := url.Values{"limit": {strconv.Itoa(pageSize)}}
	if at.labels != "" {
		query.Set("labelSelector", at.labels)
	}
	if at.fields != "" {
		query.Set("fieldSelector", at.fields)
	}
	var course cluster.Course
	for {
		p, err := c.page(ctx, resource, at.namespace, query, each)
		if apierrors.IsResourceExpired(err) && query.Has("continue") {
			query.Del("continue")
			query.Del("limit")
			course = cluster.Course{}
			continue
		}
		if err == nil {
			err = course.Page(p.objects, p.metadata.Continue, p.metadata.RemainingItemCount)
		}
		if err != nil {
			return course.Broken(err)
		}
		if p.metadata.Continue == "" {
			return nil
		}
		query.Set("continue", p.metadata.Continue)
	}
}

// page reads one page.
func (c *Capture) page(ctx context.Context, resource recording.Resource, namespace string, query url.Values, each func(map[string]any) error) (*list, error) {
	accept := whole
	if isSecret(resource) {
		accept = metadataOnly
	}
	body, err := c.Source.Open(ctx, pathOf(resource, namespace), query, accept)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	page := &list{of: resource}
	return page, page.read(body, func(object map[string]any) error {
		// The items of a list do not repeat what they are, and metadata says that it is metadata.
		object["kind"], object["apiVersion"] = resource.Kind, versionOf(resource)
		return each(object)
	})
}

func versionOf(resource recording.Resource) string {
	if resource.Group == "" {
		return resource.Version
	}
	return resource.Group + "/" + resource.Version
}

// get reads one object.
func (c *Capture) get(ctx context.Context, resource recording.Resource, namespace, name string) (map[string]any, error) {
	accept := whole
	if isSecret(resource) {
		accept = oneMetadata
	}
	body, err := c.Source.Open(ctx, pathOf(resource, namespace)+"/"+url.PathEscape(name), nil, accept)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	decoder := json.NewDecoder(body)
	decoder.UseNumber()
	var object map[string]any
	if err := decoder.Decode(&object); err != nil {
		return nil, fmt.Errorf("reading an object: %w", err)
	}
	if err := isOf(object, resource); err != nil {
		return nil, err
	}
	object["kind"], object["apiVersion"] = resource.Kind, versionOf(resource)
	return object, nil
}
