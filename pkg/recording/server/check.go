package server

import (
	"fmt"
	"net/http"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// streams reports whether a subresource reaches into what runs.
func streams(subresource string) bool {
	switch subresource {
	case "exec", "attach", "portforward", "proxy":
		return true
	}
	return false
}

// check answers what reaches into a pod: a request to an app with what was recorded of it, everything else with where it
// can be done.
func (s *server) check(w http.ResponseWriter, r *http.Request, asked asked) {
	if asked.Subresource != "proxy" || !readOnly(r.Method) {
		s.refuse(w, cannot(r, asked))
		return
	}
	key := recording.AnswerKey{Resource: asked.Resource, Subresource: "proxy", Namespace: asked.Namespace, Name: asked.Name, Path: "/" + asked.rest}
	if strings.HasSuffix(r.URL.Path, "/") && asked.rest != "" && !strings.HasSuffix(key.Path, "/") {
		key.Path += "/"
	}
	if r.URL.RawQuery != "" {
		key.Path += "?" + r.URL.RawQuery
	}
	answer, found := s.recording.Answer(key)
	switch {
	case !found:
		s.refuse(w, cannot(r, asked))
	case answer.Failure != nil:
		s.refuse(w, asRecorded(*answer.Failure))
	case answer.Code < http.StatusOK || answer.Code > 999:
		s.refuse(w, internal(fmt.Sprintf("the recorded answer has the status %d", answer.Code)))
	default:
		w.Header().Set("Content-Type", answer.Type)
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body) // A client that has gone away is no concern of the server's.
	}
}

// cannot says that a recording does not run, and the command that does it on the live cluster.
func cannot(r *http.Request, asked asked) metav1.Status {
	live := liveLine(r, asked)
	said := "a recording has no running containers, and no answer to this was recorded"
	switch line, _ := live.Line(); {
	case line == "":
	case live.Program() == "curl":
		said += "; on the live cluster, with kubectl proxy running: " + line
	default:
		said += "; on the live cluster: " + line
	}
	status := failure(http.StatusMethodNotAllowed, recording.NotRecorded, said)
	status.Details = details(asked)
	status.Details.Causes = []metav1.StatusCause{{Type: recording.LiveLine, Message: recording.LiveWords(live)}}
	return status
}
