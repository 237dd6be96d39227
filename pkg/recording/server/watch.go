package server

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/watch"
)

// bookmarkEvery is how often a watcher who wants bookmarks gets one, as from a live server.
const bookmarkEvery = time.Minute

// watch sends the objects that there are, if asked, and then stays open: in a recording nothing happens any more.
func (s *server) watch(w http.ResponseWriter, r *http.Request, asked asked, form form, wanted selection) {
	query := r.URL.Query()
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusOK)
	events := json.NewEncoder(w)
	initial := isTrue(query.Get("sendInitialEvents"))
	if revision := query.Get("resourceVersion"); initial || revision == "" || revision == "0" {
		for _, item := range s.choose(asked, wanted) {
			shaped, err := s.shape(r, asked, form, item)
			if err != nil || events.Encode(event{watch.Added, shaped}) != nil {
				return
			}
		}
	}
	bookmarks := isTrue(query.Get("allowWatchBookmarks"))
	if initial && bookmarks && events.Encode(event{watch.Bookmark, s.bookmark(asked, form, map[string]string{metav1.InitialEventsAnnotationKey: "true"})}) != nil {
		return
	}
	flush(w)
	over := make(<-chan time.Time)
	if seconds, err := strconv.Atoi(query.Get("timeoutSeconds")); err == nil && seconds > 0 {
		timer := time.NewTimer(time.Duration(seconds) * time.Second)
		defer timer.Stop()
		over = timer.C
	}
	ticks := time.NewTicker(bookmarkEvery)
	defer ticks.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-over:
			return
		case <-ticks.C:
			if bookmarks && events.Encode(event{watch.Bookmark, s.bookmark(asked, form, nil)}) != nil {
				return
			}
			flush(w)
		}
	}
}

// event is one line of a watch.
type event struct {
	Type   watch.EventType `json:"type"`
	Object any             `json:"object"`
}

// bookmark is an object that tells a revision and nothing else.
func (s *server) bookmark(asked asked, form form, annotations map[string]string) any {
	meta := metav1.PartialObjectMetadata{
		TypeMeta:   metav1.TypeMeta{Kind: asked.resource.Kind, APIVersion: asked.gvr().GroupVersion().String()},
		ObjectMeta: metav1.ObjectMeta{ResourceVersion: s.revision, Annotations: annotations},
	}
	switch form.as {
	case asTable:
		return metav1.Table{TypeMeta: form.typeMeta(), ListMeta: metav1.ListMeta{ResourceVersion: s.revision}, ColumnDefinitions: []metav1.TableColumnDefinition{}, Rows: []metav1.TableRow{}}
	case asMetadata:
		meta.TypeMeta = form.typeMeta()
	}
	return meta
}

func flush(w http.ResponseWriter) {
	if flusher, ok := w.(http.Flusher); ok {
		flusher.Flush()
	}
}
