package server_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/server"
)

// TestBrokenLog: a log that broke off when it was recorded breaks off again, on a connection and in process, and what was
// read of it is there. One of which a part was asked for that is whole does not.
func TestBrokenLog(t *testing.T) {
	recorded := tape(t, logged("web-1", "app", false, recording.LogTail{Text: "2026-11-26T09:58:00Z one\n2026-11-26T09:59:00Z two\n", Broken: "unexpected EOF"}))
	connection := httptest.NewServer(server.Handler(recorded))
	defer connection.Close()
	for name, transport := range map[string]http.RoundTripper{"connection": http.DefaultTransport, "process": server.Transport(recorded)} {
		for query, want := range map[string]struct {
			text   string
			broken bool
		}{
			"":              {"one\ntwo\n", true},
			"?tailLines=1":  {"two\n", true},
			"?limitBytes=3": {"one", false},
		} {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, connection.URL+"/api/v1/namespaces/shop/pods/web-1/log"+query, nil)
			if err != nil {
				t.Fatal(err)
			}
			response, err := transport.RoundTrip(request)
			if err != nil {
				t.Fatalf("%s %s: %v", name, query, err)
			}
			body, err := io.ReadAll(response.Body)
			if closing := response.Body.Close(); closing != nil {
				t.Error(closing)
			}
			if string(body) != want.text || errors.Is(err, io.ErrUnexpectedEOF) != want.broken {
				t.Errorf("%s %s: %q, %v", name, query, body, err)
			}
			if warning := response.Header.Get("Warning"); !strings.Contains(warning, "broke off when it was recorded: unexpected EOF") {
				t.Errorf("%s %s warns: %s", name, query, warning)
			}
		}
	}
}
