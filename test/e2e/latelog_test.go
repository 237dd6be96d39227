//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// dying is a Pod whose app dies at its first start, once the file go is there.
const dying = `
apiVersion: v1
kind: Pod
metadata: {name: late}
spec:
  nodeName: node2
  terminationGracePeriodSeconds: 1
  volumes: [{name: state, hostPath: {path: FOLDER}}]
  containers:
    - name: app
      image: busybox:1.36
      volumeMounts: [{name: state, mountPath: /state}]
      command:
        - sh
        - -c
        - |
          [ -e /state/died ] && exec sleep infinity
          until [ -e /state/go ]; do sleep 0.1; done
          touch /state/died
          echo "panic: cache is not warm yet"
          exit 2
`

// TestLateLog holds the runtime up while an app dies, so that it notes the app's last words seconds after its death.
func TestLateLog(t *testing.T) {
	lab(t, "holding a runtime up")
	ns, folder := namespace(t, "late-log"), t.TempDir()
	if err := os.Chmod(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	apply(t, ns, strings.Replace(dying, "FOLDER", folder, 1))
	kubectl(t, "wait", "-n", ns, "pod/late", "--for=condition=Ready", "--timeout="+patience.String())

	runtime := runtimeOf(t, "node2")
	if err := runtime.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = runtime.Signal(syscall.SIGCONT) }) // Whatever fails here; twice does no harm.
	if err := os.WriteFile(filepath.Join(folder, "go"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	time.Sleep(5 * time.Second) // How late the line is to be.
	if err := runtime.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}

	const status = "jsonpath={.status.containerStatuses[0].ready} {.status.containerStatuses[0].lastState.terminated.finishedAt}"
	var died time.Time
	eventually(t, "the app to run again", func() error {
		ready, at, _ := strings.Cut(kubectl(t, "get", "pod", "-n", ns, "late", "-o", status), " ")
		if ready != "true" || at == "" {
			return waiting("ready %s, died %s", ready, at)
		}
		var err error
		died, err = time.Parse(time.RFC3339, at)
		return err
	})
	noted, text, _ := strings.Cut(kubectl(t, "logs", "-n", ns, "late", "--previous", "--timestamps"), " ")
	if at, err := time.Parse(time.RFC3339Nano, noted); err != nil || at.Sub(died) < 3*time.Second {
		t.Fatalf("the runtime was not late: the app died at %v, and its words are of %s: %s", died, noted, text)
	}
	contains(t, "podkit diagnose", podkit(t, "diagnose", "late", "-n", ns).ok(t), "panic: cache is not warm yet", "log-panic, certain")
}

// runtimeOf is the containerd of a node of the lab.
func runtimeOf(t *testing.T, node string) *os.Process {
	t.Helper()
	runs := regexp.MustCompile(`^(?:\S*/)?containerd\x00--config\x00\S*/` + node + `/`)
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		line, err := os.ReadFile(file)
		if err != nil || !runs.Match(line) { // One that has ended meanwhile is not it.
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err != nil {
			t.Fatal(err)
		}
		process, err := os.FindProcess(pid)
		if err != nil {
			t.Fatal(err)
		}
		return process
	}
	t.Fatalf("no containerd of %s runs", node)
	return nil
}
