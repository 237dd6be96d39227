package server

import (
	"bytes"
	"encoding/json"
	"net/http"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// single writes one object.
func (s *server) single(w http.ResponseWriter, r *http.Request, asked asked, form form, one item) {
	value, err := s.shape(r, asked, form, one)
	if err != nil {
		s.refuse(w, internal(err.Error()))
		return
	}
	s.form(w, form, value)
}

// shape puts one object into the form that is asked for; that of a WATCH, too.
func (s *server) shape(r *http.Request, asked asked, form form, one item) (any, error) {
	switch form.as {
	case asTable:
		return s.table(r, asked, form, page{items: []item{one}, meta: metav1.ListMeta{ResourceVersion: one.Revision}}), nil
	case asMetadata:
		return metadataOf(one, form.typeMeta())
	}
	return whole(asked, one), nil
}

// many writes a list.
func (s *server) many(w http.ResponseWriter, r *http.Request, asked asked, form form, list page) {
	switch form.as {
	case asTable:
		s.form(w, form, s.table(r, asked, form, list))
		return
	case asMetadata + "List":
		partial := metav1.PartialObjectMetadataList{TypeMeta: form.typeMeta(), ListMeta: list.meta, Items: []metav1.PartialObjectMetadata{}}
		kind := metav1.TypeMeta{Kind: asMetadata, APIVersion: partial.APIVersion}
		for _, item := range list.items {
			one, err := metadataOf(item, kind)
			if err != nil {
				s.refuse(w, internal(err.Error()))
				return
			}
			partial.Items = append(partial.Items, *one)
		}
		s.form(w, form, partial)
		return
	}
	full := struct {
		metav1.TypeMeta `json:",inline"`
		metav1.ListMeta `json:"metadata"`
		Items           []json.RawMessage `json:"items"`
	}{
		TypeMeta: metav1.TypeMeta{Kind: asked.resource.Kind + "List", APIVersion: asked.gvr().GroupVersion().String()},
		ListMeta: list.meta, Items: []json.RawMessage{},
	}
	for _, item := range list.items {
		full.Items = append(full.Items, whole(asked, item))
	}
	s.form(w, form, full)
}

// whole is an object with all that is held of it. Whoever recorded metadata alone, as of Secrets, or items of a list, left
// out of what kind it is.
func whole(asked asked, one item) json.RawMessage {
	head, err := json.Marshal(map[string]string{"apiVersion": asked.gvr().GroupVersion().String(), "kind": asked.resource.Kind})
	if err != nil || bytes.HasPrefix(one.Raw, head[:len(head)-1]) {
		return one.Raw
	}
	var content map[string]json.RawMessage
	if json.Unmarshal(one.Raw, &content) != nil || json.Unmarshal(head, &content) != nil {
		return one.Raw
	}
	if full, err := json.Marshal(content); err == nil {
		return full
	}
	return one.Raw
}

// metadataOf is the metadata of an object.
func metadataOf(one item, kind metav1.TypeMeta) (*metav1.PartialObjectMetadata, error) {
	partial := &metav1.PartialObjectMetadata{}
	if err := json.Unmarshal(one.Raw, partial); err != nil {
		return nil, err
	}
	partial.TypeMeta = kind
	return partial, nil
}

// value writes JSON.
func (s *server) value(w http.ResponseWriter, value any) { s.form(w, form{}, value) }

// form writes a value in a form.
func (s *server) form(w http.ResponseWriter, form form, value any) {
	s.send(w, form, http.StatusOK, value)
}

func (s *server) send(w http.ResponseWriter, form form, code int, value any) {
	data, err := json.Marshal(value)
	kind := "application/json"
	if err == nil && form.yaml {
		kind = "application/yaml"
		data, err = yaml.JSONToYAML(data)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-cache, private")
	w.WriteHeader(code)
	_, _ = w.Write(data) // A client that has gone away is no concern of the server's.
}

// refuse writes a Status.
func (s *server) refuse(w http.ResponseWriter, status metav1.Status) {
	status.TypeMeta = metav1.TypeMeta{Kind: "Status", APIVersion: "v1"}
	code := int(status.Code)
	if code < 400 || code > 599 {
		code = http.StatusInternalServerError
	}
	s.send(w, form{}, code, status)
}
