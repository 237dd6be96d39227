package script

import (
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

//go:embed testdata/api
var answers embed.FS

// forbidden reports whether nobody may read a path: the pods of namespace secret, and whatever is not a pod in namespace
// viewer.
func forbidden(requested string) bool {
	_, inViewer, found := strings.Cut(requested, "/namespaces/viewer/")
	return requested == "/api/v1/namespaces/secret/pods" || found && (!strings.HasPrefix(inViewer, "pods") || path.Base(inViewer) == "log")
}

// api is an API server that answers with the files below testdata/api, whose paths are those of the API; all else does
// not exist.
func api() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if forbidden(r.URL.Path) {
			resource := path.Base(r.URL.Path)
			refuse(w, http.StatusForbidden, metav1.StatusReasonForbidden, fmt.Sprintf(`%s is forbidden: User "jane" cannot list resource %q`, resource, resource))
			return
		}
		body, err := answers.ReadFile(path.Join("testdata/api", r.URL.Path+".json"))
		if err != nil {
			refuse(w, http.StatusNotFound, metav1.StatusReasonNotFound, "not found", path.Base(r.URL.Path))
			return
		}
		_, _ = w.Write(body) // A client that has gone away is no concern of the server's.
	})
}

func refuse(w http.ResponseWriter, code int, reason metav1.StatusReason, message string, name ...string) {
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(metav1.Status{
		TypeMeta: metav1.TypeMeta{Kind: "Status", APIVersion: "v1"},
		Status:   metav1.StatusFailure, Code: int32(code), Reason: reason, Message: message, Details: &metav1.StatusDetails{Name: strings.Join(name, "")},
	})
}
