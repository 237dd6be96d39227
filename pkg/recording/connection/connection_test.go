package connection_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/connection"
)

func shop(t *testing.T) *recording.Recording {
	t.Helper()
	text := `{"kind":"List","apiVersion":"v1","items":[{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web-0","namespace":"shop"}},{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"web","namespace":"shop"}}]}`
	r, err := recording.ReadPlain(t.Context(), strings.NewReader(text), time.Time{}, recording.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestConnection(t *testing.T) {
	access := connection.New(shop(t), "")
	mapper, err := access.ToRESTMapper()
	if err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{"deploy": "deployments", "po": "pods", "deployments": "deployments"} {
		found, err := mapper.ResourceFor(schema.GroupVersionResource{Resource: typed})
		if err != nil || found.Resource != want {
			t.Errorf("%s: %v %v", typed, found, err)
		}
	}
	config, err := access.ToRESTConfig()
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, config.Host, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := config.Proxy(request); err == nil || !strings.Contains(err.Error(), "no running containers") {
		t.Errorf("a stream is let out: %v", err)
	}
}

func TestNamespace(t *testing.T) {
	for typed, want := range map[string]string{"": "shop", "other": "other"} {
		got, _, err := connection.New(shop(t), typed).ToRawKubeConfigLoader().Namespace()
		if err != nil || got != want {
			t.Errorf("-n %q: %q, %v", typed, got, err)
		}
	}
}

func TestKubeconfig(t *testing.T) {
	data, err := connection.Kubeconfig(shop(t), "http://127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	config, err := clientcmd.NewClientConfigFromBytes(data)
	if err != nil {
		t.Fatal(err)
	}
	rest, err := config.ClientConfig()
	if err != nil || rest.Host != "http://127.0.0.1:1" {
		t.Errorf("%v %v", rest, err)
	}
	if namespace, _, err := config.Namespace(); err != nil || namespace != "shop" {
		t.Errorf("%q %v", namespace, err)
	}
}
