package cluster

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// secrets are what podkit does not read.
var secrets = corev1.Resource("secrets")

// podsResource is the resource of pods, which needs no lookup.
var podsResource = corev1.SchemeGroupVersion.WithResource("pods")

// pageSize is kubectl's --chunk-size: a page small enough for the server to answer without strain.
const pageSize = 500

// page is one page of a LIST.
type page[T any] struct {
	items    []T
	next     string
	revision string
}

// pages reads a LIST to its end. A token that expired between two pages (410 Gone: etcd was compacted) is answered by
// reading everything again in one page, as client-go's pager does, since a half-read list must not pass for a whole one.
func pages[T any](ctx context.Context, options metav1.ListOptions, read func(context.Context, metav1.ListOptions) (page[T], error)) (page[T], error) {
	options.Limit = pageSize
	var all page[T]
	for {
		p, err := read(ctx, options)
		if apierrors.IsResourceExpired(err) && options.Continue != "" {
			options.Limit, options.Continue = 0, ""
			return read(ctx, options)
		}
		if err != nil {
			return page[T]{}, err
		}
		all.items = append(all.items, p.items...)
		all.revision = p.revision
		if p.next == "" {
			return all, nil
		}
		options.Continue = p.next
	}
}
