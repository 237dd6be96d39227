package server

import (
	"io"
	"net/http"
	"slices"

	authentication "k8s.io/api/authentication/v1"
	authorization "k8s.io/api/authorization/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/kubernetes/scheme"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// mostReview is how large a review may be.
const mostReview = 1 << 20

// review answers the questions of `kubectl auth`, which are POSTs that change nothing, and reports whether this is one.
func (s *server) review(w http.ResponseWriter, r *http.Request, asked asked) bool {
	question := asked.Group + "/" + asked.Version + "/" + asked.Resource
	if r.Method != http.MethodPost || !slices.Contains(reviews, question) {
		return false
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, mostReview))
	if err != nil {
		s.refuse(w, badRequest(err.Error()))
		return true
	}
	object, kind, err := scheme.Codecs.UniversalDeserializer().Decode(body, nil, nil)
	if err != nil {
		s.refuse(w, badRequest(err.Error()))
		return true
	}
	switch review := object.(type) {
	case *authorization.SelfSubjectAccessReview:
		review.Status = s.allowed(review.Spec)
	case *authorization.SelfSubjectRulesReview:
		review.Status = s.rules(review.Spec.Namespace)
	case *authentication.SelfSubjectReview:
		review.Status.UserInfo = authentication.UserInfo{Username: "podkit:recording"}
	default:
		s.refuse(w, badRequest("not a review: "+kind.String()))
		return true
	}
	object.GetObjectKind().SetGroupVersionKind(*kind)
	s.send(w, form{}, http.StatusCreated, object)
	return true
}

var reviews = []string{
	"authorization.k8s.io/v1/selfsubjectaccessreviews", "authorization.k8s.io/v1/selfsubjectrulesreviews",
	"authentication.k8s.io/v1/selfsubjectreviews",
}

// allowed says whether the recording would answer a request, and if not, why.
func (s *server) allowed(spec authorization.SelfSubjectAccessReviewSpec) authorization.SubjectAccessReviewStatus {
	if spec.ResourceAttributes == nil {
		return authorization.SubjectAccessReviewStatus{Allowed: spec.NonResourceAttributes != nil && spec.NonResourceAttributes.Verb == "get"}
	}
	about := spec.ResourceAttributes
	if !slices.Contains(reading, about.Verb) {
		return authorization.SubjectAccessReviewStatus{Reason: "a recording can only be read"}
	}
	wanted := selection{labels: labels.Everything(), fields: fields.Everything()}
	if about.Name != "" {
		wanted = named(about.Name)
	}
	for _, resource := range s.recording.Resources {
		if resource.Group != about.Group || resource.Name != about.Resource {
			continue
		}
		asked := asked{resource: resource, Request: recording.Request{
			Verb: about.Verb, Group: resource.Group, Version: resource.Version, Resource: resource.Name,
			Subresource: about.Subresource, Namespace: about.Namespace, Name: about.Name,
		}}
		status, refused := s.refused(asked)
		if !refused && (about.Subresource == "log" || s.complete(asked, wanted)) {
			return authorization.SubjectAccessReviewStatus{Allowed: true}
		}
		if refused && status.Code == http.StatusForbidden {
			return authorization.SubjectAccessReviewStatus{Denied: true, Reason: status.Message}
		}
	}
	return authorization.SubjectAccessReviewStatus{Reason: "not in the recording"}
}

// reading are the verbs that a recording knows.
var reading = []string{"get", "list", "watch"}

// rules lists what the recording holds for complete in a namespace.
func (s *server) rules(namespace string) authorization.SubjectRulesReviewStatus {
	status := authorization.SubjectRulesReviewStatus{
		ResourceRules: []authorization.ResourceRule{}, NonResourceRules: []authorization.NonResourceRule{}, Incomplete: true,
		EvaluationError: "this is a recording: what it does not hold is not known",
	}
	for _, listing := range s.recording.Listings() {
		if listing.Namespace != "" && listing.Namespace != namespace || listing.Labels != "" || listing.Fields != "" {
			continue
		}
		status.ResourceRules = append(status.ResourceRules, authorization.ResourceRule{
			Verbs: reading, APIGroups: []string{listing.Group}, Resources: []string{listing.Resource},
		})
	}
	return status
}
