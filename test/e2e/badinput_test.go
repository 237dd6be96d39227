//go:build e2e

package e2e

import (
	"strings"
	"testing"
)

// TestBadInput is what people mistype and lack rights for: one sentence each, with the next step.
func TestBadInput(t *testing.T) {
	ns := namespace(t, "bad-input")
	const stranger = "--as=podkit-e2e-stranger"
	tests := map[string]struct {
		args []string
		want []string
	}{
		"unknown pod":            {[]string{"get", "no-such-pod", "-n", ns}, []string{`"no-such-pod" not found`, "kubectl podkit get -n " + ns}},
		"unknown pod, describe":  {[]string{"describe", "no-such-pod", "-n", ns}, []string{`"no-such-pod" not found`}},
		"unknown pod, logs":      {[]string{"logs", "no-such-pod", "-n", ns}, []string{`"no-such-pod" not found`}},
		"unknown pod, exec":      {[]string{"exec", "no-such-pod", "-n", ns, "--", "true"}, []string{`"no-such-pod" not found`}},
		"unknown pod, curl":      {[]string{"curl", "no-such-pod:80", "-n", ns}, []string{`"no-such-pod" not found`}},
		"unknown owner":          {[]string{"get", "deploy/no-such", "-n", ns}, []string{`deployment "no-such" not found`}},
		"unknown type":           {[]string{"get", "gadget/x", "-n", ns}, []string{`no resource type "gadget"`, "kubectl api-resources"}},
		"type without a name":    {[]string{"get", "deploy", "-n", ns}, []string{"deploy/NAME"}},
		"forbidden namespace":    {[]string{"get", "pods", "-n", ns, stranger}, []string{"not allowed to list pods", "kubectl auth can-i list pods -n " + ns}},
		"forbidden cluster":      {[]string{"get", "pods", "-A", stranger}, []string{"not allowed to list pods in the whole cluster"}},
		"forbidden nodes":        {[]string{"nodes", stranger}, []string{"not allowed to list nodes"}},
		"forbidden in Chinese":   {[]string{"get", "pods", "-n", ns, stranger, "--lang", "zh"}, []string{"没有权限", "kubectl auth can-i list pods"}},
		"unreachable server":     {[]string{"get", "pods", "--server", "https://127.0.0.1:1"}, []string{"cannot reach the server https://127.0.0.1:1", "connection refused"}},
		"unreachable, discovery": {[]string{"get", "deploy/x", "--server", "https://127.0.0.1:1"}, []string{"cannot reach the server"}},
		"wrong context":          {[]string{"get", "pods", "--context", "no-such-context"}, []string{"no-such-context", "kubectl config get-contexts"}},
		"wrong kubeconfig":       {[]string{"get", "pods", "--kubeconfig", "/no/such/file"}, []string{"/no/such/file"}},
		"no pods to walk":        {[]string{"debug", "--yes", "-n", ns}, []string{ns}},
		"unknown command":        {[]string{"gett"}, []string{`"gett"`, "get"}},
		"unknown flag":           {[]string{"get", "--no-such-flag"}, []string{"--no-such-flag", "kubectl podkit get --help"}},
		"names and selector":     {[]string{"get", "x", "-l", "a=b", "-n", ns}, []string{"-l"}},
		"unknown workflow":       {[]string{"debug", "--workflow", "no-such", "-n", ns}, []string{"no-such", "explore"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			oneSentence(t, podkit(t, test.args...), test.want...)
		})
	}
	t.Run("no pods at all", func(t *testing.T) {
		r := podkit(t, "get", "pods", "-n", ns)
		contains(t, "stderr", r.stderr, "No pods found in namespace "+ns)
		if r.ok(t) != "" || strings.Count(r.stderr, "\n") != 1 {
			t.Errorf("want one line on stderr and nothing on stdout, got %q and %q", r.stderr, r.stdout)
		}
	})
	t.Run("no kubeconfig", func(t *testing.T) {
		r := run(t, []string{"KUBECONFIG=/no/such/file", "HOME=/no/such/home"}, "kubectl-podkit", "get", "pods")
		oneSentence(t, r, "no cluster is configured", "KUBECONFIG")
	})
}

// TestNoShell execs into a container that has no shell.
func TestNoShell(t *testing.T) {
	lab(t, "the image without a shell")
	ns := namespace(t, "no-shell")
	kubectl(t, "run", "-n", ns, "bare", "--image=podkit.dev/lab/noshell:1", "--image-pull-policy=Never")
	kubectl(t, "wait", "-n", ns, "pod/bare", "--for=condition=Ready", "--timeout="+patience.String())
	oneSentence(t, podkit(t, "exec", "-n", ns, "bare", "--", "sh"), "sh", "kubectl debug")
}
