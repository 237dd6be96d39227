package capture

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/version"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/server"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

var taken = time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)

// resource describes a resource of core/v1, or of another group.
func resource(group, name, kind string, namespaced bool) recording.Resource {
	verbs := []string{"get", "list", "watch"}
	return recording.Resource{Group: group, Version: "v1", Name: name, Singular: name[:len(name)-1], Kind: kind, Namespaced: namespaced, Verbs: verbs}
}

// world is a cluster for tests: it is written as a recording and served as an API server.
type world struct {
	t      *testing.T
	file   bytes.Buffer
	writer *recording.Writer
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t}
	var err error
	w.writer, err = recording.NewWriter(&w.file)
	w.must(err)
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// put adds a resource with objects, as YAML, and says that its list is complete.
func (w *world) put(r recording.Resource, objects ...string) {
	w.t.Helper()
	w.must(w.writer.Resource(r))
	for _, object := range objects {
		raw, err := yaml.YAMLToJSON([]byte(object))
		w.must(err)
		w.must(w.writer.Object(raw))
	}
	w.must(w.writer.Listed(recording.Listing{Group: r.Group, Version: r.Version, Resource: r.Name}))
}

// refuse adds a resource whose lists are refused in a namespace.
func (w *world) refuse(r recording.Resource, namespace string, code int32, reason metav1.StatusReason, objects ...string) {
	w.t.Helper()
	w.must(w.writer.Resource(r))
	for _, object := range objects {
		raw, err := yaml.YAMLToJSON([]byte(object))
		w.must(err)
		w.must(w.writer.Object(raw))
	}
	request := recording.Request{Verb: "list", Group: r.Group, Version: r.Version, Resource: r.Name, Namespace: namespace}
	w.must(w.writer.Refused(request, metav1.Status{Status: metav1.StatusFailure, Code: code, Reason: reason, Message: r.Name + " is forbidden"}))
}

// serve returns what captures the world over HTTP.
func (w *world) serve() *Client {
	w.t.Helper()
	return w.behind(func(http.ResponseWriter, *http.Request) bool { return false })
}

// behind returns what captures the world through something that stands before it, and reports whether it has answered.
func (w *world) behind(front func(http.ResponseWriter, *http.Request) bool) *Client {
	w.t.Helper()
	w.must(w.writer.Close(recording.Header{TakenAt: taken, Server: version.Info{GitVersion: "v1.36.3", Major: "1", Minor: "36"}}))
	recorded := read(w.t, w.file.Bytes())
	world := server.Handler(recorded)
	served := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if !front(rw, r) {
			world.ServeHTTP(rw, r)
		}
	}))
	w.t.Cleanup(served.Close)
	client, err := NewClient(&rest.Config{Host: served.URL, QPS: 1000, Burst: 1000})
	w.must(err)
	return client
}

func read(t *testing.T, file []byte) *recording.Recording {
	t.Helper()
	recorded, err := recording.Read(t.Context(), bytes.NewReader(file), recording.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return recorded
}

// in selects the pods of a namespace; names limit them.
func in(namespace string, names ...string) []target.Selection {
	return []target.Selection{{Query: casefile.Query{Namespace: namespace, Names: names}}}
}

// objectOf returns an object of a recording.
func objectOf(t *testing.T, r *recording.Recording, group, resource, namespace, name string) map[string]any {
	t.Helper()
	found, ok := r.Object(schema.GroupVersionResource{Group: group, Version: "v1", Resource: resource}, namespace, name)
	if !ok {
		t.Fatalf("%s %s/%s is not in the recording", resource, namespace, name)
	}
	var object map[string]any
	if err := json.Unmarshal(found.Raw, &object); err != nil {
		t.Fatal(err)
	}
	return object
}
