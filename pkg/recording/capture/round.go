package capture

import (
	"context"
	"errors"
	"fmt"
	"slices"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// round goes through the resources.
type round struct {
	*Capture
	resources  []recording.Resource
	namespaces []string
	matchers   []matcher
	census     census

	subjects []subject
	wanted   wanted
	owners   map[schema.GroupVersionKind]bool
	written  map[schema.GroupVersionResource]bool
}

func newRound(c *Capture, resources []recording.Resource) (*round, error) {
	r := &round{
		Capture: c, resources: resources, namespaces: namespacesOf(c.Selections), census: census{},
		wanted: wanted{}, owners: map[schema.GroupVersionKind]bool{}, written: map[schema.GroupVersionResource]bool{},
	}
	for _, selection := range c.Selections {
		m, err := newMatcher(selection)
		if err != nil {
			return nil, err
		}
		r.matchers = append(r.matchers, m)
		for _, name := range selection.Names {
			r.wanted.add("pods", selection.Namespace, name)
		}
	}
	return r, nil
}

// all records every resource that a diagnosis may ask for, then the owners of kinds that podkit does not know, and in the
// end describes the resources of which there is nothing.
func (r *round) all(ctx context.Context) error {
	for _, wish := range wishes() {
		resource, known := served(r.resources, wish.group, wish.resource)
		if !known {
			continue
		}
		scopes := wish.scopes(resource, r.namespaces)
		if wish.named && !slices.Contains(r.namespaces, "") {
			scopes = nil // Who is asked for one namespace need not tell of the others.
		}
		if err := r.resource(ctx, resource, scopes); err != nil {
			return err
		}
		if scopes == nil {
			if err := r.oneByOne(ctx, resource, ""); err != nil {
				return err
			}
		}
	}
	if err := r.customOwners(ctx); err != nil {
		return err
	}
	for _, resource := range r.resources {
		if r.written[resource.GVR()] {
			continue
		}
		if err := r.writer.Resource(resource); err != nil {
			return err
		}
	}
	return nil
}

// mostClimbs bounds chains of owners of kinds that podkit does not know.
const mostClimbs = 8

// customOwners records the resources of owners that are none of Kubernetes' own: a Rollout above a ReplicaSet.
func (r *round) customOwners(ctx context.Context) error {
	for range mostClimbs {
		var unread []recording.Resource
		for _, resource := range r.resources {
			kind := schema.GroupVersionKind{Group: resource.Group, Version: resource.Version, Kind: resource.Kind}
			if r.owners[kind] && !r.written[resource.GVR()] && slices.Contains(resource.Verbs, "list") {
				unread = append(unread, resource)
			}
		}
		if len(unread) == 0 {
			return nil
		}
		for _, resource := range unread {
			if err := r.resource(ctx, resource, wish{}.scopes(resource, r.namespaces)); err != nil {
				return err
			}
		}
	}
	return nil
}

// resource records one resource.
func (r *round) resource(ctx context.Context, resource recording.Resource, scopes []scope) error {
	if err := r.writer.Resource(resource); err != nil {
		return err
	}
	r.written[resource.GVR()] = true
	for _, at := range scopes {
		if err := r.scope(ctx, resource, at); err != nil {
			return err
		}
	}
	return nil
}

// scope records one list; who may not list may be allowed to read the objects that the targets name.
func (r *round) scope(ctx context.Context, resource recording.Resource, at scope) error {
	var broken error
	known := map[string]bool{} // A list that is read anew brings what it brought before.
	err := r.list(ctx, resource, at, func(object map[string]any) error {
		key := keyOf(object)
		if known[key] {
			broken = r.rewrite(object)
			return broken
		}
		known[key] = true
		broken = r.object(resource, object)
		return broken
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case broken != nil:
		return broken
	case err == nil:
		return r.writer.Listed(recording.Listing{
			Group: resource.Group, Version: resource.Version, Resource: resource.Name, Namespace: at.namespace, Labels: at.labels, Fields: at.fields,
		})
	case at.labels == "" && at.fields == "" && answered(err):
		if err := r.oneByOne(ctx, resource, at.namespace); err != nil {
			return err
		}
	}
	if resource.Group == "" && resource.Name == "pods" && len(r.subjects) == 0 && slices.Contains(r.namespaces, at.namespace) {
		return &UnreadError{Verb: "list", Resource: "pods", Namespace: at.namespace, Err: err}
	}
	return r.refused(recording.Request{
		Verb: "list", Group: resource.Group, Version: resource.Version, Resource: resource.Name, Namespace: at.namespace,
	}, err)
}

// keyOf tells an object from the others of its list.
func keyOf(object map[string]any) string {
	metadata, _ := object["metadata"].(map[string]any)
	return fmt.Sprint(metadata["namespace"], "/", metadata["name"])
}

// answered reports whether the server said why it did not fulfil a request; one that said nothing would do so again.
func answered(err error) bool {
	var status apierrors.APIStatus
	return errors.As(err, &status)
}

// oneByOne records the objects that the targets name. That one does not exist is recorded as well.
func (r *round) oneByOne(ctx context.Context, resource recording.Resource, namespace string) error {
	for _, name := range r.wanted.of(resource.Name, namespace) {
		object, err := r.get(ctx, resource, namespace, name)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil:
			err = r.object(resource, object)
		default:
			err = r.refused(recording.Request{
				Verb: "get", Group: resource.Group, Version: resource.Version, Resource: resource.Name, Namespace: namespace, Name: name,
			}, err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// object records an object, and notes what it leads to.
func (r *round) object(resource recording.Resource, object map[string]any) error {
	noteOwners(r.owners, object)
	if resource.Group == "" && resource.Name == "pods" {
		pod, err := podOf(object)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(r.matchers, func(m matcher) bool { return m.matches(pod) }) {
			r.subjects = append(r.subjects, r.census.subject(pod, r.Active))
			r.wanted.note(pod)
		}
	}
	return r.write(resource, object)
}
