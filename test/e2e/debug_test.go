//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// TestDebugTranscript runs the five steps of the tutorial without a terminal, in both languages. Without consent nothing runs
// in the container.
func TestDebugTranscript(t *testing.T) {
	ns := namespace(t, "debug")
	pod := deploy(t, ns)
	for lang, steps := range map[string]string{"en": "── Step %d of 5 ·", "zh": "── 第 %d 步（共 5 步）·"} {
		t.Run(lang, func(t *testing.T) {
			alone := podkit(t, "debug", "deploy/bootcamp", "--yes", "-n", ns, "--lang", lang).ok(t)
			contains(t, "transcript without consent", alone, "kubectl exec "+pod+" -n "+ns+" -- env", "--allow active")
			if strings.Contains(alone, "HOSTNAME="+pod) {
				t.Errorf("env ran in the container, and nobody has agreed to it:\n%s", alone)
			}
			r := podkit(t, "debug", "deploy/bootcamp", "--yes", "--allow", "active", "-n", ns, "--lang", lang)
			text := r.ok(t)
			for step := 1; step <= 5; step++ {
				contains(t, "transcript", text, fmt.Sprintf(steps, step))
			}
			contains(
				t, "transcript", text,
				"kubectl get pods -l app=bootcamp -n "+ns,
				"export POD_NAME="+pod,
				`kubectl describe pod "$POD_NAME" -n `+ns,
				"gcr.io/google-samples/kubernetes-bootcamp:v1",
				"curl http://localhost:8001/api/v1/namespaces/"+ns+`/pods/"$POD_NAME":8080/proxy/`,
				"Hello Kubernetes bootcamp! | Running on: "+pod,
				"Kubernetes Bootcamp App Started At:",
				"HOSTNAME="+pod, "PATH=********",
			)
			if strings.Contains(text, "\x1b") {
				t.Error("a transcript that goes to no terminal holds escape sequences")
			}
		})
	}
}

// TestDebugInteractive drives the same run as a person does: Enter for the next step, consent for what runs inside, a shell
// at the end.
func TestDebugInteractive(t *testing.T) {
	ns := namespace(t, "debug-tty")
	pod := deploy(t, ns)
	guide := open(t, nil, "kubectl", "podkit", "debug", "deploy/bootcamp", "-n", ns, "--lang", "en")
	for step := 1; step <= 4; step++ {
		guide.await(fmt.Sprintf("Step %d of 5", step))
		guide.await(fmt.Sprintf("Go on: step %d", step+1))
		guide.await("Finish") // The last line of the form: now it takes keys.
		guide.typed("\r")
	}
	guide.await("this reaches into the Pod")
	guide.await("kubectl exec " + pod + " -n " + ns + " -- env")
	guide.await("No, skip this step")
	guide.await("Yes, and every program of this run that only looks")
	guide.await("Ctrl-C") // The last line of the form: now it takes keys.
	guide.typed("y")
	guide.await("Step 5 of 5")
	guide.await("HOSTNAME=" + pod)
	guide.await("Open a shell in container bootcamp")
	guide.await("Jump to another step")
	guide.typed("2")
	guide.await("# ")
	guide.typed("cat server.js\n")
	guide.await("require(")
	guide.typed("curl http://localhost:8080\n")
	guide.await("Running on: " + pod)
	guide.typed("exit\n")
	guide.await("Finish")
	guide.typed("\r")
	if code := guide.exit(); code != 0 {
		t.Errorf("the run ended with %d:\n%s", code, guide.text())
	}
}

// TestDebugInterrupted ends a run with Ctrl-C.
func TestDebugInterrupted(t *testing.T) {
	ns := namespace(t, "debug-interrupt")
	deploy(t, ns)
	guide := open(t, nil, "kubectl", "podkit", "debug", "deploy/bootcamp", "-n", ns)
	guide.await("Step 1 of 5")
	guide.await("Ctrl-C")
	guide.typed("\x03")
	if code := guide.exit(); code != 130 {
		t.Errorf("Ctrl-C ended the run with %d, want 130:\n%s", code, guide.text())
	}
}
