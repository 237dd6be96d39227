package capture

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strconv"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

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
	var rest *int64
	read, most := 0, 0
	for {
		next, err := c.page(ctx, resource, at.namespace, query, func(object map[string]any) error {
			read++
			return each(object)
		})
		most = max(most, read)
		if apierrors.IsResourceExpired(err) && query.Has("continue") {
			query.Del("continue")
			query.Del("limit")
			read = 0
			continue
		}
		if err != nil && most > 0 {
			return &partError{Part{most, rest}, err}
		}
		if err != nil || next.Continue == "" {
			return err
		}
		rest = next.RemainingItemCount
		query.Set("continue", next.Continue)
	}
}

// partError is a list of which the server sent a part.
type partError struct {
	part Part
	err  error
}

func (e *partError) Error() string { return e.err.Error() }
func (e *partError) Unwrap() error { return e.err }

// page reads one page and returns what it says of the next.
func (c *Capture) page(ctx context.Context, resource recording.Resource, namespace string, query url.Values, each func(map[string]any) error) (metav1.ListMeta, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout())
	defer cancel()
	accept := whole
	if resource.Group == secrets.Group && resource.Name == secrets.Resource {
		accept = metadataOnly
	}
	body, err := c.Source.Open(ctx, pathOf(resource, namespace), query, accept)
	if err != nil {
		return metav1.ListMeta{}, err
	}
	defer body.Close()
	return items(body, func(object map[string]any) error {
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

// items reads a list from a stream, of which it holds one object at a time.
func items(body io.Reader, each func(map[string]any) error) (next metav1.ListMeta, err error) {
	decoder := json.NewDecoder(body)
	decoder.UseNumber()
	if _, err := decoder.Token(); err != nil {
		return next, fmt.Errorf("reading a list: %w", err)
	}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return next, fmt.Errorf("reading a list: %w", err)
		}
		switch key {
		case "metadata":
			if err := decoder.Decode(&next); err != nil {
				return next, fmt.Errorf("reading a list: %w", err)
			}
		case "items":
			if err := array(decoder, each); err != nil {
				return next, err
			}
		default:
			var other json.RawMessage
			if err := decoder.Decode(&other); err != nil {
				return next, fmt.Errorf("reading a list: %w", err)
			}
		}
	}
	return next, nil
}

// array reads the objects of a list, which is null when it is empty.
func array(decoder *json.Decoder, each func(map[string]any) error) error {
	open, err := decoder.Token()
	if err != nil {
		return fmt.Errorf("reading a list: %w", err)
	}
	if open != json.Delim('[') {
		return nil
	}
	for decoder.More() {
		var object map[string]any
		if err := decoder.Decode(&object); err != nil {
			return fmt.Errorf("reading a list: %w", err)
		}
		if err := each(object); err != nil {
			return err
		}
	}
	_, err = decoder.Token()
	return err
}

// get reads one object.
func (c *Capture) get(ctx context.Context, resource recording.Resource, namespace, name string) (map[string]any, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout())
	defer cancel()
	accept := whole
	if resource.Group == secrets.Group && resource.Name == secrets.Resource {
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
	object["kind"], object["apiVersion"] = resource.Kind, versionOf(resource)
	return object, nil
}
