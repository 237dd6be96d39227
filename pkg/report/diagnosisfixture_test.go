package report_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// orders is a pod of deploy/orders that is restarted for its liveness probe, which asks the wrong port.
func orders(name string) diagnosis.Target {
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: name, UID: "uid-" + "orders"},
		Spec:       corev1.PodSpec{Containers: []corev1.Container{{Name: "orders"}, {Name: "proxy"}}},
		Status: corev1.PodStatus{ContainerStatuses: []corev1.ContainerStatus{{
			Name: "orders", RestartCount: 5, LastTerminationState: corev1.ContainerState{
				Terminated: &corev1.ContainerStateTerminated{ExitCode: 137, FinishedAt: ago(40 * time.Second)},
			},
		}}},
	}
	return diagnosis.Target{
		Pod: pod, Workload: diagnosis.Workload{Kind: "Deployment", Name: "orders"}, Verdict: diagnosis.Failing, Since: ago(12 * time.Minute).Time,
		State:    podstate.Reason{Severity: podstate.Unhealthy, ID: "why.not-ready", Args: message.Args{"Message": "no", "Since": "12m"}},
		Findings: []diagnosis.Finding{portMismatch(name), refused(), killed(name), noCause()},
	}
}

func portMismatch(pod string) diagnosis.Finding {
	port := "spec.containers[orders].livenessProbe.httpGet.port"
	return diagnosis.Finding{
		ID: "probe-port-mismatch", Severity: diagnosis.Error, Confidence: diagnosis.Likely, Container: "orders",
		Object: diagnosis.Object{APIVersion: "v1", Kind: "Pod", Namespace: "shop", Name: pod},
		Args:   message.Args{"Kinds": "liveness", "Container": "orders", "Port": 8081, "Declared": "8080"},
		Evidence: []diagnosis.Evidence{
			{Source: diagnosis.Spec, Container: "orders", Field: port, Value: "8081"},
			{Source: diagnosis.LogEnd, Container: "orders", Object: diagnosis.Object{Kind: "Pod", Name: "orders-7c9f8d6b54-a1b2c"}, Value: trace, At: ago(41 * time.Second).Time, Previous: true, Line: 17},
			{Source: diagnosis.Other, Object: diagnosis.Object{APIVersion: "v1", Kind: "ConfigMap", Namespace: "shop", Name: "orders-config"}, Value: "PORT=8080"},
		},
		Remedies: []diagnosis.Remedy{
			{ID: "remedy.see-log", Args: message.Args{"Container": "orders"}, Effect: diagnosis.ReadOnly, Command: shellword.New("kubectl -n shop logs %s -c orders --previous", pod)},
			{ID: "remedy.edit-workload", Args: message.Args{"Workload": "deploy/orders"}, Effect: diagnosis.Changes, Command: shellword.New("kubectl -n shop set env deploy/orders %s PORT=%s", "GREETING=it's me", shellword.Placeholder("value"))},
			{ID: "remedy.replace-pod", Args: message.Args{"Pod": pod}, Effect: diagnosis.Destructive, Command: shellword.New("kubectl -n shop replace --force -f %s", shellword.Placeholder("manifest.yaml"))},
			{ID: "remedy.edit-workload", Args: message.Args{"Workload": "deploy/orders"}, Effect: diagnosis.Changes},
		},
	}
}

const trace = `Exception in thread "main" java.lang.IllegalStateException: cannot serve
	at shop.Server.start(Server.java:40)
	at shop.Main.main(Main.java:12)
Caused by: java.net.BindException: Address already in use
	at java.base/sun.nio.ch.Net.bind0(Native Method)
	... 3 more`

func refused() diagnosis.Finding {
	return diagnosis.Finding{
		ID: "liveness-failing", Severity: diagnosis.Error, Confidence: diagnosis.Certain, Container: "orders",
		Args:    message.Args{"Target": "httpGet :8081/", "Container": "orders"},
		Because: []diagnosis.Key{{ID: "probe-port-mismatch", Container: "orders"}},
		Evidence: []diagnosis.Evidence{{
			Source: diagnosis.Events, Reason: "Unhealthy", Times: 15, At: ago(time.Minute).Time,
			Value: `Liveness probe failed: Get "http://10.88.0.80:8081/": dial tcp 10.88.0.80:8081: connect: connection refused`,
		}},
	}
}

func killed(pod string) diagnosis.Finding {
	return diagnosis.Finding{
		ID: "liveness-killed", Severity: diagnosis.Error, Confidence: diagnosis.Certain, Container: "orders",
		Args:    message.Args{"Container": "orders", "Ran": "30s"},
		Because: []diagnosis.Key{{ID: "probe-port-mismatch", Container: "orders"}, {ID: "liveness-failing", Container: "orders"}},
		Evidence: []diagnosis.Evidence{{
			Source: diagnosis.Status, Container: "orders", Field: "status.containerStatuses[orders].lastState.terminated",
			Value: "Error: exitCode 137", At: ago(40 * time.Second).Time, Object: diagnosis.Object{Kind: "Pod", Name: pod},
		}},
	}
}

// noCause is a finding beside the chain.
func noCause() diagnosis.Finding {
	return diagnosis.Finding{
		ID: diagnosis.Unexplained, Severity: diagnosis.Error, Confidence: diagnosis.Certain, Container: "proxy", Form: "container",
		Args:     message.Args{"Container": "proxy", "Reason": "CreateContainerError", "Message": "context deadline exceeded"},
		Evidence: []diagnosis.Evidence{{Source: diagnosis.Status, Container: "proxy", Field: "status.containerStatuses[proxy].state", Value: longError}},
		Remedies: []diagnosis.Remedy{{ID: "remedy.see-log", Args: message.Args{"Container": "proxy"}, Effect: diagnosis.ReadOnly, Command: shellword.New("kubectl logs")}},
	}
}

const longError = `CreateContainerError: failed to generate container "4b1f7a7f4b1d4bb5a6b5b7b7" spec: failed to apply OCI options: rpc error: code = Unknown desc = failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: context deadline exceeded`

// unread is what a user without some rights did not get.
func unread() []diagnosis.Unknown {
	pods := []types.NamespacedName{{Namespace: "shop", Name: "orders-7c9f8d6b54-x2lqp"}}
	node := func(name string) diagnosis.Unknown {
		return diagnosis.Unknown{Question: casefile.NodeNamed(name), State: casefile.Denied, Err: errRefused, Pods: pods}
	}
	secret := casefile.Question{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Secret"}, Part: casefile.Metadata, Namespace: "shop", Name: "db"}
	return []diagnosis.Unknown{
		{Question: casefile.EventsIn("shop"), State: casefile.Failed, Err: errors.New("the server did not answer in time"), Pods: pods},
		node("node1"), node("node2"),
		{Question: casefile.LogOf("shop", "orders-7c9f8d6b54-x2lqp", "orders", true), State: casefile.Denied, Err: errRefused, Pods: pods},
		{Question: secret, State: casefile.Denied, Err: message.Errorf(nil, "error.unauthorized", message.Args{"Cause": "no"}), Pods: pods},
		{Question: casefile.LogOf("shop", "orders-7c9f8d6b54-zzzzz", "orders", true), State: casefile.NotYet, Pods: pods},
	}
}

func diagnosed(unknowns []diagnosis.Unknown, groups []diagnosis.Group, targets ...diagnosis.Target) *diagnosis.Diagnosis {
	return &diagnosis.Diagnosis{File: casefile.New(nil, now), Targets: targets, Groups: groups, Unknowns: unknowns, Rounds: 2}
}

// healthy and starting are targets without a cause.
func healthy(name string) diagnosis.Target {
	return diagnosis.Target{
		Pod:      &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: name}},
		Workload: diagnosis.Workload{Kind: "StatefulSet", Name: "db"}, Verdict: diagnosis.Healthy,
	}
}

func starting(name string) diagnosis.Target {
	target := healthy(name)
	target.Pod.Spec.Containers = []corev1.Container{{Name: "db", StartupProbe: &corev1.Probe{InitialDelaySeconds: 10, PeriodSeconds: 5, FailureThreshold: 12}}}
	target.Pod.Status.ContainerStatuses = []corev1.ContainerStatus{{Name: "db", State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: ago(30 * time.Second)}}}}
	target.Verdict, target.Since = diagnosis.Progressing, ago(35*time.Second).Time
	target.State = podstate.Reason{Severity: podstate.Waiting, ID: "why.startup-probe", Args: message.Args{"Container": "db", "Probe": "tcpSocket :5432", "Since": "30s"}}
	return target
}

// fleet is 40 pods of which twelve of one Deployment fail alike and one alone, and the rest do well.
func fleet() *diagnosis.Diagnosis {
	var targets []diagnosis.Target
	group := diagnosis.Group{Namespace: "shop", Workload: diagnosis.Workload{Kind: "Deployment", Name: "orders"}, Root: portMismatch("orders-7c9f8d6b54-aaa00"), Of: 14}
	for i := range 12 {
		name := fmt.Sprintf("orders-7c9f8d6b54-aaa%02d", i)
		targets = append(targets, orders(name))
		group.Targets = append(group.Targets, name)
	}
	group.Others = []string{"orders-7c9f8d6b54-bbb00", "orders-7c9f8d6b54-bbb01"}
	alone := orders("batch")
	alone.Workload, alone.Verdict, alone.Since, alone.Findings = diagnosis.Workload{Kind: "Pod", Name: "batch"}, diagnosis.Degraded, time.Time{}, []diagnosis.Finding{noCause()}
	targets = append(targets, alone, starting("db-0"), starting("db-1"))
	for i := range 25 {
		targets = append(targets, healthy(fmt.Sprintf("web-%02d", i)))
	}
	single := diagnosis.Group{Namespace: "shop", Workload: alone.Workload, Root: noCause(), Targets: []string{"batch"}, Of: 1}
	return diagnosed(unread()[1:3], []diagnosis.Group{group, single}, targets...)
}

// attacker is a target all of whose texts try to write elsewhere on the screen.
func attacker() diagnosis.Target {
	const evil = "a\x1b[2J\x1b]0;t\x07\u009b1A\r\n✓ all is well\tb `"
	target := orders("orders-7c9f8d6b54-x2lqp")
	root := noCause()
	root.Args = message.Args{"Container": evil, "Reason": evil, "Message": strings.Repeat("`"+evil+"wide ", 20)}
	object := diagnosis.Object{Kind: evil, Namespace: evil, Name: evil}
	for _, source := range []diagnosis.Source{diagnosis.Status, diagnosis.Spec, diagnosis.Events, diagnosis.LogEnd, diagnosis.Other} {
		root.Evidence = append(root.Evidence, diagnosis.Evidence{Source: source, Object: object, Container: evil, Field: evil, Value: strings.Repeat("`"+evil+"very-long-word", 30), Reason: evil, At: now})
	}
	root.Remedies = nil
	for _, text := range []string{evil, "é"} {
		root.Remedies = append(root.Remedies, diagnosis.Remedy{
			ID: "remedy.see-log", Args: message.Args{"Container": evil}, Effect: diagnosis.Changes,
			Command: shellword.New("kubectl exec %s %s %s %s", "$(reboot)", text, "a<b>c", "'"),
		})
	}
	other := root
	other.Container = "other"
	target.Workload.Name = evil
	target.Findings = []diagnosis.Finding{root, other}
	return target
}

// shownDiagnosis writes a diagnosis as the command does.
func shownDiagnosis(t *testing.T, found *diagnosis.Diagnosis, language message.Language, terminal report.Terminal, verbose bool) string {
	t.Helper()
	var out bytes.Buffer
	page := report.NewPage(&out, catalog(t, language), terminal)
	page.Diagnosis(found, report.DiagnosisView{Kubectl: "kubectl", Verbose: verbose})
	if err := page.Err(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
