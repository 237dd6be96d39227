package server

import (
	"net/http"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// version answers /version: that of the recorded server, which files of objects do not tell.
func (s *server) version(w http.ResponseWriter) {
	if s.recording.Header.Server.GitVersion == "" {
		s.refuse(w, failure(http.StatusForbidden, recording.NotRecorded, "the version of the server is not in the recording"))
		return
	}
	s.value(w, s.recording.Header.Server)
}
