package environment_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// TestEveryRequestIsBounded: whatever of the environment asks the server, cli-runtime's own clients included.
func TestEveryRequestIsBounded(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer server.Close()
	defer server.CloseClientConnections()
	env := environ(t, nil, "--server="+server.URL+" --kubeconfig=/dev/null --cache-dir="+t.TempDir())
	env.Bounds.Silence = 60 * time.Millisecond
	reader, err := env.Cluster()
	if err != nil {
		t.Fatal(err)
	}
	pods := reader.Pods(t.Context(), casefile.Query{Namespace: "shop"})
	if pods.Err == nil || !strings.Contains(pods.Err.Error(), "nothing came within 60ms to list pods") {
		t.Errorf("pods: %v", pods.Err)
	}
	access, err := env.Access()
	if err != nil {
		t.Fatal(err)
	}
	discovery, err := access.ToDiscoveryClient()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := discovery.ServerGroups(); err == nil || !strings.Contains(err.Error(), "no answer within ") {
		t.Errorf("discovery: %v", err)
	}
}
