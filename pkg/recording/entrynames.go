package recording

import (
	"slices"
	"strings"
)

// checkResource checks how a resource is called.
func checkResource(resource *Resource) error {
	errs := []error{
		optional("group", resource.Group, isSubdomain), check("version", resource.Version, isLabel),
		check("name", resource.Name, isLabel), optional("singular", resource.Singular, isLabel), check("kind", resource.Kind, isKind),
	}
	for _, name := range resource.ShortNames {
		errs = append(errs, check("shortNames", name, isLabel))
	}
	for _, name := range resource.Categories {
		errs = append(errs, check("categories", name, isLabel))
	}
	for _, verb := range resource.Verbs {
		errs = append(errs, check("verbs", verb, isLabel))
	}
	for i := range resource.Subresources {
		inside := &resource.Subresources[i]
		errs = append(errs, check("subresources.name", strings.ReplaceAll(strings.ToLower(inside.Name), "/", "-"), isLabel),
			optional("subresources.group", inside.Group, isSubdomain), optional("subresources.version", inside.Version, isLabel),
			optional("subresources.kind", inside.Kind, isKind))
		for _, verb := range inside.Verbs {
			errs = append(errs, check("subresources.verbs", verb, isLabel))
		}
	}
	return first(errs...)
}

// checkLog checks what a log is called by.
func checkLog(key LogKey) error {
	return first(check("namespace", key.Namespace, isLabel), check("pod", key.Pod, isSubdomain),
		check("container", key.Container, isLabel), check("uid", key.UID, isUID))
}

// isUID is the rule for the UIDs in the names of members.
func isUID(uid string) []string {
	if !component.MatchString(uid) {
		return []string{"must be letters, digits, and what joins them"}
	}
	return nil
}

// checkRequest checks what a request was for; a request may be for no object in particular.
func checkRequest(request Request) error {
	return first(
		optional("group", request.Group, isSubdomain), optional("version", request.Version, isLabel),
		optional("resource", request.Resource, isAsked), optional("verb", request.Verb, isLabel),
		optional("subresource", strings.ToLower(request.Subresource), isSegment),
		optional("namespace", request.Namespace, isLabel), optional("name", request.Name, isSegment),
	)
}

// isAsked is the rule for what a request was for: a resource, or what the server tells of itself.
func isAsked(resource string) []string {
	if slices.Contains([]string{"/version", "/apis"}, resource) {
		return nil
	}
	return isLabel(resource)
}

// checkListing checks what a list was of.
func checkListing(listing Listing) error {
	return first(
		optional("group", listing.Group, isSubdomain), optional("version", listing.Version, isLabel),
		optional("resource", listing.Resource, isLabel), optional("namespace", listing.Namespace, isLabel),
	)
}

// checkAnswer checks whom was asked.
func checkAnswer(key AnswerKey) error {
	return first(
		optional("resource", key.Resource, isLabel), optional("subresource", key.Subresource, isLabel),
		optional("namespace", key.Namespace, isLabel), optional("name", key.Name, isSegment),
		optional("container", key.Container, isLabel),
	)
}
