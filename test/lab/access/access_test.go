package access

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"k8s.io/client-go/tools/clientcmd"

	"github.com/kubectl-podkit/podkit/test/lab/pki"
)

func TestTheKubeconfigStandsAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kubeconfig")
	content, err := Write(path, []byte("authority"), pki.Pair{Cert: []byte("cert"), Key: []byte("key")})
	if err != nil {
		t.Fatal(err)
	}
	config, err := clientcmd.LoadFromFile(path)
	if err != nil {
		t.Fatal(err)
	}
	current := config.Contexts[config.CurrentContext]
	if config.CurrentContext != "podkit-lab" || current.Namespace != "default" {
		t.Errorf("context is %q in namespace %q", config.CurrentContext, current.Namespace)
	}
	if server := config.Clusters[current.Cluster].Server; server != "https://10.90.0.1:6443" {
		t.Errorf("server is %s", server)
	}
	if user := config.AuthInfos[current.AuthInfo]; string(user.ClientKeyData) != "key" || user.ClientKey != "" {
		t.Error("the key is not in the file itself")
	}
	if again, err := Write(path, []byte("authority"), pki.Pair{Cert: []byte("cert"), Key: []byte("key")}); err != nil || string(again) != string(content) {
		t.Error("the same access gives another file")
	}
}

func TestHealthy(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/bad" {
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = w.Write([]byte("[-]etcd failed\n"))
		}
	}))
	defer server.Close()
	if err := Healthy(t.Context(), server.URL+"/good", nil); err != nil {
		t.Error(err)
	}
	err := Healthy(t.Context(), server.URL+"/bad", nil)
	if err == nil || !strings.Contains(err.Error(), "503") || !strings.Contains(err.Error(), "etcd failed") {
		t.Errorf("error is %v", err)
	}
	server.Close()
	if err := Healthy(t.Context(), server.URL, nil); err == nil {
		t.Error("nobody answers, and it counts as healthy")
	}
}
