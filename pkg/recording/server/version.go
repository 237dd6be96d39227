package server

import "net/http"

// version answers /version: that of the recorded server.
func (s *server) version(w http.ResponseWriter) {
	s.value(w, s.recording.Header.Server)
}

// openAPI says that nothing is described: a recording takes no objects that would have to be validated.
func (s *server) openAPI(w http.ResponseWriter) {
	s.value(w, map[string]any{
		"swagger": "2.0", "info": map[string]string{"title": "Kubernetes", "version": s.recording.Header.Server.GitVersion},
		"paths": map[string]any{}, "definitions": map[string]any{},
	})
}
