//go:build e2e

package e2e

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const spread = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: spread, labels: {app: spread}}
spec:
  replicas: 2
  selector: {matchLabels: {app: spread}}
  template:
    metadata: {labels: {app: spread}}
    spec:
      topologySpreadConstraints:
        - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: spread}}}
      containers:
        - name: app
          image: busybox:1.36
          command: [sh, -c, "trap 'exit 0' TERM; sleep 100000 & wait"]
`

// TestNodeLoss cuts a node's power. Replacements must run on the other node, and podkit must say what became of the old
// pods and of the node.
func TestNodeLoss(t *testing.T) {
	program := lab(t, "losing a node")
	ns := namespace(t, "node-loss")
	apply(t, ns, spread)
	kubectl(t, "rollout", "status", "-n", ns, "deployment/spread", "--timeout="+patience.String())
	nodesOf := func() []string {
		return strings.Fields(kubectl(t, "get", "pods", "-n", ns, "-l", "app=spread", "-o", "jsonpath={.items[*].spec.nodeName}"))
	}
	if nodes := nodesOf(); !slices.Contains(nodes, "node1") || !slices.Contains(nodes, "node2") {
		t.Fatalf("the two replicas run on %v, not on both nodes", nodes)
	}

	run(t, nil, program, "node", "stop", "node2").ok(t)
	t.Cleanup(func() {
		if out, err := exec.Command(program, "node", "start", "node2").CombinedOutput(); err != nil {
			t.Errorf("starting node2 again: %v\n%s", err, out)
		}
	})

	eventually(t, "podkit nodes to show node2 as lost", func() error {
		out := podkit(t, "nodes").ok(t)
		for _, line := range strings.Split(out, "\n") {
			if strings.HasPrefix(line, "node2 ") && strings.Contains(line, "NotReady") && strings.Contains(line, "stopped reporting") {
				return nil
			}
		}
		return waiting("%s", out)
	})
	eventually(t, "two replicas to run on node1, and the old one of node2 to be held up", func() error {
		out := podkit(t, "get", "deploy/spread", "-n", ns, "-o", "wide").ok(t)
		running := 0
		explained := false
		for _, line := range strings.Split(out, "\n") {
			if strings.Contains(line, " Running ") && strings.Contains(line, " node1 ") {
				running++
			}
			if strings.Contains(line, " Terminating ") && strings.Contains(line, "the kubelet of node2 has not confirmed it") {
				explained = true
			}
		}
		if running == 2 && explained {
			return nil
		}
		return waiting("%s", out)
	})
	contains(t, "podkit get --lang zh", podkit(t, "get", "deploy/spread", "-n", ns, "--lang", "zh").ok(t), "node2 的 kubelet")
	contains(t, "podkit describe", podkit(t, "describe", "deploy/spread", "-n", ns).ok(t), "node2 (Ready=Unknown", "NodeNotReady")

	run(t, nil, program, "node", "start", "node2").ok(t)
	eventually(t, "node2 to be well again and the old pod to be gone", func() error {
		out := podkit(t, "get", "deploy/spread", "-n", ns).ok(t)
		if strings.Contains(out, "Terminating") {
			return waiting("%s", out)
		}
		return nil
	})
}

// apply applies a manifest.
func apply(t *testing.T, ns, manifest string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "kubectl", "apply", "-n", ns, "-f", "-")
	cmd.Stdin = strings.NewReader(manifest)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("kubectl apply: %v\n%s", err, out)
	}
}
