package loopback

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
)

// Serve starts the server for the length of a test and returns a kubeconfig for it: context shop is its shop, and in
// context hang no answer ever comes.
func Serve(t *testing.T) (kubeconfig string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(answer))
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	kubeconfig = filepath.Join(t.TempDir(), "kubeconfig")
	text := fmt.Sprintf(`{apiVersion: v1, kind: Config, current-context: shop,
		contexts: [{name: shop, context: {cluster: shop, namespace: shop, user: jane}}, {name: hang, context: {cluster: hang, namespace: shop, user: jane}}],
		users: [{name: jane, user: {}}],
		clusters: [{name: shop, cluster: {server: %q}}, {name: hang, cluster: {server: %q}}]}`, server.URL, server.URL+"/hang")
	if err := os.WriteFile(kubeconfig, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return kubeconfig
}

func answer(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/hang") {
		<-r.Context().Done()
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if told, ok := discovery()[r.URL.Path]; ok {
		reply(w, told)
		return
	}
	asked, ok := parse(r.URL.Path)
	if !ok {
		refuse(w, "the server could not find the requested resource")
		return
	}
	selector, err := labels.Parse(r.URL.Query().Get("labelSelector"))
	if err != nil {
		refuse(w, err.Error())
		return
	}
	metadataOnly := strings.Contains(r.Header.Get("Accept"), "as=PartialObjectMetadata")
	found := asked.find(selector)
	switch {
	case asked.name == "":
		reply(w, list(asked, found, metadataOnly))
	case len(found) == 1:
		reply(w, shown(found[0], metadataOnly))
	default:
		refuse(w, fmt.Sprintf("%s %q not found", asked.resource, asked.name))
	}
}

// list is the answer to a LIST.
func list(asked request, found []unstructured.Unstructured, metadataOnly bool) map[string]any {
	items := make([]any, 0, len(found))
	for _, object := range found {
		items = append(items, shown(object, metadataOnly))
	}
	version, kind := asked.version, types()[asked.version][asked.resource]+"List"
	if metadataOnly {
		version, kind = "meta.k8s.io/v1", "PartialObjectMetadataList"
	}
	return map[string]any{"apiVersion": version, "kind": kind, "metadata": map[string]any{"resourceVersion": "1"}, "items": items}
}

// shown is an object as it is sent.
func shown(object unstructured.Unstructured, metadataOnly bool) map[string]any {
	if !metadataOnly {
		return object.Object
	}
	return map[string]any{"apiVersion": "meta.k8s.io/v1", "kind": "PartialObjectMetadata", "metadata": object.Object["metadata"]}
}

// reply sends a value; a client that has gone away is no concern of the server's.
func reply(w http.ResponseWriter, value any) {
	_ = json.NewEncoder(w).Encode(value)
}

func refuse(w http.ResponseWriter, message string) {
	w.WriteHeader(http.StatusNotFound)
	reply(w, metav1.Status{
		TypeMeta: metav1.TypeMeta{Kind: "Status", APIVersion: "v1"},
		Status:   metav1.StatusFailure, Code: http.StatusNotFound, Reason: metav1.StatusReasonNotFound, Message: message,
	})
}
