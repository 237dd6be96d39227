package server

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
)

// list answers a LIST, or a WATCH.
func (s *server) list(w http.ResponseWriter, r *http.Request, asked asked) {
	query := r.URL.Query()
	wanted, refusal := s.selectionOf(asked, query)
	if refusal != nil {
		s.refuse(w, *refusal)
		return
	}
	watching := isTrue(query.Get("watch"))
	asked.Verb = "list"
	if watching {
		asked.Verb = "watch"
	}
	form, ok := negotiate(r, !watching)
	if !ok {
		s.refuse(w, notAcceptable())
		return
	}
	if refusal := s.withheld(asked, wanted); refusal != nil {
		s.refuse(w, *refusal)
		return
	}
	if watching {
		s.watch(w, r, asked, form, wanted)
		return
	}
	items := s.choose(asked, wanted)
	page, refusal := s.page(items, query)
	if refusal != nil {
		s.refuse(w, *refusal)
		return
	}
	s.many(w, r, asked, form, page)
}

// selectionOf reads the selectors of a request.
func (s *server) selectionOf(asked asked, query url.Values) (selection, *metav1.Status) {
	byLabels, err := labels.Parse(query.Get("labelSelector"))
	if err != nil {
		status := badRequest("unable to parse the label selector: " + err.Error())
		return selection{}, &status
	}
	byFields, err := fields.ParseSelector(query.Get("fieldSelector"))
	if err == nil {
		err = unsupported(byFields, asked.gvr())
	}
	if err != nil {
		status := badRequest(err.Error())
		return selection{}, &status
	}
	return selection{labels: byLabels, fields: byFields}, nil
}

// withheld says why a list cannot be answered, or returns nil. Of one object, it is enough to hold that.
func (s *server) withheld(asked asked, wanted selection) *metav1.Status {
	if s.complete(asked, wanted) {
		return nil
	}
	if name, single := wanted.fields.RequiresExactMatch(nameField); single {
		if _, found := s.recording.Object(asked.gvr(), asked.Namespace, name); found {
			return nil
		}
	}
	if status, refused := s.refused(asked); refused {
		status = asRecorded(status)
		return &status
	}
	status := s.notRecorded(asked)
	return &status
}

// choose returns the objects that are selected, in the order of a server's lists.
func (s *server) choose(asked asked, wanted selection) []item {
	chosen := []item{}
	for _, item := range s.all(asked.gvr()) {
		if (asked.Namespace == "" || item.Namespace == asked.Namespace) && wanted.matches(item) {
			chosen = append(chosen, item)
		}
	}
	return chosen
}

// page is a part of a list.
type page struct {
	items []item
	meta  metav1.ListMeta
}

// token is what a continue parameter holds: where the next page begins.
type token struct {
	Revision string `json:"rv"`
	Start    int    `json:"start"`
}

// page cuts a page out of a list. The pages of a recording never expire.
func (s *server) page(items []item, query url.Values) (page, *metav1.Status) {
	found := page{meta: metav1.ListMeta{ResourceVersion: s.revision}}
	start := 0
	if text := query.Get("continue"); text != "" {
		data, err := base64.RawURLEncoding.DecodeString(text)
		var from token
		if err == nil {
			err = json.Unmarshal(data, &from)
		}
		if err != nil || from.Revision != s.revision || from.Start < 0 || from.Start > len(items) {
			status := badRequest("continue key is not valid")
			return page{}, &status
		}
		start = from.Start
	}
	limit, err := strconv.Atoi(query.Get("limit"))
	if err != nil || limit <= 0 || start+limit >= len(items) || start+limit < 0 {
		found.items = items[start:]
		return found, nil
	}
	found.items = items[start : start+limit]
	data, err := json.Marshal(token{Revision: s.revision, Start: start + limit})
	if err != nil {
		status := internal(err.Error())
		return page{}, &status
	}
	found.meta.Continue = base64.RawURLEncoding.EncodeToString(data)
	if query.Get("labelSelector") == "" && query.Get("fieldSelector") == "" {
		left := int64(len(items) - start - limit)
		found.meta.RemainingItemCount = &left
	}
	return found, nil
}

func isTrue(value string) bool {
	truth, err := strconv.ParseBool(value)
	return err == nil && truth
}
