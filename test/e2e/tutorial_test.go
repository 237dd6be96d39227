//go:build e2e

package e2e

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const names = `{{range .items}}{{.metadata.name}}{{"\n"}}{{end}}`

// TestTutorial runs the tutorial's own commands, and beside each its podkit counterpart, which must give the same.
func TestTutorial(t *testing.T) {
	ns := namespace(t, "tutorial")
	pod := deploy(t, ns)

	t.Run("get", func(t *testing.T) {
		want := columns(kubectl(t, "get", "pods", "-n", ns), 4)
		got := columns(podkit(t, "get", "pods", "-n", ns).ok(t), 4)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("columns differ (-kubectl +podkit):\n%s", diff)
		}
	})
	t.Run("get -o go-template", func(t *testing.T) {
		want := kubectl(t, "get", "pods", "-n", ns, "-o", "go-template", "--template", names)
		got := podkit(t, "get", "pods", "-n", ns, "-o", "go-template", "--template", names).ok(t)
		if want != got || !strings.Contains(got, pod) {
			t.Errorf("kubectl printed %q, podkit %q", want, got)
		}
	})
	t.Run("get -o yaml", func(t *testing.T) {
		if diff := cmp.Diff(kubectl(t, "get", "pod", pod, "-n", ns, "-o", "yaml"), podkit(t, "get", pod, "-n", ns, "-o", "yaml").ok(t)); diff != "" {
			t.Errorf("objects differ (-kubectl +podkit):\n%s", diff)
		}
	})
	t.Run("describe", func(t *testing.T) {
		description, _, _ := strings.Cut(kubectl(t, "describe", "pods", "-n", ns), "\nEvents:")
		got := podkit(t, "describe", "pods", "-n", ns).ok(t)
		for _, line := range strings.Split(description, "\n") {
			// How a probe's thresholds are written changed from kubectl 1.36 to 1.37.
			line, _, _ = strings.Cut(line, " #success=")
			contains(t, "podkit describe", got, line)
		}
		contains(t, "podkit describe", got, "← ReplicaSet bootcamp-", "← Deployment bootcamp", "Scheduled")
	})
	t.Run("proxy", func(t *testing.T) {
		path := "/api/v1/namespaces/" + ns + "/pods/" + pod + ":8080/proxy/"
		want := throughProxy(t, path, "kubectl", "proxy", "--port=0")
		got := throughProxy(t, path, "kubectl", "podkit", "proxy", "--port=0")
		if want != got || !strings.Contains(got, pod) {
			t.Errorf("kubectl's proxy gave %q, podkit's %q", want, got)
		}
		if body := podkit(t, "curl", "-n", ns, pod+":8080/").ok(t); body != want {
			t.Errorf("the proxy gave %q, podkit curl %q", want, body)
		}
		if body := podkit(t, "curl", "-n", ns, "deploy/bootcamp").ok(t); body != want {
			t.Errorf("the proxy gave %q, podkit curl without a port %q", want, body)
		}
	})
	t.Run("logs", func(t *testing.T) {
		want := kubectl(t, "logs", "-n", ns, pod)
		got := podkit(t, "logs", "-n", ns, pod).ok(t)
		if want == "" || !strings.HasPrefix(got, want) {
			t.Errorf("kubectl printed %q, podkit %q", want, got)
		}
	})
	t.Run("exec", func(t *testing.T) {
		want := kubectl(t, "exec", "-n", ns, pod, "--", "env")
		got := podkit(t, "exec", "-n", ns, pod, "--", "env").ok(t)
		if want != got || !strings.Contains(got, "HOSTNAME="+pod) {
			t.Errorf("kubectl printed %q, podkit %q", want, got)
		}
		fromFile := "kubectl podkit exec -i -n " + ns + " " + pod + " -- cat < ../../deploy/demo/server.js"
		if got := run(t, nil, "bash", "-c", fromFile).ok(t); !strings.Contains(got, "require(") {
			t.Errorf("%s printed %q", fromFile, got)
		}
		if r := podkit(t, "exec", "-n", ns, pod, "--", "sh", "-c", "exit 42"); r.code != 42 {
			t.Errorf("the remote command ended with 42, podkit with %d: %s", r.code, r.stderr)
		}
	})
}

// serving is what a proxy prints when it listens.
var serving = regexp.MustCompile(`Starting to serve on (\S+)`)

// throughProxy starts a proxy, asks it for a path, and stops it.
func throughProxy(t *testing.T, path, name string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	proxy := exec.CommandContext(ctx, name, args...)
	out, err := proxy.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := proxy.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		cancel()
		_ = proxy.Wait() // It was killed.
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	match := serving.FindStringSubmatch(line)
	if match == nil {
		t.Fatalf("%s %q printed %q (%v), not where it serves", name, args, line, err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+match[1]+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d, %v: %s", path, response.StatusCode, err, body)
	}
	return string(body)
}

// TestLogicalHost asks both containers of one pod, which share its IP, its ports and a volume.
func TestLogicalHost(t *testing.T) {
	ns := namespace(t, "logical-host")
	kubectl(t, "apply", "-n", ns, "-f", "../../deploy/demo/logical-host.yaml")
	kubectl(t, "wait", "-n", ns, "pod/logical-host", "--for=condition=Ready", "--timeout="+patience.String())

	eventually(t, "the feeder's log to tell that it reached the web server on localhost", func() error {
		if out := podkit(t, "logs", "-n", ns, "logical-host", "-c", "feeder").ok(t); !strings.Contains(out, "fed page") {
			return waiting("%s", out)
		}
		return nil
	})
	web := podkit(t, "logs", "-n", ns, "logical-host")
	contains(t, "note about the default container", web.stderr, "web", "feeder")
	if strings.Contains(web.ok(t), "fed page") {
		t.Errorf("the default container is web, but the feeder's log was printed:\n%s", web.stdout)
	}
	both := podkit(t, "logs", "-n", ns, "logical-host", "--all-containers", "--prefix").ok(t)
	contains(t, "logs of both containers", both, "/web]", "/feeder]")

	page := podkit(t, "exec", "-n", ns, "logical-host", "-c", "feeder", "--", "cat", "/page/page.txt").ok(t)
	contains(t, "the page in the shared volume", page, "written by feeder")
	contains(t, "the feeder, asked on its port", podkit(t, "curl", "-n", ns, "logical-host:9000/page.txt").ok(t), "written by feeder")
	contains(t, "the web server, asked on the first port", podkit(t, "curl", "-n", ns, "logical-host").ok(t), "written by feeder")
	shared := podkit(t, "exec", "-n", ns, "logical-host", "-c", "web", "--", "curl", "-s", "http://localhost:9000/page.txt").ok(t)
	contains(t, "the feeder's port on the web server's localhost", shared, "written by feeder")
}
