package faults

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"
)

// serving is what proxy prints first.
var serving = regexp.MustCompile(`127\.0\.0\.1:\d+`)

// testProxy: the proxy starts whatever the server does, hands its answers on, and ends when it is told to. How long its
// client waits is the client's to say.
func (p podkit) testProxy(t *testing.T, good http.Handler) {
	want := map[string]struct {
		code int
		body string
	}{
		"none": {200, `"kind":"PodList"`}, "401": {401, "Unauthorized"}, "500": {500, "leader changed"}, "login page": {200, "Sign in"},
		"refused": {502, ""}, "reset": {502, ""}, "silent": {0, ""},
	}
	for _, f := range faults() {
		expected, chosen := want[f.name]
		if !chosen {
			continue
		}
		t.Run(f.folder(), func(t *testing.T) {
			t.Parallel()
			code, body, ended := p.proxied(t, serve(t, good, f).address)
			if code != expected.code || !strings.Contains(body, expected.body) {
				t.Errorf("through the proxy came %d: %.200s", code, body)
			}
			if ended != nil {
				t.Errorf("interrupted, it ended with %v", ended)
			}
		})
	}
}

// proxied starts a proxy, sends it a request, and interrupts it. The code is 0 when no answer came.
func (p podkit) proxied(t *testing.T, address string) (code int, body string, ended error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	folder := t.TempDir()
	cmd := exec.CommandContext(ctx, string(p), "proxy", "--port=0")
	cmd.Env, cmd.Dir = environment(t, folder, address), folder
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("it did not start: %v", err)
	}
	client := http.Client{Timeout: short}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+serving.FindString(line)+"/api/v1/namespaces/shop/pods", nil)
	if err != nil {
		t.Fatal(err)
	}
	if response, err := client.Do(request); err == nil {
		data, _ := io.ReadAll(response.Body) // Half a body is told by what is in it.
		response.Body.Close()
		code, body = response.StatusCode, string(data)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	return code, body, cmd.Wait()
}
