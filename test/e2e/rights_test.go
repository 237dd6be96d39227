//go:build e2e

package e2e

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// account makes a ServiceAccount and returns the variable that makes kubectl and podkit act as it.
func account(t *testing.T, ns, name string) []string {
	t.Helper()
	kubectl(t, "create", "serviceaccount", "-n", ns, name)
	token := strings.TrimSpace(kubectl(t, "create", "token", "-n", ns, name))
	var config map[string]any
	if err := yaml.Unmarshal([]byte(kubectl(t, "config", "view", "--raw", "--minify", "--flatten")), &config); err != nil {
		t.Fatal(err)
	}
	user := config["users"].([]any)[0].(map[string]any)
	user["user"] = map[string]any{"token": token}
	text, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"KUBECONFIG=" + path}
}

// grant binds a ClusterRole of deploy/rbac to an account, under a name of the test's own. A role that was not there before
// is removed afterwards.
func grant(t *testing.T, ns, account, file, role string) {
	t.Helper()
	if strings.Contains(kubectl(t, "apply", "-f", "../../deploy/rbac/"+file), role+" created") {
		removed(t, "clusterrole", role)
	}
	binding := ns + "-" + account + "-" + role
	run(t, nil, "kubectl", "delete", "clusterrolebinding", binding, "--ignore-not-found")
	kubectl(t, "create", "clusterrolebinding", binding, "--clusterrole="+role, "--serviceaccount="+ns+":"+account)
	removed(t, "clusterrolebinding", binding)
}

// removed has an object that belongs to no namespace deleted when the test ends.
func removed(t *testing.T, kind, name string) {
	t.Helper()
	t.Cleanup(func() {
		// The test's context is done by now.
		if out, err := exec.Command("kubectl", "delete", kind, name, "--ignore-not-found").CombinedOutput(); err != nil {
			t.Errorf("deleting %s %s: %v: %s", kind, name, err, out)
		}
	})
}

// verdicts asks doctor what each command can do, as somebody.
func verdicts(t *testing.T, as []string, ns string) map[string]string {
	t.Helper()
	var found struct {
		User     string `json:"user"`
		Commands []struct {
			Command string `json:"command"`
			Verdict string `json:"verdict"`
		} `json:"commands"`
	}
	r := run(t, as, "kubectl", "podkit", "doctor", "-n", ns, "-o", "json")
	if err := json.Unmarshal([]byte(r.stdout), &found); err != nil {
		t.Fatalf("%v in:\n%s%s", err, r.stdout, r.stderr)
	}
	if !strings.HasPrefix(found.User, "system:serviceaccount:"+ns+":") {
		t.Errorf("doctor takes its user for %q", found.User)
	}
	told := map[string]string{}
	for _, command := range found.Commands {
		told[command.Command] = command.Verdict
	}
	return told
}

// asTold fails the test unless doctor says this of the commands.
func asTold(t *testing.T, got map[string]string, want string) {
	t.Helper()
	for _, pair := range strings.Fields(want) {
		command, verdict, _ := strings.Cut(pair, "=")
		if got[command] != verdict {
			t.Errorf("doctor says of %s that it %q, want %q", command, got[command], verdict)
		}
	}
}

// TestEveryReaderWorksWithTheReadRole runs every command that only reads as a user who has podkit-read and nothing else.
func TestEveryReaderWorksWithTheReadRole(t *testing.T) {
	t.Parallel()
	lab(t, "the gallery's images")
	ns := namespace(t, "rights-read")
	pod := deploy(t, ns)
	kubectl(t, "apply", "-n", ns, "-f", "../../deploy/gallery/secret-missing-env.yaml", "-f", "../../deploy/gallery/log-missing-env.yaml")
	reader := account(t, ns, "reader")
	grant(t, ns, "reader", "read.yaml", "podkit-read")

	var found string
	eventually(t, "both causes to be found", func() error {
		r := run(t, reader, "kubectl", "podkit", "diagnose", "-n", ns)
		if found = r.stdout; !strings.Contains(found, "log-missing-env") || !strings.Contains(found, "secret-missing") {
			return waiting("%s%s", r.stdout, r.stderr)
		}
		return nil
	})
	contains(t, "the diagnosis without the right to Secrets", found, "could not read: secrets", "its data is never read")

	for _, line := range []string{
		"get pods -n " + ns, "get pods -A --unhealthy", "get deploy/bootcamp -o wide -n " + ns, "get -o yaml -n " + ns + " " + pod,
		"describe -n " + ns, "describe deploy/bootcamp -n " + ns, "diagnose -A", "why -n " + ns + " " + pod, "nodes", "nodes -o name",
		"logs deploy/bootcamp -n " + ns, "logs -l app=bootcamp -n " + ns, "findings", "version", "doctor -n " + ns, "doctor -A",
	} {
		r := run(t, reader, "kubectl", append([]string{"podkit"}, strings.Fields(line)...)...)
		r.ok(t)
		for _, word := range []string{"forbidden", "not allowed", "cannot list"} {
			if strings.Contains(r.stderr, word) {
				t.Errorf("podkit %s lacks a right:\n%s", line, r.stderr)
			}
		}
	}
	oneSentence(t, run(t, reader, "kubectl", "podkit", "exec", "-n", ns, pod, "--", "true"), "not allowed to create pods/exec", "kubectl auth can-i create pods/exec")
	oneSentence(t, run(t, reader, "kubectl", "podkit", "curl", "-n", ns, pod), "not allowed to get pods/proxy")
	asTold(t, verdicts(t, reader, ns), "get=works describe=degraded diagnose=degraded nodes=works logs=works exec=fails curl=fails debug=degraded")

	t.Run("with the names of Secrets", func(t *testing.T) {
		grant(t, ns, "reader", "secret-names.yaml", "podkit-secret-names")
		asTold(t, verdicts(t, reader, ns), "describe=works diagnose=works exec=fails")
	})
}

// TestActiveRole gets into a pod as a user who has podkit-active and nothing else. It is not run beside the others: the role
// podkit-secret-names, which it removes, is that of TestEveryReaderWorksWithTheReadRole as well.
func TestActiveRole(t *testing.T) {
	ns := namespace(t, "rights-active")
	pod := deploy(t, ns)
	actor := account(t, ns, "actor")
	grant(t, ns, "actor", "active.yaml", "podkit-active")
	as := func(line string) string {
		return run(t, actor, "kubectl", append([]string{"podkit"}, strings.Fields(line)...)...).ok(t)
	}
	contains(t, "exec", as("exec -n "+ns+" "+pod+" -- env"), "HOSTNAME="+pod)
	contains(t, "curl", as("curl -n "+ns+" deploy/bootcamp"), "Running on: "+pod)
	contains(t, "debug", as("debug deploy/bootcamp --yes --allow active -n "+ns), "HOSTNAME="+pod, "Running on: "+pod)
	oneSentence(t, run(t, actor, "kubectl", "podkit", "curl", "-X", "POST", "-n", ns, pod), "not allowed to create pods/proxy")
	// A guided run diagnoses first, so it misses what a diagnosis misses.
	asTold(t, verdicts(t, actor, ns), "get=works exec=works debug=degraded logs=works curl=degraded diagnose=degraded")

	t.Run("with the names of Secrets", func(t *testing.T) {
		grant(t, ns, "actor", "secret-names.yaml", "podkit-secret-names")
		asTold(t, verdicts(t, actor, ns), "debug=works diagnose=works curl=degraded")
	})
}

// TestNamespacedRole reads in one namespace, and is told of the others that it may not.
func TestNamespacedRole(t *testing.T) {
	t.Parallel()
	ns := namespace(t, "rights-ns")
	pod := deploy(t, ns)
	kubectl(t, "apply", "-n", ns, "-f", "../../deploy/rbac/namespaced-read.yaml", "-f", "../../deploy/rbac/namespaced-active.yaml")
	local := account(t, ns, "local")
	kubectl(t, "create", "rolebinding", "-n", ns, "local", "--role=podkit-read", "--serviceaccount="+ns+":local")
	for _, line := range []string{"get", "describe", "diagnose", "why " + pod, "logs " + pod, "doctor"} {
		run(t, local, "kubectl", append(append([]string{"podkit"}, strings.Fields(line)...), "-n", ns)...).ok(t)
	}
	oneSentence(t, run(t, local, "kubectl", "podkit", "nodes"), "not allowed to list nodes")
	oneSentence(t, run(t, local, "kubectl", "podkit", "get", "-A"), "not allowed to list pods in the whole cluster")
	asTold(t, verdicts(t, local, ns), "get=degraded diagnose=degraded nodes=fails logs=degraded exec=fails")
}

// TestNoRightsAtAll: one clear sentence each, and a doctor that says what to ask for.
func TestNoRightsAtAll(t *testing.T) {
	t.Parallel()
	ns := namespace(t, "rights-none")
	stranger := account(t, ns, "stranger")
	for _, line := range []string{
		"get pods", "get pods -A", "describe web-0", "diagnose", "why web-0", "nodes", "logs web-0", "exec web-0 -- true", "curl web-0",
		"debug --yes", "get deploy/web",
	} {
		command, rest, _ := strings.Cut(line, " ")
		words := append([]string{"podkit", command, "-n", ns}, strings.Fields(rest)...)
		oneSentence(t, run(t, stranger, "kubectl", words...), "not allowed to", "kubectl auth can-i")
	}
	run(t, stranger, "kubectl", "podkit", "version").ok(t)
	r := run(t, stranger, "kubectl", "podkit", "doctor", "-n", ns)
	contains(t, "doctor", r.stdout, "✗ get", "does not work", "apiGroups", "podkit-read")
	if r.code != 1 || r.stderr != "" {
		t.Errorf("doctor ended with %d, want 1, and said on stderr: %q", r.code, r.stderr)
	}
	chinese := run(t, stranger, "kubectl", "podkit", "doctor", "-n", ns, "--lang", "zh")
	contains(t, "doctor in Chinese", chinese.stdout, "不可用", "可向管理员申请的规则")
}
