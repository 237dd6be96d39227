package cluster_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/client-go/kubernetes/scheme"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
)

// server is an API server with a script: it answers each path with the replies that the test prepared, in their order.
// A request that nobody expected fails the test, and so does a reply that nobody asked for.
type server struct {
	t    *testing.T
	http *httptest.Server

	mu      sync.Mutex
	script  map[string][]reply
	always  map[string]reply
	asked   []string
	headers []http.Header
}

// reply answers one request.
type reply func(http.ResponseWriter, *http.Request)

// serve starts a server without TLS.
func serve(t *testing.T) *server {
	s := &server{t: t, script: map[string][]reply{}, always: map[string]reply{}}
	s.http = httptest.NewServer(s)
	t.Cleanup(func() {
		s.http.CloseClientConnections()
		s.http.Close()
		for path, left := range s.script {
			if len(left) > 0 {
				t.Errorf("%d expected requests of %s were never made", len(left), path)
			}
		}
	})
	return s
}

// expect prepares the answers to the next GETs of a path.
func (s *server) expect(path string, replies ...reply) {
	s.script[path] = append(s.script[path], replies...)
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	answer, standing := s.always[r.URL.Path]
	if !standing {
		s.asked = append(s.asked, r.Method+" "+r.URL.String())
		s.headers = append(s.headers, r.Header.Clone())
		if next := s.script[r.URL.Path]; r.Method == http.MethodGet && len(next) > 0 {
			answer, s.script[r.URL.Path] = next[0], next[1:]
		}
	}
	s.mu.Unlock()
	if answer == nil {
		s.t.Errorf("unexpected request: %s %s", r.Method, r.URL)
		http.Error(w, "unexpected", http.StatusTeapot)
		return
	}
	answer(w, r)
}

// requests returns what was asked so far but for discovery, with the query.
func (s *server) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.asked...)
}

// object answers with an object in the first encoding that the request accepts.
func object(o runtime.Object) reply {
	return func(w http.ResponseWriter, r *http.Request) {
		first, _, _ := strings.Cut(r.Header.Get("Accept"), ",")
		info, known := runtime.SerializerInfoForMediaType(scheme.Codecs.SupportedMediaTypes(), first)
		if !known {
			http.Error(w, "not acceptable: "+first, http.StatusNotAcceptable)
			return
		}
		var body bytes.Buffer
		if err := scheme.Codecs.EncoderForVersion(info.Serializer, corev1.SchemeGroupVersion).Encode(o, &body); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", info.MediaType)
		_, _ = w.Write(body.Bytes()) // A client that has gone away is no concern of the server's.
	}
}

// text answers with JSON as it stands.
func text(body string) reply {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	}
}

// refuse answers with a Status, as an API server does.
func refuse(code int, reason metav1.StatusReason, message string) reply {
	return refuseAs(metav1.Status{Code: int32(code), Reason: reason, Message: message})
}

// absent says of the object that a request names that it does not exist.
func absent(w http.ResponseWriter, r *http.Request) {
	name := path.Base(strings.TrimSuffix(r.URL.Path, "/log"))
	refuseAs(metav1.Status{
		Code: http.StatusNotFound, Reason: metav1.StatusReasonNotFound, Message: `pods "` + name + `" not found`, Details: &metav1.StatusDetails{Name: name, Kind: "pods"},
	})(w, r)
}

// refuseAs answers a status of failure.
func refuseAs(status metav1.Status) reply {
	status.TypeMeta, status.Status = metav1.TypeMeta{Kind: "Status", APIVersion: "v1"}, metav1.StatusFailure
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(int(status.Code))
		_ = json.NewEncoder(w).Encode(status)
	}
}

// hang never answers.
func hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// stream sends lines at once, then calls end.
func stream(end reply, lines ...string) reply {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for _, line := range lines {
			_, _ = fmt.Fprintln(w, line)
		}
		w.(http.Flusher).Flush()
		if end != nil {
			end(w, r)
		}
	}
}

// flags returns kubectl's flags for a kubeconfig whose only cluster is at an address.
func flags(t *testing.T, address string) *genericclioptions.ConfigFlags {
	t.Helper()
	config := fmt.Sprintf(`{apiVersion: v1, kind: Config, current-context: c,
		contexts: [{name: c, context: {cluster: c, user: u, namespace: shop}}],
		clusters: [{name: c, cluster: {server: %q}}], users: [{name: u, user: {token: t}}]}`, address)
	path := filepath.Join(t.TempDir(), "kubeconfig")
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir()
	flags := genericclioptions.NewConfigFlags(true)
	flags.KubeConfig, flags.CacheDir = &path, &cache
	return flags
}

// connect returns a reader of the server.
func (s *server) connect() *cluster.Cluster {
	s.t.Helper()
	reader, err := cluster.New(flags(s.t, s.http.URL), io.Discard)
	if err != nil {
		s.t.Fatal(err)
	}
	return reader
}
