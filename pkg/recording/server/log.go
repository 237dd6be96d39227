package server

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// log answers a GET of pods/log. A recording of it that is asked to follow ends where it was taken.
func (s *server) log(w http.ResponseWriter, r *http.Request, asked asked) {
	asked.Verb = "get"
	object, found := s.recording.Object(pods, asked.Namespace, asked.Name)
	if !found {
		asked.Subresource = ""
		s.get(w, r, asked) // It says why there is no such pod.
		return
	}
	query := r.URL.Query()
	container, refusal := containerOf(object, query.Get("container"))
	if refusal != nil {
		s.refuse(w, *refusal)
		return
	}
	key := recording.LogKey{Namespace: asked.Namespace, Pod: asked.Name, UID: object.UID, Container: container, Previous: isTrue(query.Get("previous"))}
	tail, found := s.recording.Log(key)
	if status, refused := s.refused(asked); !found && refused {
		s.refuse(w, asRecorded(status))
		return
	}
	switch {
	case !found:
		status := s.notRecorded(asked)
		status.Message = fmt.Sprintf("the log of container %q in pod %q%s is not in the recording", container, asked.Name, instance(key))
		s.refuse(w, status)
	case tail.Failure != nil:
		s.refuse(w, asRecorded(*tail.Failure))
	default:
		s.sendLog(w, tail, query)
	}
}

func instance(key recording.LogKey) string {
	if key.Previous {
		return " before its last restart"
	}
	return ""
}

// containerOf is the container whose log is meant (pkg/registry/core/pod/strategy.go, LogLocation).
func containerOf(object recording.Object, name string) (string, *metav1.Status) {
	var pod corev1.Pod
	if err := json.Unmarshal(object.Raw, &pod); err != nil {
		status := internal(err.Error())
		return "", &status
	}
	var names, initial []string
	for i := range pod.Spec.Containers {
		names = append(names, pod.Spec.Containers[i].Name)
	}
	for i := range pod.Spec.InitContainers {
		initial = append(initial, pod.Spec.InitContainers[i].Name)
	}
	for i := range pod.Spec.EphemeralContainers {
		initial = append(initial, pod.Spec.EphemeralContainers[i].Name)
	}
	if name == "" && len(names) == 1 {
		return names[0], nil
	}
	if name == "" {
		status := badRequest(fmt.Sprintf("a container name must be specified for pod %s, choose one of: %v", pod.Name, append(initial, names...)))
		return "", &status
	}
	for _, known := range append(initial, names...) {
		if known == name {
			return name, nil
		}
	}
	status := badRequest(fmt.Sprintf("container %s is not valid for pod %s", name, pod.Name))
	return "", &status
}

// mostReason is how much is told of why a log broke off.
const mostReason = 200

// sendLog writes the part of a log that is asked for. One that broke off when it was recorded breaks off here as well: who
// reads it must not take it for whole.
func (s *server) sendLog(w http.ResponseWriter, tail recording.LogTail, query url.Values) {
	text := since(tail.Text, s.from(query))
	held := lines(text)
	most, err := strconv.Atoi(query.Get("tailLines"))
	bounded := err == nil && most >= 0
	if tail.Cut && (!bounded || most > held) {
		w.Header().Add("Warning", fmt.Sprintf(`299 - "the recording holds the last %d lines of this log"`, held))
	}
	if tail.Broken != "" {
		reason := tail.Broken[:min(len(tail.Broken), mostReason)]
		w.Header().Add("Warning", "299 - "+strconv.QuoteToASCII("this log broke off when it was recorded: "+reason))
	}
	if bounded && most < held {
		text = lastLines(text, most)
	}
	limit, err := strconv.Atoi(query.Get("limitBytes"))
	if err != nil || limit <= 0 {
		limit = -1
	}
	w.Header().Set("Content-Type", "text/plain")
	whole := write(w, text, isTrue(query.Get("timestamps")), limit)
	if tail.Broken == "" || !whole {
		return
	}
	// What was written must be on its way before the connection ends. A writer that cannot flush has none.
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// write writes the lines of a log, at most so many bytes of them if limit is not negative, and reports whether all were.
func write(w io.Writer, text string, stamps bool, limit int) (whole bool) {
	out := bufio.NewWriter(w)
	defer out.Flush() // A client that has gone away is no concern of the server's.
	for line := range strings.Lines(text) {
		if !stamps {
			_, line = stamp(line)
		}
		if limit >= 0 && len(line) > limit {
			_, _ = out.WriteString(line[:limit])
			return false
		}
		if limit >= 0 {
			limit -= len(line)
		}
		if _, err := out.WriteString(line); err != nil {
			return false
		}
	}
	return true
}

// lines counts the lines of a text; the last one may lack its end.
func lines(text string) int {
	count := strings.Count(text, "\n")
	if text != "" && !strings.HasSuffix(text, "\n") {
		count++
	}
	return count
}

// lastLines are the last lines of a text.
func lastLines(text string, most int) string {
	at := len(strings.TrimSuffix(text, "\n"))
	if most == 0 {
		return ""
	}
	for range most {
		at = strings.LastIndexByte(text[:at], '\n')
		if at < 0 {
			return text
		}
	}
	return text[at+1:]
}

// from is the time from which lines are asked for; zero is any. It is counted back from when the recording was taken.
func (s *server) from(query url.Values) time.Time {
	if seconds, err := strconv.Atoi(query.Get("sinceSeconds")); err == nil && seconds > 0 {
		return s.recording.Header.TakenAt.Add(-time.Duration(seconds) * time.Second)
	}
	at, err := time.Parse(time.RFC3339, query.Get("sinceTime"))
	if err != nil {
		return time.Time{}
	}
	return at
}

// since drops the lines before a time. Lines without a time belong to what is before them.
func since(text string, from time.Time) string {
	if from.IsZero() {
		return text
	}
	for rest := text; rest != ""; {
		line, after, _ := strings.Cut(rest, "\n")
		if at, _ := stamp(line); !at.IsZero() && !at.Before(from) {
			return rest
		}
		rest = after
	}
	return ""
}

// stamp splits a line of a log into the time that the runtime wrote before it, if it did, and the rest.
func stamp(line string) (time.Time, string) {
	before, after, found := strings.Cut(line, " ")
	if !found {
		return time.Time{}, line
	}
	at, err := time.Parse(time.RFC3339Nano, before)
	if err != nil {
		return time.Time{}, line
	}
	return at, after
}
