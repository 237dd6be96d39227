package server

import (
	"net/http"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// version answers /version: that of the recorded server, which files of objects do not tell. An invented one would be no
// version to clients, which compare it with their own.
func (s *server) version(w http.ResponseWriter, r *http.Request) {
	if s.recording.Header.Server.GitVersion != "" {
		s.value(w, s.recording.Header.Server)
		return
	}
	status := failure(http.StatusForbidden, recording.NotRecorded, "the version of the server is not in the recording")
	if strings.Contains(r.Header.Get("Accept"), "*/*") { // Whoever takes anything shows text alone; see openAPI.
		http.Error(w, status.Message, http.StatusForbidden)
		return
	}
	s.refuse(w, status)
}
