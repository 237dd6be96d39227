//go:build e2e

package e2e

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// zoo is one object of each kind that kubectl has columns for, none of which changes by itself.
const zoo = `
{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {a: "1", b: "2"}}
---
{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: bootcamp}, ports: [{name: a, port: 80, targetPort: 8080}, {name: b, port: 81}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: node}, spec: {type: NodePort, selector: {app: bootcamp}, ports: [{port: 80, targetPort: 8080}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: balanced}, spec: {type: LoadBalancer, selector: {app: bootcamp}, ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: named}, spec: {type: ExternalName, externalName: example.com}}
---
{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {storageClassName: none, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}
---
{apiVersion: v1, kind: ResourceQuota, metadata: {name: quota}, spec: {hard: {pods: "50", limits.cpu: "50"}}}
---
{apiVersion: v1, kind: LimitRange, metadata: {name: range}, spec: {limits: [{type: Container, default: {cpu: 200m, memory: 100Mi}}]}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: policy}, spec: {podSelector: {matchLabels: {app: none}}}}
---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: door}, spec: {ingressClassName: x, rules: [{host: a.example}, {host: b.example}], tls: [{}]}}
---
{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: budget}, spec: {minAvailable: 1, selector: {matchLabels: {app: bootcamp}}}}
---
{apiVersion: batch/v1, kind: CronJob, metadata: {name: nightly}, spec: {schedule: "0 3 1 1 *", suspend: true, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: busybox:1.36}]}}}}}}
---
{apiVersion: batch/v1, kind: Job, metadata: {name: paused}, spec: {suspend: true, completions: 3, template: {spec: {restartPolicy: Never, containers: [{name: a, image: busybox:1.36}]}}}}
---
{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: nobody}, spec: {replicas: 0, serviceName: x, selector: {matchLabels: {app: sts}}, template: {metadata: {labels: {app: sts}}, spec: {containers: [{name: a, image: busybox:1.36}]}}}}
---
{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: nowhere}, spec: {selector: {matchLabels: {app: ds}}, template: {metadata: {labels: {app: ds}}, spec: {nodeSelector: {no: where}, containers: [{name: a, image: busybox:1.36}]}}}}
`

// kept are the kinds of the zoo, and what is around them.
const kept = "pods,deployments,replicasets,statefulsets,daemonsets,jobs,cronjobs,services,endpointslices,configmaps,serviceaccounts," +
	"persistentvolumeclaims,resourcequotas,limitranges,networkpolicies,ingresses,poddisruptionbudgets,controllerrevisions"

// TestReplay: stock kubectl prints the same of a recording that is served as of the cluster that it was taken from.
func TestReplay(t *testing.T) {
	t.Parallel()
	ns := namespace(t, "replay")
	pod := deploy(t, ns)
	manifest := filepath.Join(t.TempDir(), "zoo.yaml")
	if err := os.WriteFile(manifest, []byte(zoo), 0o600); err != nil {
		t.Fatal(err)
	}
	kubectl(t, "apply", "-n", ns, "-f", manifest)
	for path, want := range map[string]string{".status.currentHealthy": "poddisruptionbudget/budget", ".status.observedGeneration": "daemonset/nowhere", ".status.hard": "resourcequota/quota", ".status.conditions": "job/paused"} {
		eventually(t, want+" has been seen by its controller", func() error {
			if kubectl(t, "get", "-n", ns, want, "-o", "jsonpath={"+path+"}") == "" {
				return waiting("%s is empty", path)
			}
			return nil
		})
	}
	file := filepath.Join(t.TempDir(), "objects.json")
	if err := os.WriteFile(file, []byte(kubectl(t, "get", kept+",events", "-n", ns, "-o", "json")), 0o600); err != nil {
		t.Fatal(err)
	}
	replayed := replay(t, file)
	for _, more := range [][]string{nil, {"-o", "wide"}, {"-o", "yaml", "--chunk-size=2"}, {"-o", "name", "-l", "app=bootcamp"}, {"--show-labels"}} {
		same(t, replayed, append([]string{"get", kept, "-n", ns}, more...)...)
		// Events of others than pods are told again and again.
		same(t, replayed, append([]string{"get", "events", "-n", ns, "--field-selector", "involvedObject.kind=Pod"}, more...)...)
	}
	same(t, replayed, "get", "pods", "-n", ns, "--field-selector", "status.phase=Running", "-o", "name")
	same(t, replayed, "get", "pods", "-n", ns, "--field-selector", "metadata.name="+pod, "--show-labels")
	same(t, replayed, "get", "all", "-n", ns)
	same(t, replayed, "describe", "deployment", "-n", ns, "bootcamp")
	same(t, replayed, "describe", "service", "-n", ns, "web")
	same(t, replayed, "describe", "pod", "-n", ns, pod)
	same(t, replayed, "events", "-n", ns, "--for", "pod/"+pod)
	contains(t, "the recorded kinds", run(t, replayed, "kubectl", "api-resources").ok(t), "pods", "deployments", "apps/v1")
	contains(t, "auth can-i", run(t, replayed, "kubectl", "auth", "can-i", "list", "pods", "-n", ns).ok(t), "yes")

	watching := run(t, replayed, "timeout", "3", "kubectl", "get", "pods", "-n", ns, "-w")
	if watching.code != 124 {
		t.Errorf("get -w ended by itself: exit code %d, %s%s", watching.code, watching.stdout, watching.stderr)
	}
	contains(t, "get -w", watching.stdout, pod)
	for _, refused := range []struct {
		want string
		args []string
	}{
		{"it can be read, and DELETE is not reading", []string{"delete", "pod", "-n", ns, pod}},
		{"on the live cluster: kubectl exec -n " + ns + " " + pod, []string{"exec", "-n", ns, pod, "--", "ls"}},
		{"the recording holds no OpenAPI documents, which kubectl explain and --validate read", []string{"explain", "pods"}},
		{"Error from server (NotFound)", []string{"get", "pod", "-n", ns, "gone"}},
		{"Error from server (NotRecorded)", []string{"get", "--raw", "/api/v1/nodes/node1"}},
	} {
		r := run(t, replayed, "kubectl", refused.args...)
		if r.code == 0 {
			t.Errorf("%s succeeded", r.line)
		}
		contains(t, r.line, r.stderr, refused.want)
	}

	read := run(t, []string{"KUBECONFIG=/nonexistent"}, "kubectl-podkit", "get", "pods", "-n", ns, "--recording", file).ok(t)
	contains(t, "podkit without a cluster", read, pod, "Running")
}

// TestReplayDump: logs come from what kubectl cluster-info dump left.
func TestReplayDump(t *testing.T) {
	t.Parallel()
	ns := namespace(t, "replay-dump")
	pod := deploy(t, ns)
	dump := t.TempDir()
	kubectl(t, "cluster-info", "dump", "--namespaces", ns, "--output-directory", dump)
	live := kubectl(t, "logs", "-n", ns, pod, "--tail=2")
	if live == "" {
		t.Fatal("the app has written nothing, so that nothing can be compared")
	}
	replayed := replay(t, dump)
	if diff := cmp.Diff(live, run(t, replayed, "kubectl", "logs", "-n", ns, pod, "--tail=2").ok(t)); diff != "" {
		t.Errorf("logs (-live +replayed):\n%s", diff)
	}
	contains(t, "podkit logs", run(t, nil, "kubectl", "podkit", "logs", "-n", ns, pod, "--recording", dump).ok(t), strings.TrimSpace(live))
}

// replay serves a recording until the test ends, and returns the environment in which kubectl asks it.
func replay(t *testing.T, path string) []string {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, "kubectl-podkit", "replay", path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	config, found := strings.CutPrefix(strings.TrimSpace(line), "export KUBECONFIG=")
	if err != nil || !found {
		cancel()
		t.Fatalf("replay said %q: %v", line, err)
	}
	t.Cleanup(func() {
		defer cancel()
		_ = cmd.Process.Signal(syscall.SIGINT) // It may have ended, which is told below.
		timer := time.AfterFunc(patience, cancel)
		defer timer.Stop()
		var exit *exec.ExitError
		if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 130 {
			t.Errorf("replay ended with %v, not as interrupted", err)
		}
		if _, err := os.Stat(config); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the kubeconfig %s was left behind: %v", config, err)
		}
	})
	return []string{"KUBECONFIG=" + config, "HOME=" + t.TempDir()}
}

// same fails the test unless kubectl prints the same, but for ages, of the recording and of the cluster.
func same(t *testing.T, replayed []string, args ...string) {
	t.Helper()
	live := run(t, nil, "kubectl", args...)
	again := run(t, replayed, "kubectl", args...)
	if diff := cmp.Diff(timeless(live.stdout), timeless(again.stdout)); diff != "" || live.code != again.code {
		t.Errorf("kubectl %s (-live +replayed), exit codes %d and %d %s:\n%s", strings.Join(args, " "), live.code, again.code, again.stderr, diff)
	}
}

var (
	ages   = regexp.MustCompile(`\b\d+[dhms](\d+[hms])?\b`)
	spaces = regexp.MustCompile(`[ ]+`)
	// lists is the revision of a list, which is that of the moment on a cluster.
	lists = regexp.MustCompile(`(?m)^metadata:\n  resourceVersion: .*$`)
)

func timeless(text string) string {
	return spaces.ReplaceAllString(ages.ReplaceAllString(lists.ReplaceAllString(text, "metadata:"), "AGE"), " ")
}
