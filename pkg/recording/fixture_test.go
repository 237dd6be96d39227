package recording_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/version"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording"
)

var (
	pods       = schema.GroupVersionResource{Version: "v1", Resource: "pods"}
	podsOf     = recording.Resource{Version: "v1", Name: "pods", Singular: "pod", Kind: "Pod", Namespaced: true, ShortNames: []string{"po"}, Verbs: []string{"get", "list", "watch"}, Subresources: []recording.Subresource{{Name: "log", Kind: "Pod", Verbs: []string{"get"}}}}
	deploysOf  = recording.Resource{Group: "apps", Version: "v1", Name: "deployments", Singular: "deployment", Kind: "Deployment", Namespaced: true, Verbs: []string{"get", "list"}}
	secretsGet = recording.Request{Verb: "get", Version: "v1", Resource: "secrets", Namespace: "shop", Name: "db"}
	forbidden  = metav1.Status{Status: metav1.StatusFailure, Code: 403, Reason: metav1.StatusReasonForbidden, Message: `secrets "db" is forbidden`}
	webLog     = recording.LogKey{Namespace: "shop", Pod: "web-0", UID: "8f7b2e9c", Container: "app"}
	health     = recording.AnswerKey{Resource: "pods", Subresource: "proxy", Namespace: "shop", Name: "web-0:8080", Path: "/healthz"}
	header     = recording.Header{
		TakenAt: time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC), Podkit: "v0.2.0", Server: version.Info{Major: "1", Minor: "36", GitVersion: "v1.36.3"},
		Namespace: "shop", Scope: recording.Scope{Targets: []string{"deploy/web"}, Namespaces: []string{"shop"}},
		Redaction: recording.Redaction{Mode: "on", Rules: []recording.RedactionRule{{Rule: "jwt", Count: 2}}},
	}
)

// write makes a recording; a step that fails fails the test.
func write(t testing.TB, steps ...func(*recording.Writer) error) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := recording.NewWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range steps {
		if err := step(w); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

func end(w *recording.Writer) error { return w.Close(header) }

func object(namespace, name, more string) string {
	return fmt.Sprintf(`{"metadata":{"namespace":%q,"name":%q,"uid":"u-%s"},"kind":"Pod","apiVersion":"v1"%s}`, namespace, name, name, more)
}

// shop is a recording with one of everything.
func shop(t testing.TB) []byte {
	return write(t,
		func(w *recording.Writer) error { return w.Resource(podsOf) },
		func(w *recording.Writer) error { return w.Object([]byte(object("shop", "web-1", ""))) },
		func(w *recording.Writer) error {
			return w.Object([]byte(object("shop", "web-0", `,"spec":{"z":1,"a":"<&>"}`)))
		},
		func(w *recording.Writer) error { return w.Object([]byte(object("shop-2", "a", ""))) },
		func(w *recording.Writer) error {
			return w.Listed(recording.Listing{Version: "v1", Resource: "pods", Namespace: "shop"})
		},
		func(w *recording.Writer) error { return w.Resource(deploysOf) },
		func(w *recording.Writer) error { return w.Refused(secretsGet, forbidden) },
		func(w *recording.Writer) error {
			return w.Log(webLog, recording.LogTail{Text: "2026-11-26T09:59:59Z hello\n", Cut: true})
		},
		func(w *recording.Writer) error {
			return w.Log(recording.LogKey{Namespace: "shop", Pod: "web-0", UID: "8f7b2e9c", Container: "app", Previous: true}, recording.LogTail{Failure: &forbidden})
		},
		func(w *recording.Writer) error {
			return w.Answer(health, recording.Answer{Code: 200, Type: "text/plain", Body: []byte("ok")})
		},
		end,
	)
}

// sentence is the id of the message that an error is.
func sentence(t testing.TB, err error) string {
	t.Helper()
	var told *message.Error
	if !errors.As(err, &told) {
		t.Fatalf("not a sentence: %v", err)
	}
	return told.ID
}
