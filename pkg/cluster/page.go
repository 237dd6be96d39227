package cluster

import (
	"context"
	"fmt"

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
	// remaining is how many more the server says there are, nil when it does not.
	remaining *int64
}

// pageOf is the page that a list is.
func pageOf[T any](list metav1.ListInterface, items []T) page[T] {
	return page[T]{items: items, next: list.GetContinue(), revision: list.GetResourceVersion(), remaining: list.GetRemainingItemCount()}
}

// pages reads a LIST to its end. A token that expired between two pages (410 Gone: etcd was compacted) is answered by
// reading everything again in one page, as client-go's pager does, since a half-read list must not pass for a whole one.
// For the same reason a page that does not come makes the whole a failure, which tells how far it was.
func pages[T any](ctx context.Context, options metav1.ListOptions, read func(context.Context, metav1.ListOptions) (page[T], error)) (page[T], error) {
	options.Limit = pageSize
	var all page[T]
	var course Course
	for {
		p, err := read(ctx, options)
		if apierrors.IsResourceExpired(err) && options.Continue != "" {
			options.Limit, options.Continue = 0, ""
			return read(ctx, options)
		}
		if err == nil {
			err = course.Page(len(p.items), p.next, p.remaining)
		}
		if err != nil {
			return page[T]{}, course.Broken(err)
		}
		all.items = append(all.items, p.items...)
		all.revision = p.revision
		if p.next == "" {
			return all, nil
		}
		options.Continue = p.next
	}
}

const (
	// mostPages bounds the pages of a list: a million objects, of which no API server holds as many of one kind.
	mostPages = 2000
	// mostShort bounds those that are not full though there is more: an API server fills them, selectors or not
	// (apiserver pkg/storage/etcd3/store.go, GetList).
	mostShort = 100
	// mostIdle bounds those that lead nowhere: without an object, or after which as many are left as before.
	mostIdle = 10
)

// Course is how far a list was read. The zero value has read nothing.
type Course struct {
	read, pages, short, idle int

	remaining *int64
	tokens    map[string]bool
}

// Page notes a page of some objects, of which pageSize were asked for, the token for the next and how many the server says are left. An error means that
// the pages have no end.
func (c *Course) Page(objects int, next string, remaining *int64) error {
	c.read += objects
	c.pages++
	if objects == 0 || remaining != nil && c.remaining != nil && *remaining >= *c.remaining {
		c.idle++
	} else {
		c.idle = 0
	}
	c.remaining = remaining
	if next == "" {
		return nil
	}
	if objects < pageSize {
		c.short++
	}
	if c.tokens[next] || c.idle >= mostIdle || c.short >= mostShort || c.pages >= mostPages {
		return &endlessError{pages: c.pages}
	}
	if c.tokens == nil {
		c.tokens = map[string]bool{}
	}
	c.tokens[next] = true
	return nil
}

// Broken is the error of a page, with how much was read before. That of the first page stays as it is.
func (c *Course) Broken(err error) error {
	if c.pages == 0 {
		return err
	}
	broken := &listError{read: c.read, cause: err}
	if c.remaining != nil && *c.remaining > 0 {
		broken.of = int64(c.read) + *c.remaining
	}
	return broken
}

// endlessError is a server that always has another page.
type endlessError struct{ pages int }

func (e *endlessError) Error() string {
	return fmt.Sprintf("after %d pages the server still offers another one and gets no further: its list has no end", e.pages)
}

// listError is a list that was read in part.
type listError struct {
	read  int
	of    int64 // How many there are, as the server said; 0 when it did not.
	cause error
}

func (e *listError) Error() string {
	if e.of > 0 {
		return fmt.Sprintf("%d of %d were read, then: %s", e.read, e.of, Cause(e.cause))
	}
	return fmt.Sprintf("%d were read, then: %s", e.read, Cause(e.cause))
}

func (e *listError) Unwrap() error { return e.cause }
