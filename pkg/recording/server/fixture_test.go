package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/version"

	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/server"
)

var takenAt = time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC)

// part adds something to a recording.
type part func(*recording.Writer) error

func resource(group, version, name, kind string, namespaced bool, objects ...string) part {
	return func(w *recording.Writer) error {
		described := recording.Resource{
			Group: group, Version: version, Name: name, Singular: name[:len(name)-1], Kind: kind, Namespaced: namespaced,
			Verbs: []string{"get", "list", "watch"}, ShortNames: []string{name[:2]}, Categories: []string{"all"},
		}
		if group != "" {
			described.GroupRank = 1
		}
		if name == "pods" {
			described.Subresources = []recording.Subresource{{Name: "log", Kind: "Pod", Verbs: []string{"get"}}, {Name: "eviction", Group: "policy", Version: "v1", Kind: "Eviction", Verbs: []string{"create"}}}
		}
		if err := w.Resource(described); err != nil {
			return err
		}
		for _, object := range objects {
			if err := w.Object([]byte(object)); err != nil {
				return err
			}
		}
		return nil
	}
}

func listed(group, version, resource, namespace string) part {
	return selected(recording.Listing{Group: group, Version: version, Resource: resource, Namespace: namespace})
}

func selected(listing recording.Listing) part {
	return func(w *recording.Writer) error { return w.Listed(listing) }
}

func refused(request recording.Request, code int, reason metav1.StatusReason, text string) part {
	return func(w *recording.Writer) error {
		return w.Refused(request, metav1.Status{
			TypeMeta: metav1.TypeMeta{Kind: "Status", APIVersion: "v1"}, Status: metav1.StatusFailure, Code: int32(code), Reason: reason, Message: text,
		})
	}
}

func logged(pod, container string, previous bool, tail recording.LogTail) part {
	return func(w *recording.Writer) error {
		return w.Log(recording.LogKey{Namespace: "shop", Pod: pod, UID: "uid-" + pod, Container: container, Previous: previous}, tail)
	}
}

func answered(key recording.AnswerKey, answer recording.Answer) part {
	return func(w *recording.Writer) error { return w.Answer(key, answer) }
}

// pod is a pod of the namespace shop, 5 minutes old.
func pod(name, app, phase string) string {
	return fmt.Sprintf(`{"apiVersion":"v1","kind":"Pod","metadata":{"name":%q,"namespace":"shop","uid":"uid-%s","resourceVersion":"7%d",`+
		`"creationTimestamp":"2026-11-26T09:55:00Z","labels":{"app":%q}},"spec":{"nodeName":"node1","containers":[{"name":"app","image":"web:1"}]},`+
		`"status":{"phase":%q,"podIP":"10.0.0.1","containerStatuses":[{"name":"app","ready":true,"state":{"running":{}}}]}}`, name, name, len(name), app, phase)
}

// tape is a recording of the namespace shop, and what the server said of others.
func tape(t testing.TB, more ...part) *recording.Recording {
	t.Helper()
	parts := append([]part{
		resource("", "v1", "pods", "Pod", true, pod("db-0", "db", "Pending"), pod("web-0", "web", "Running"), pod("web-1", "web", "Running"),
			`{"metadata":{"name":"two","namespace":"shop","uid":"uid-two"},"spec":{"containers":[{"name":"a"},{"name":"b"}]}}`),
		resource("", "v1", "secrets", "Secret", true, `{"apiVersion":"meta.k8s.io/v1","kind":"PartialObjectMetadata","metadata":{"name":"key","namespace":"shop"}}`),
		resource("", "v1", "configmaps", "ConfigMap", true, `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop"},"data":{"a":"","b":""}}`),
		resource("", "v1", "events", "Event", true, `{"apiVersion":"v1","kind":"Event","metadata":{"name":"e.1","namespace":"default"},"involvedObject":{"kind":"Node","name":"node1","uid":"node1"},"type":"Warning","reason":"Full","message":"disk","lastTimestamp":"2026-11-26T09:59:00Z","count":3}`),
		resource("apps", "v1", "deployments", "Deployment", true, `{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"shop","creationTimestamp":"2026-11-26T09:00:00Z"},"spec":{"replicas":2},"status":{"readyReplicas":1,"updatedReplicas":2,"availableReplicas":1}}`),
		resource("example.com", "v1", "widgets", "Widget", false, `{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w","creationTimestamp":"2026-11-25T10:00:00Z"}}`),
		listed("", "v1", "pods", "shop"), listed("apps", "v1", "deployments", ""), listed("example.com", "v1", "widgets", ""),
		selected(recording.Listing{Version: "v1", Resource: "events", Namespace: "default", Fields: "involvedObject.kind=Node"}),
		refused(recording.Request{Verb: "list", Version: "v1", Resource: "pods"}, 403, metav1.StatusReasonForbidden, "pods is forbidden"),
		refused(recording.Request{Verb: "get", Version: "v1", Resource: "configmaps", Namespace: "shop", Name: "gone"}, 404, metav1.StatusReasonNotFound, `configmaps "gone" not found`),
		logged("web-0", "app", false, recording.LogTail{Text: "2026-11-26T09:58:00.5Z one\n2026-11-26T09:59:30Z two\n2026-11-26T09:59:59Z three\n", Cut: true}),
		logged("web-0", "app", true, recording.LogTail{Failure: &metav1.Status{Status: "Failure", Code: 400, Reason: "BadRequest", Message: "previous terminated container not found"}}),
		answered(recording.AnswerKey{Resource: "pods", Subresource: "proxy", Namespace: "shop", Name: "web-0:8080", Path: "/healthz?full=1"}, recording.Answer{Code: 503, Type: "text/plain", Body: []byte("ill")}),
	}, more...)
	data := write(t, recording.Header{TakenAt: takenAt, Namespace: "shop", Server: version.Info{Major: "1", Minor: "36", GitVersion: "v1.36.3"}}, parts...)
	r, err := recording.Read(t.Context(), bytes.NewReader(data), recording.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func write(t testing.TB, header recording.Header, parts ...part) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := recording.NewWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range parts {
		if err := part(w); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(header); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// ask sends a GET to the handler in process.
func ask(t testing.TB, r *recording.Recording, path, accept string) (int, http.Header, string) {
	t.Helper()
	request := httptest.NewRequest(http.MethodGet, path, nil)
	if accept != "" {
		request.Header.Set("Accept", accept)
	}
	response, err := server.Transport(r).RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, response.Header, string(body)
}

// decode reads an answer of the status 200.
func decode[T any](t testing.TB, r *recording.Recording, path, accept string) T {
	t.Helper()
	code, _, body := ask(t, r, path, accept)
	var value T
	if code != http.StatusOK {
		t.Fatalf("%s: %d %s", path, code, body)
	}
	if err := json.Unmarshal([]byte(body), &value); err != nil {
		t.Fatalf("%s: %v in %s", path, err, body)
	}
	return value
}
