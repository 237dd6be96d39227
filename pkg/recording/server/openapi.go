package server

import (
	"cmp"
	"fmt"
	"net/http"
)

// openAPI says that a recording holds no descriptions of fields (docs/recording.md has the reason). It says so in plain text:
// of a Status, which a server would answer, client-go shows nothing where it reads these documents (rest/request.go,
// newUnstructuredResponseError). An empty document would be taken for a server that has no such resource.
func (s *server) openAPI(w http.ResponseWriter) {
	version := cmp.Or(s.recording.Header.Server.GitVersion, "the same version")
	http.Error(w, fmt.Sprintf("the recording holds no OpenAPI documents, which kubectl explain and --validate read; "+
		"explain fields on a live cluster of %s", version), http.StatusForbidden)
}
