package server

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

func failure(code int, reason metav1.StatusReason, text string) metav1.Status {
	return metav1.Status{
		TypeMeta: metav1.TypeMeta{Kind: "Status", APIVersion: "v1"},
		Status:   metav1.StatusFailure, Code: int32(code), Reason: reason, Message: text,
	}
}

func notAllowed(method string) metav1.Status {
	return failure(http.StatusMethodNotAllowed, metav1.StatusReasonMethodNotAllowed,
		fmt.Sprintf("this is a recording of a cluster: it can be read, and %s is not reading; do it on the live cluster", method))
}

func badRequest(text string) metav1.Status {
	return failure(http.StatusBadRequest, metav1.StatusReasonBadRequest, text)
}

func internal(text string) metav1.Status {
	return failure(http.StatusInternalServerError, metav1.StatusReasonInternalError, text)
}

func notFoundPath() metav1.Status {
	return failure(http.StatusNotFound, metav1.StatusReasonNotFound, "the server could not find the requested resource")
}

func notFound(asked asked) metav1.Status {
	resource := schema.GroupResource{Group: asked.Group, Resource: asked.Resource}
	status := failure(http.StatusNotFound, metav1.StatusReasonNotFound, fmt.Sprintf("%s %q not found", resource, asked.Name))
	status.Details = details(asked)
	return status
}

func details(asked asked) *metav1.StatusDetails {
	return &metav1.StatusDetails{Name: asked.Name, Group: asked.Group, Kind: asked.Resource}
}

// asRecorded is what the recorded server said, word by word, and the mark that it was said then. What a capture of a replay
// took down bears it already.
func asRecorded(status metav1.Status) metav1.Status {
	told := metav1.StatusDetails{}
	if status.Details != nil {
		told = *status.Details
	}
	mark := metav1.StatusCause{Type: recording.Recorded, Message: "the recording holds this answer"}
	if !slices.Contains(told.Causes, mark) {
		told.Causes = append(slices.Clip(told.Causes), mark)
	}
	status.Details = &told
	return status
}

// notRecorded says that the recording tells nothing of what was asked, and what it does hold.
func (s *server) notRecorded(asked asked) metav1.Status {
	resource := schema.GroupResource{Group: asked.Group, Resource: asked.Resource}.String()
	if asked.Subresource != "" {
		resource += "/" + asked.Subresource
	}
	text := resource
	if asked.Name != "" {
		text += fmt.Sprintf(" %q", asked.Name)
	}
	switch {
	case asked.Namespace != "":
		text += fmt.Sprintf(" in namespace %q", asked.Namespace)
	case asked.Name == "" && asked.resource.Namespaced:
		text += " in all namespaces"
	}
	status := failure(http.StatusForbidden, recording.NotRecorded, text+" are not in the recording"+s.held(asked))
	if asked.Name != "" {
		status.Message = text + " is not in the recording" + s.held(asked)
	}
	status.Details = details(asked)
	return status
}

// mostHeld is how many of the lists that are held an error names.
const mostHeld = 3

// held names the lists of the resource that are held.
func (s *server) held(asked asked) string {
	var names []string
	for _, listing := range s.recording.Listings() {
		if listing.Group != asked.Group || listing.Version != asked.Version || listing.Resource != asked.Resource {
			continue
		}
		names = append(names, describe(listing))
	}
	if len(names) == 0 {
		return ""
	}
	if len(names) > mostHeld {
		names = append(names[:mostHeld], fmt.Sprintf("%d more", len(names)-mostHeld))
	}
	return "; it holds those of " + strings.Join(names, ", ")
}

func describe(listing recording.Listing) string {
	text := "all namespaces"
	if listing.Namespace != "" {
		text = fmt.Sprintf("namespace %q", listing.Namespace)
	}
	if listing.Labels != "" {
		text += " with " + listing.Labels
	}
	if listing.Fields != "" {
		text += " where " + listing.Fields
	}
	return text
}

// unknownResource says that the server had no such resource, or that its discovery is not recorded.
func (s *server) unknownResource(asked asked) metav1.Status {
	asked.Verb = "list"
	if asked.Name != "" {
		asked.Verb = "get"
	}
	if status, refused := s.refused(asked); refused {
		return asRecorded(status)
	}
	if s.recording.Header.FormatVersion == 0 {
		return s.notRecorded(asked) // No discovery: it is a file of objects.
	}
	return notFoundPath()
}
