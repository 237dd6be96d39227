package rights

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/access"
	"github.com/kubectl-podkit/podkit/pkg/cli"
	"github.com/kubectl-podkit/podkit/pkg/input"
	"github.com/kubectl-podkit/podkit/pkg/recording"
	recorded "github.com/kubectl-podkit/podkit/pkg/recording/server"
)

// demo is a recording of a real server.
const demo = "../../pkg/cli/demo/shop.podkit"

// server is an API server that knows some objects, lets everybody do everything, and writes down which rights that took.
type server struct {
	*httptest.Server
	// objects are by their paths.
	objects map[string]unstructured.Unstructured
	// logs are by "POD CONTAINER", and "POD CONTAINER previous".
	logs map[string]string
	// onWatch is called when somebody watches.
	onWatch context.CancelFunc
	// resources tells what the API has: the resources of the real server that the demo was recorded from.
	resources *recording.Recording
	// everywhere is set while the pods that are asked for are those of all namespaces.
	everywhere bool
	// refusing is set while no list may be read but those of pods.
	refusing bool

	mu    sync.Mutex
	asked map[access.Asked]bool
}

func serve(t *testing.T, objects []unstructured.Unstructured) *server {
	t.Helper()
	resources, err := recording.Open(t.Context(), input.Files{}, demo, recording.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	s := &server{objects: map[string]unstructured.Unstructured{}, asked: map[access.Asked]bool{}, resources: resources}
	for _, object := range objects {
		s.objects[pathOf(&object)] = object
	}
	s.Server = httptest.NewServer(s)
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s
}

// pathOf is where the API serves an object.
func pathOf(object *unstructured.Unstructured) string {
	kind := object.GroupVersionKind()
	plural, _ := meta.UnsafeGuessKindToResource(kind)
	path := "/api/v1"
	if kind.Group != "" {
		path = "/apis/" + kind.Group + "/" + kind.Version
	}
	if namespace := object.GetNamespace(); namespace != "" {
		path += "/namespaces/" + namespace
	}
	return path + "/" + plural.Resource + "/" + object.GetName()
}

// request is what a request asks for, as RBAC sees it.
type request struct {
	access.Right
	namespace, name string
}

// read understands a request (apiserver pkg/endpoints/request/requestinfo.go, NewRequestInfo). What is about no resource
// is not ok: every user may ask for the server's version and its list of resources.
func read(r *http.Request) (asked request, ok bool) {
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	switch {
	case len(parts) > 2 && parts[0] == "api":
		parts = parts[2:]
	case len(parts) > 3 && parts[0] == "apis":
		asked.Group, parts = parts[1], parts[3:]
	default:
		return request{}, false
	}
	if parts[0] == "namespaces" && len(parts) > 1 {
		asked.namespace = parts[1] // Of the namespace itself as well, so that a Role in it grants to get it.
		if len(parts) > 2 {
			parts = parts[2:]
		}
	}
	asked.Resource = parts[0]
	if len(parts) > 1 {
		asked.name = parts[1]
	}
	if len(parts) > 2 {
		asked.Resource += "/" + parts[2]
	}
	switch watch := r.URL.Query().Get("watch"); {
	case r.Method != http.MethodGet:
		asked.Verb = map[string]string{"POST": "create", "PUT": "update", "PATCH": "patch", "DELETE": "delete"}[r.Method]
	case watch == "true" || watch == "1":
		asked.Verb = "watch"
	case asked.name == "":
		asked.Verb = "list"
	default:
		asked.Verb = "get"
	}
	return asked, true
}

// place is where a request reads, for pods in a namespace that is no other place's.
func (s *server) place(asked request) access.Place {
	for _, place := range []access.Place{access.NodeEvents, access.ClusterDNS, access.Heartbeats} {
		if asked.namespace == place.Namespace("") {
			return place
		}
	}
	namespaced := slices.ContainsFunc(s.resources.Resources, func(r recording.Resource) bool {
		return r.Group == asked.Group && r.Name == asked.Resource && r.Namespaced
	})
	if asked.namespace != "" || s.everywhere && namespaced {
		return access.There
	}
	return access.Everywhere
}

// ServeHTTP answers from the objects, and with the little that else there is.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	asked, ok := read(r)
	if !ok {
		recorded.Handler(s.resources).ServeHTTP(w, r)
		return
	}
	if review(w, asked) {
		return
	}
	s.mu.Lock()
	s.asked[access.Asked{Right: asked.Right, Place: s.place(asked)}] = true
	s.mu.Unlock()
	switch {
	case strings.HasSuffix(asked.Resource, "/log"):
		name := asked.name + " " + r.URL.Query().Get("container")
		if r.URL.Query().Get("previous") == "true" {
			name += " previous"
		}
		_, _ = io.WriteString(w, s.logs[name])
	case strings.HasSuffix(asked.Resource, "/proxy"):
		_, _ = io.WriteString(w, "hello\n")
	case strings.HasSuffix(asked.Resource, "/exec"):
		http.Error(w, "no upgrades here", http.StatusBadRequest) // So that the client tries its other protocol as well.
	case asked.Verb == "watch":
		s.onWatch()
	case asked.Verb == "list" && s.refusing && asked.Resource != "pods":
		refuse(w, http.StatusForbidden)
	case asked.Verb == "list":
		s.list(w, r, asked)
	default:
		object, found := s.objects[r.URL.Path]
		if !found {
			refuse(w, http.StatusNotFound)
			return
		}
		_ = json.NewEncoder(w).Encode(object.Object)
	}
}

// review answers what a user asks about themselves, which needs no right: everything is allowed.
func review(w http.ResponseWriter, asked request) bool {
	if asked.Group != "authorization.k8s.io" && asked.Group != "authentication.k8s.io" {
		return false
	}
	kinds := map[string]string{
		"selfsubjectrulesreviews": "SelfSubjectRulesReview", "selfsubjectaccessreviews": "SelfSubjectAccessReview", "selfsubjectreviews": "SelfSubjectReview",
	}
	_ = json.NewEncoder(w).Encode(map[string]any{
		"apiVersion": asked.Group + "/v1", "kind": kinds[asked.Resource],
		"status": map[string]any{
			"allowed": true, "incomplete": false, "nonResourceRules": []any{},
			"resourceRules": []any{map[string]any{"verbs": []string{"*"}, "apiGroups": []string{"*"}, "resources": []string{"*"}}},
		},
	})
	return true
}

func (s *server) list(w http.ResponseWriter, r *http.Request, asked request) {
	items := []any{}
	for path, object := range s.objects {
		inside := strings.HasPrefix(path, r.URL.Path+"/")
		if asked.namespace == "" {
			inside = strings.Contains(path, "/"+asked.Resource+"/")
		}
		if inside {
			items = append(items, object.Object)
		}
	}
	version, kind := s.kind(asked)
	_ = json.NewEncoder(w).Encode(map[string]any{"apiVersion": version, "kind": kind + "List", "metadata": map[string]any{"resourceVersion": "7"}, "items": items})
}

// kind is that of a resource, custom ones apart, whose lists may be called anything.
func (s *server) kind(asked request) (version, kind string) {
	for _, r := range s.resources.Resources {
		if r.Group == asked.Group && r.Name == asked.Resource {
			return r.GVR().GroupVersion().String(), r.Kind
		}
	}
	return asked.Group + "/v1", "Some"
}

func refuse(w http.ResponseWriter, code int) {
	reasons := map[int]metav1.StatusReason{http.StatusNotFound: metav1.StatusReasonNotFound, http.StatusForbidden: metav1.StatusReasonForbidden}
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(metav1.Status{
		TypeMeta: metav1.TypeMeta{Kind: "Status", APIVersion: "v1"}, Status: metav1.StatusFailure, Code: int32(code), Reason: reasons[code],
	})
}

// run runs a command line against the server, whatever comes of it, and returns what it printed.
func (s *server) run(t *testing.T, line ...string) (out, errOut string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s.onWatch = cancel
	var stdout, stderr strings.Builder
	streams := genericiooptions.IOStreams{In: strings.NewReader(""), Out: &stdout, ErrOut: &stderr}
	cli.Run(ctx, line, streams, func(name string) string { return map[string]string{"PATH": "/nowhere"}[name] })
	return stdout.String(), stderr.String()
}

// add adds what was asked of other servers.
func (s *server) add(asked map[access.Asked]bool) { maps.Copy(s.asked, asked) }

// kubeconfig makes the process see the server alone.
func (s *server) kubeconfig(t *testing.T, namespace string) {
	t.Helper()
	config := `{apiVersion: v1, kind: Config, current-context: c, contexts: [{name: c, context: {cluster: c, namespace: ` + namespace + `}}],
		clusters: [{name: c, cluster: {server: "` + s.URL + `"}}]}`
	path := filepath.Join(t.TempDir(), "kubeconfig")
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("KUBECONFIG", path)
	t.Setenv("KUBECACHEDIR", t.TempDir())
}
