package server

import (
	"net/http"

	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
)

// get answers a GET of one object.
func (s *server) get(w http.ResponseWriter, r *http.Request, asked asked) {
	asked.Verb = "get"
	form, ok := negotiate(r, false)
	if !ok {
		s.refuse(w, notAcceptable())
		return
	}
	object, found := s.recording.Object(asked.gvr(), asked.Namespace, asked.Name)
	if found {
		s.single(w, r, asked, form, newItem(object, asked.gvr()))
		return
	}
	if status, refused := s.recording.Refusal(asked.Request); refused {
		s.refuse(w, asRecorded(status))
		return
	}
	if s.complete(asked, named(asked.Name)) {
		s.refuse(w, notFound(asked))
		return
	}
	if status, refused := s.refused(asked); refused {
		s.refuse(w, asRecorded(status))
		return
	}
	s.refuse(w, s.notRecorded(asked))
}

// named selects one object.
func named(name string) selection {
	return selection{labels: labels.Everything(), fields: fields.OneTermEqualSelector(nameField, name)}
}
