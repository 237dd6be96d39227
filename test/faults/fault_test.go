package faults

import (
	"net/http"
	"slices"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// fault is one way in which a server is ill.
type fault struct {
	// name is its row's; does says what the server does.
	name, does string
	// hits are the requests that it befalls.
	hits func(*http.Request) bool
	// behave returns the answer to those, for one run.
	behave func(*api) answer
	// answers is true when what is waited for is an answer's own wish, that of 429.
	answers bool
	// closed is a server that is not there.
	closed bool
	// paged makes the good server send lists in pages of two.
	paged bool
	// waits is a fault whose end no server brings about, so that podkit's own bound must.
	waits bool
	// partial is a fault that leaves enough to read for an answer in part; everything is one that leaves nothing at all;
	// halves is one that leaves the first half of every answer; heals is one after which all can be read.
	partial, everything, halves, heals bool
	// only are the commands that it says something about; none is all. but are those of which two ends are as likely.
	only, but []string
}

// folder is the name as a test's name has it.
func (f fault) folder() string { return strings.NewReplacer(" ", "_", "/", "").Replace(f.name) }

func always(a answer) func(*api) answer { return func(*api) answer { return a } }

const login = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form action=/login></form></body></html>\n"

const badGateway = "<html>\n<head><title>502 Bad Gateway</title></head>\n<body><center>nginx</center></body>\n</html>\n"

// Kinds of requests.

func anything(*http.Request) bool { return true }

func nothing(*http.Request) bool { return false }

func version(r *http.Request) bool { return r.URL.Path == "/version" }

func discovery(r *http.Request) bool {
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	return parts[0] == "api" && len(parts) <= 2 || parts[0] == "apis" && len(parts) <= 3
}

func logs(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/log") }

func events(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/events") }

func inPod(r *http.Request) bool {
	return strings.HasSuffix(r.URL.Path, "/exec") || strings.Contains(r.URL.Path, "/proxy")
}

// objects are the reads of objects: neither discovery nor logs nor what reaches into a Pod.
func objects(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, "/api") && !discovery(r) && !logs(r) && !inPod(r)
}

func lists(r *http.Request) bool { return objects(r) && r.URL.Query().Has("limit") }

// followed is the command for which a silent log is no fault: an app may have nothing to say.
func followed(command string) bool { return command == "logs -f" }

func pageTwo(r *http.Request) bool { return r.URL.Query().Get("continue") != "" }

// faults are all of them. The first is none.
func faults() []fault {
	forbidden := always(status(403, metav1.StatusReasonForbidden, `forbidden: User "jane" may not do this`))
	internal := always(status(500, metav1.StatusReasonInternalError, "Internal error occurred: etcdserver: leader changed"))
	inPods := []string{"exec", "curl"}
	readLogs := []string{"describe", "diagnose", "logs", "logs -f", "capture", "debug"}
	return []fault{
		{name: "none", does: "is well", hits: nothing, behave: always(silent)},

		{name: "silent", does: "takes requests and never answers", hits: anything, everything: true, behave: always(silent), waits: true},
		{name: "stalled", does: "sends the head of its answers and nothing more", hits: anything, everything: true, behave: always(stalled), waits: true},
		{name: "stalled in the middle", does: "sends the first half of its answers and nothing more", hits: anything, everything: true, halves: true, behave: always(stalledHalf), waits: true},
		{name: "slow", does: "sends a byte a second", hits: anything, everything: true, behave: always(slow), waits: true},
		{name: "cut", does: "ends the connection in the middle of answers whose length it told", hits: anything, everything: true, halves: true, behave: always(cutLength)},
		{name: "cut in chunks", does: "ends the connection in the middle of answers whose length it did not tell", hits: anything, everything: true, halves: true, behave: always(cutChunks)},
		{name: "refused", does: "is not there: the connection is refused", hits: nothing, everything: true, behave: always(silent), closed: true},
		{name: "reset", does: "resets every connection", hits: anything, everything: true, waits: true, behave: always(reset)},
		{name: "killed", does: "dies in the middle of the first object", hits: objects, partial: true, behave: killed(0)},
		{name: "restarted", does: "dies in the middle of the first object and is back after a second", hits: objects, partial: true, behave: killed(time.Second)},

		{name: "401", does: "knows nobody", hits: anything, everything: true, behave: always(status(401, metav1.StatusReasonUnauthorized, "Unauthorized"))},
		{name: "403", does: "refuses everything", hits: anything, everything: true, behave: forbidden},
		{name: "404", does: "has nothing at any path", hits: anything, everything: true, behave: always(status(404, metav1.StatusReasonNotFound, "the server could not find the requested resource"))},
		{name: "404 in plain text", does: "is some other web server: 404 in plain text", hits: anything, everything: true, behave: always(raw(404, "text/plain; charset=utf-8", "404 page not found\n"))},
		{name: "429, then well", does: "is busy once and says: again in 1 s", hits: objects, heals: true, behave: busy(1, "1")},
		{name: "429 for ever", does: "is busy for ever and says: again in 1 s", hits: anything, everything: true, answers: true, behave: busy(-1, "1"), waits: true},
		{name: "429, long", does: "is busy and says: again in an hour", hits: anything, everything: true, answers: true, behave: busy(-1, "3600"), waits: true},
		{name: "500", does: "fails inside", hits: anything, everything: true, behave: internal},
		{name: "502", does: "is behind a gateway that does not reach it and answers in HTML", hits: anything, everything: true, behave: always(raw(502, "text/html", badGateway))},
		{name: "503", does: "is not available", hits: anything, everything: true, behave: always(status(503, metav1.StatusReasonServiceUnavailable, "the server is currently unable to handle the request"))},

		{name: "login page", does: "is behind a proxy that answers 200 with a login page", hits: anything, everything: true, behave: always(raw(200, "text/html; charset=utf-8", login))},
		{name: "{}", does: "answers 200 with {}", hits: anything, everything: true, behave: always(raw(200, "application/json", "{}"))},
		{name: "nothing", does: "answers 200 with an empty body", hits: anything, everything: true, behave: always(raw(200, "application/json", ""))},
		{name: "another kind", does: "answers 200 with an empty ConfigMapList", hits: objects, behave: always(raw(200, "application/json", `{"apiVersion":"v1","kind":"ConfigMapList","metadata":{"resourceVersion":"1"},"items":[]}`))},
		{name: "another kind with items", does: "answers 200 with a ConfigMapList of one", hits: objects, behave: always(raw(200, "application/json", `{"apiVersion":"v1","kind":"ConfigMapList","metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"a","namespace":"shop"}}]}`))},
		{name: "bad JSON", does: "answers 200 with broken JSON", hits: anything, everything: true, behave: always(raw(200, "application/json", `{"apiVersion":"v1","kind":`))},
		{name: "bad protobuf", does: "answers 200 with broken protobuf", hits: anything, everything: true, behave: always(raw(200, "application/vnd.kubernetes.protobuf", "k8s\x00\n\xff\xff\xff\x00broken"))},

		{name: "same page for ever", does: "answers lists with the same page and the same continue token for ever", hits: lists, behave: endless(false), paged: true, waits: true, partial: true, but: []string{"curl"}},
		{name: "new pages for ever", does: "answers lists with ever new continue tokens", hits: lists, behave: endless(true), paged: true, waits: true, partial: true, but: []string{"curl"}},
		{name: "page two expired", does: "answers the second page of lists with 410", hits: pageTwo, paged: true, partial: true, behave: always(status(410, metav1.StatusReasonExpired, "The provided continue parameter is too old"))},
		{name: "page two refused", does: "answers the second page of lists with 403", hits: pageTwo, paged: true, partial: true, behave: forbidden},
		{name: "page two fails", does: "answers the second page of lists with 500", hits: pageTwo, paged: true, partial: true, behave: internal},

		{name: "no /version", does: "refuses /version alone", hits: version, partial: true, behave: forbidden},
		{name: "/version silent", does: "never answers /version", hits: version, partial: true, waits: true, behave: always(silent)},
		{name: "no /apis", does: "refuses discovery alone", hits: discovery, partial: true, behave: forbidden},
		{name: "/apis silent", does: "never answers discovery", hits: discovery, partial: true, waits: true, behave: always(silent)},
		{name: "no events", does: "refuses events alone", hits: events, partial: true, behave: forbidden},
		{name: "events silent", does: "never answers about events", hits: events, partial: true, waits: true, behave: always(silent)},
		{name: "logs fail", does: "answers 500 to logs alone", hits: logs, partial: true, behave: internal, only: readLogs},
		{name: "logs silent", does: "never answers about logs", hits: logs, partial: true, waits: true, behave: always(silent), only: slices.DeleteFunc(slices.Clone(readLogs), followed)},
		{name: "logs cut", does: "ends the connection in the middle of every log", hits: logs, partial: true, behave: always(cutChunks), only: readLogs},
		{name: "Pods silent", does: "never answers what reaches into a Pod", hits: inPod, waits: true, behave: always(silent), only: inPods},
		{name: "Pods cut", does: "ends the connection of what reaches into a Pod", hits: inPod, behave: always(reset), only: inPods},
	}
}
