package action

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// serve starts a proxy to an API server that answers with the path it was asked for, and returns its URL.
func serve(t *testing.T, p Proxy) string {
	t.Helper()
	client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.URL.Path) }))
	ctx, cancel := context.WithCancel(t.Context())
	address, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- client.Serve(ctx, p, func(at net.Addr) { address <- at.String() }) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the proxy ended with %v", err)
		}
	})
	select {
	case at := <-address:
		return "http://" + at
	case err := <-ended:
		t.Fatal(err)
		return ""
	}
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestServe(t *testing.T) {
	files := t.TempDir()
	if err := os.WriteFile(filepath.Join(files, "page.txt"), []byte("a page"), 0o600); err != nil {
		t.Fatal(err)
	}
	free := DefaultProxy()
	free.Port = 0
	prefixed := free
	prefixed.APIPrefix, prefixed.StaticDir = "/k8s", files
	noSecrets := free
	noSecrets.RejectPaths = "/secrets"
	unfiltered := free
	unfiltered.DisableFilter = true
	tests := map[string]struct {
		proxy Proxy
		path  string
		code  int
		body  string
	}{
		"the API":               {free, "/api/v1/pods", 200, "/api/v1/pods"},
		"exec is rejected":      {free, "/api/v1/namespaces/shop/pods/web-0/exec", 403, "Forbidden\n"},
		"exec, unfiltered":      {unfiltered, "/api/v1/namespaces/shop/pods/web-0/exec", 200, "/api/v1/namespaces/shop/pods/web-0/exec"},
		"a filter of one's own": {noSecrets, "/api/v1/secrets", 403, "Forbidden\n"},
		"under a prefix":        {prefixed, "/k8s/api/v1/pods", 200, "/api/v1/pods"},
		"outside the prefix":    {prefixed, "/api/v1/pods", 404, "404 page not found\n"},
		"a file":                {prefixed, "/static/page.txt", 200, "a page"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			code, body := get(t, serve(t, test.proxy)+test.path)
			if code != test.code || body != test.body {
				t.Errorf("got %d %q, want %d %q", code, body, test.code, test.body)
			}
		})
	}
}

func TestServeOnASocket(t *testing.T) {
	client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.URL.Path) }))
	socket := filepath.Join(t.TempDir(), "api.sock")
	ctx, cancel := context.WithCancel(t.Context())
	p := DefaultProxy()
	p.UnixSocket = socket
	err := client.Serve(ctx, p, func(at net.Addr) {
		info, err := os.Stat(socket)
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("the socket %s is open to others: %v, %v", at, info.Mode(), err)
		}
		cancel()
	})
	if err != nil {
		t.Errorf("the proxy ended with %v", err)
	}
	if _, err := os.Stat(socket); !os.IsNotExist(err) {
		t.Errorf("the socket was left behind: %v", err)
	}
}

func TestServeErrors(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	change := func(with func(*Proxy)) Proxy {
		p := DefaultProxy()
		p.Port = 0
		with(&p)
		return p
	}
	tests := map[string]struct {
		proxy Proxy
		want  string
	}{
		"taken port":  {change(func(p *Proxy) { p.Port = taken.Addr().(*net.TCPAddr).Port }), "address already in use; take a free port with --port=0"},
		"bad filter":  {change(func(p *Proxy) { p.RejectPaths = "(" }), "--reject-paths is no list of regular expressions"},
		"no socket":   {change(func(p *Proxy) { p.UnixSocket = "/nonexistent/api.sock" }), "cannot listen on the socket /nonexistent/api.sock"},
		"same prefix": {change(func(p *Proxy) { p.StaticDir, p.StaticPrefix = "/", "" }), "--www-prefix and --api-prefix are both /"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := connect(t, nil).Serve(t.Context(), test.proxy, func(net.Addr) { t.Error("it serves") })
			if !strings.Contains(text(err), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestWarnings(t *testing.T) {
	relaxed, unfiltered, appending := DefaultProxy(), DefaultProxy(), DefaultProxy()
	relaxed.RejectPaths = ""
	unfiltered.DisableFilter = true
	appending.AppendServerPath = true
	tests := map[string]struct {
		proxy  Proxy
		server string
		want   []string
	}{
		"defaults":          {DefaultProxy(), "https://api:6443", nil},
		"relaxed":           {relaxed, "https://api:6443/", []string{"proxy.relaxed"}},
		"unfiltered":        {unfiltered, "https://api:6443", []string{"proxy.unfiltered"}},
		"a path":            {DefaultProxy(), "https://api:6443/k8s/clusters/c1", []string{"proxy.server-path"}},
		"a path, put there": {appending, "https://api:6443/k8s/clusters/c1", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, ids(test.proxy.Warnings(test.server))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestProxyPath(t *testing.T) {
	for prefix, want := range map[string]string{"/": "/api/v1", "": "/api/v1", "k8s": "/k8s/api/v1", "/k8s/": "/k8s/api/v1", "/api/": "/api/v1"} {
		if got := (Proxy{APIPrefix: prefix}).Path("/api/v1"); got != want {
			t.Errorf("prefix %q: got %q, want %q", prefix, got, want)
		}
	}
}
