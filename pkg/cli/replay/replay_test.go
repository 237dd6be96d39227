package replay

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording"
)

func TestLoopback(t *testing.T) {
	for host, want := range map[string]bool{
		"127.0.0.1": true, "127.9.9.9": true, "::1": true, "localhost": true,
		"": false, "0.0.0.0": false, "::": false, "10.0.0.1": false, "localhost.example.com": false, "127.0.0.1.example.com": false,
	} {
		if got := loopback(host); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
}

// TestRun: the recording is served until the context ends, with a kubeconfig that goes then, and to nobody who came under
// another name.
func TestRun(t *testing.T) {
	text := `{"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"web-0","namespace":"shop"}}]}`
	r, err := recording.ReadPlain(t.Context(), strings.NewReader(text), time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC), recording.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", t.TempDir())
	out, in := io.Pipe()
	var told strings.Builder
	options := &Options{Recording: r, Listen: "127.0.0.1:0", Local: true, Messages: messages, Out: in, ErrOut: &told}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- options.Run(ctx) }()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	path := strings.TrimPrefix(strings.TrimSpace(line), "export KUBECONFIG=")
	config, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others can read the kubeconfig: %v %v", info.Mode(), err)
	}
	_, after, _ := strings.Cut(string(config), "server: ")
	url, _, _ := strings.Cut(after, "\n")
	if !strings.Contains(told.String(), "2026-11-26T10:00:00Z, read-only, at "+url) || !strings.Contains(string(config), "namespace: shop") {
		t.Errorf("it says %q, and the kubeconfig is\n%s", told.String(), config)
	}
	for host, want := range map[string]int{"": http.StatusOK, "localhost:1": http.StatusOK, "evil.example:80": http.StatusForbidden} {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/api/v1/namespaces/shop/pods", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = host
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("host %q: %s", host, response.Status)
		}
	}
	// A watch that is open does not hold it up.
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/api/v1/pods?watch=1", nil)
	if err != nil {
		t.Fatal(err)
	}
	watch, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer watch.Body.Close()
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the kubeconfig was left behind: %v", err)
	}
}
