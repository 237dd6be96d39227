package server

import (
	"errors"
	"net/http"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// Handler returns the API server of a recording. It is safe for concurrent use.
func Handler(r *recording.Recording) http.Handler {
	return &server{recording: r, shelves: newShelves(r), revision: revisionOf(r)}
}

// server answers requests from a recording.
type server struct {
	recording *recording.Recording
	shelves   map[shelfKey]*shelf
	// revision is the resourceVersion of every list.
	revision string
}

// ServeHTTP answers one request.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		// An object of a hostile file must not end the process; net/http would recover, a Transport would not.
		broken := recover()
		if err, ok := broken.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(http.ErrAbortHandler) // It breaks off for whoever reads it.
		}
		if broken != nil {
			s.refuse(w, internal("the recording holds what cannot be shown"))
		}
	}()
	path := strings.Trim(r.URL.Path, "/")
	if answer, ok := plainPaths[path]; ok && readOnly(r.Method) {
		answer(s, w, r)
		return
	}
	if strings.HasPrefix(path+"/", "openapi/") && readOnly(r.Method) {
		s.openAPI(w)
		return
	}
	if asked, ok := parse(path); ok {
		s.object(w, r, asked)
		return
	}
	if !readOnly(r.Method) {
		s.refuse(w, notAllowed(r.Method))
		return
	}
	if s.discover(w, r, path) {
		return
	}
	s.refuse(w, notFoundPath())
}

// plainPaths are the paths that are no resource's.
var plainPaths = map[string]func(*server, http.ResponseWriter, *http.Request){
	"version": (*server).version,
	"healthz": healthy, "livez": healthy, "readyz": healthy,
}

func healthy(_ *server, w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok")) // A client that has gone away is no concern of the server's.
}

func readOnly(method string) bool { return method == http.MethodGet || method == http.MethodHead }

// object answers a request for a resource.
func (s *server) object(w http.ResponseWriter, r *http.Request, asked asked) {
	if s.review(w, r, asked) {
		return
	}
	if streams(asked.Subresource) {
		s.check(w, r, asked)
		return
	}
	if !readOnly(r.Method) {
		s.refuse(w, notAllowed(r.Method))
		return
	}
	resource, known := s.recording.Resource(asked.gvr())
	if !known {
		s.refuse(w, s.unknownResource(asked))
		return
	}
	asked.resource = resource
	switch {
	case asked.Subresource == "log" && asked.gvr() == pods && asked.Name != "":
		s.log(w, r, asked)
	case asked.Name == "":
		s.list(w, r, asked)
	case asked.Subresource == "" || asked.Subresource == "status":
		s.get(w, r, asked)
	default:
		s.refuse(w, s.notRecorded(asked))
	}
}
