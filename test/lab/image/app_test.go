package image

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// app is the demo's server.js, running under this machine's node.
type app struct {
	cmd  *exec.Cmd
	log  *bufio.Scanner
	port string
}

func startApp(t *testing.T, env ...string) *app {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node on this machine; the lab runs the app in its image")
	}
	cmd := exec.CommandContext(t.Context(), node, "../../../deploy/demo/server.js")
	cmd.Env = append(os.Environ(), append([]string{"PORT=0"}, env...)...)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	a := &app{cmd: cmd, log: bufio.NewScanner(stdout)}
	_, a.port, _ = strings.Cut(a.line(t), "Port: ")
	return a
}

func (a *app) line(t *testing.T) string {
	t.Helper()
	if !a.log.Scan() {
		t.Fatalf("the log ended: %v", a.log.Err())
	}
	return a.log.Text()
}

func (a *app) get(t *testing.T, path string) (int, string) {
	t.Helper()
	response, err := http.Get("http://127.0.0.1:" + a.port + path)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestAppGreetsCountsAndStops(t *testing.T) {
	a := startApp(t, "APP_VERSION=v2")
	for n := 1; n <= 2; n++ {
		if status, _ := a.get(t, "/healthz"); status != http.StatusOK {
			t.Errorf("/healthz answered %d", status)
		}
		status, body := a.get(t, "/")
		if status != http.StatusOK || !strings.HasPrefix(body, "Hello Kubernetes bootcamp! | Running on: ") || !strings.HasSuffix(body, " | v=2\n") {
			t.Errorf("answered %d %q", status, body)
		}
		// The probe's requests must be neither counted nor logged.
		if line := a.line(t); !strings.Contains(line, fmt.Sprintf("Total Requests: %d |", n)) {
			t.Errorf("request %d was logged as %q", n, line)
		}
	}
	if err := a.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if line := a.line(t); !strings.Contains(line, "SIGTERM") {
		t.Errorf("stopping was logged as %q", line)
	}
	if err := a.cmd.Wait(); err != nil {
		t.Errorf("after SIGTERM the app ended with %v, want exit code 0", err)
	}
}

func TestAppPublishesTheDataFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.txt")
	a := startApp(t, "DATA_FILE="+path)
	if status, _ := a.get(t, "/healthz"); status != http.StatusServiceUnavailable {
		t.Errorf("without data /healthz answered %d, want 503", status)
	}
	if err := os.WriteFile(path, []byte("page 7\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if status, body := a.get(t, "/"); status != http.StatusOK || !strings.HasSuffix(body, "v=1\npage 7\n") {
		t.Errorf("with data / answered %d %q", status, body)
	}
}
