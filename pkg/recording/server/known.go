package server

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// selection is which objects of a resource are meant.
type selection struct {
	labels labels.Selector
	fields fields.Selector
}

func (s selection) matches(item item) bool {
	return s.labels.Matches(item.labels) && s.fields.Matches(item.fields)
}

// refused returns what the server said to the request when it was recorded. Whoever may not GET any object of a namespace was
// asked once, without a name; whoever may not LIST may not WATCH.
func (s *server) refused(asked asked) (metav1.Status, bool) {
	request := asked.Request
	if request.Verb == "watch" {
		if status, found := s.recording.Refusal(request); found {
			return status, true
		}
		request.Verb = "list"
	}
	if status, found := s.recording.Refusal(request); found {
		return status, true
	}
	if request.Name == "" {
		return metav1.Status{}, false
	}
	request.Name = ""
	return s.recording.Refusal(request)
}

// complete reports whether the recording holds everything that a selection of a namespace may find: a list that was read
// to its end selected at least as much.
func (s *server) complete(asked asked, wanted selection) bool {
	for _, listing := range s.recording.Listings() {
		if listing.Group == asked.Group && listing.Version == asked.Version && listing.Resource == asked.Resource &&
			(listing.Namespace == "" || listing.Namespace == asked.Namespace) && covers(listing, wanted) {
			return true
		}
	}
	return false
}

// covers reports whether a listing selects all that is wanted: each of its requirements is one of the wanted ones.
func covers(listing recording.Listing, wanted selection) bool {
	byLabels, err := labels.Parse(listing.Labels)
	if err != nil {
		return false
	}
	byFields, err := fields.ParseSelector(listing.Fields)
	if err != nil {
		return false
	}
	required := map[string]bool{}
	requirements, _ := wanted.labels.Requirements()
	for i := range requirements {
		required["label "+requirements[i].String()] = true
	}
	for _, requirement := range wanted.fields.Requirements() {
		required["field "+requirement.Field+" "+string(requirement.Operator)+" "+requirement.Value] = true
	}
	requirements, selectable := byLabels.Requirements()
	if !selectable {
		return false
	}
	for i := range requirements {
		if !required["label "+requirements[i].String()] {
			return false
		}
	}
	for _, requirement := range byFields.Requirements() {
		if !required["field "+requirement.Field+" "+string(requirement.Operator)+" "+requirement.Value] {
			return false
		}
	}
	return true
}
