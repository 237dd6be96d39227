package faults

import (
	"bufio"
	"bytes"
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

// testProxy: the proxy starts when there is a server, be it one that refuses, hands its answers on, and ends when it is told
// to. Where there is none it says so instead. How long its client waits is the client's to say.
func (p podkit) testProxy(t *testing.T, good http.Handler) {
	// The bodies that come through; of an ill server none does, and the proxy says why it does not start.
	want := map[string]string{"none": `"kind":"PodList"`, "401": "Unauthorized", "403": "may not do this", "killed": `"kind":"PodList"`, "silent": "", "refused": "", "login page": "", "500": ""}
	for _, f := range faults() {
		expected, chosen := want[f.name]
		if !chosen {
			continue
		}
		t.Run(f.folder(), func(t *testing.T) {
			t.Parallel()
			server := serve(t, good, f)
			body, errOut, code := p.proxied(t, server.address)
			switch {
			case expected == "" && (code != 1 || !strings.Contains(errOut, server.address) && f.name != "500"):
				t.Errorf("it ended with %d and said %q", code, errOut)
			case expected != "" && (code != interrupted || !strings.Contains(body, expected)):
				t.Errorf("interrupted, it ended with %d and said %q; through it came %.200q", code, errOut, body)
			}
		})
	}
}

// proxied starts a proxy, sends it a request, and interrupts it; one that does not start is left to end.
func (p podkit) proxied(t *testing.T, address string) (body, errOut string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	folder := t.TempDir()
	cmd := exec.CommandContext(ctx, string(p), "proxy", "--port=0", "--request-timeout", short.String())
	cmd.Env, cmd.Dir = environment(t, folder, address), folder
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err == nil {
		body = fetch(ctx, t, "http://"+serving.FindString(line)+"/api/v1/namespaces/shop/pods")
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
	}
	_ = cmd.Wait() // Its code tells.
	return body, said.String(), cmd.ProcessState.ExitCode()
}

// fetch reads as much as there is to read.
func fetch(ctx context.Context, t *testing.T, address string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := (&http.Client{Timeout: long}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, _ := io.ReadAll(response.Body) // Half a body is told by what is in it.
	return string(data)
}
