package server

import (
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

// sendLog writes the part of a log that is asked for.
func (s *server) sendLog(w http.ResponseWriter, tail recording.LogTail, query url.Values) {
	lines := strings.SplitAfter(tail.Text, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	lines = since(lines, s.from(query))
	most, err := strconv.Atoi(query.Get("tailLines"))
	bounded := err == nil && most >= 0
	if tail.Cut && (!bounded || most > len(lines)) {
		w.Header().Set("Warning", fmt.Sprintf(`299 - "the recording holds the last %d lines of this log"`, len(lines)))
	}
	if bounded && most < len(lines) {
		lines = lines[len(lines)-most:]
	}
	if !isTrue(query.Get("timestamps")) {
		for i, line := range lines {
			_, lines[i] = stamp(line)
		}
	}
	text := strings.Join(lines, "")
	if limit, err := strconv.Atoi(query.Get("limitBytes")); err == nil && limit > 0 && limit < len(text) {
		text = text[:limit]
	}
	w.Header().Set("Content-Type", "text/plain")
	_, _ = io.WriteString(w, text) // A client that has gone away is no concern of the server's.
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
func since(lines []string, from time.Time) []string {
	for i, line := range lines {
		if at, _ := stamp(line); !at.IsZero() && !at.Before(from) || from.IsZero() {
			return append([]string(nil), lines[i:]...)
		}
	}
	return nil
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
