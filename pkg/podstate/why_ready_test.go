package podstate_test

import (
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

var httpProbe = corev1.Probe{
	ProbeHandler:        corev1.ProbeHandler{HTTPGet: &corev1.HTTPGetAction{Port: intstr.FromInt32(8080), Path: "/healthz"}},
	InitialDelaySeconds: 5, PeriodSeconds: 10, TimeoutSeconds: 1,
}

// slowProbe must fail three times before it counts.
var slowProbe = corev1.Probe{ProbeHandler: httpProbe.ProbeHandler, PeriodSeconds: 5, TimeoutSeconds: 1, FailureThreshold: 3}

func TestWhyNotReady(t *testing.T) {
	fresh := func(status corev1.ContainerStatus) corev1.ContainerStatus {
		status.State.Running.StartedAt = ago(15 * time.Second)
		return status
	}
	gate := func(pod *corev1.Pod) {
		pod.Spec.ReadinessGates = []corev1.PodReadinessGate{{ConditionType: "lb/ready"}}
	}
	minutes := notReady(4*time.Minute, "containers with unready status: [app]")
	checkWhy(t, map[string]whyCase{
		"readiness probe":       {healthy(minutes, containers(unready("app")), readinessProbe("app", httpProbe)), unhealthy, "app: readiness probe httpGet :8080/healthz does not pass (running 60m)"},
		"first result to come":  {healthy(minutes, containers(fresh(unready("app"))), readinessProbe("app", httpProbe)), soon, "app: waiting for the first readiness probe httpGet :8080/healthz (15s)"},
		"startup probe":         {healthy(minutes, containers(unstarted("app")), startupProbe("app", httpProbe), readinessProbe("app", httpProbe)), soon, "app: startup probe httpGet :8080/healthz has not passed yet (60m)"},
		"startup probe passed":  {healthy(minutes, containers(unready("app")), startupProbe("app", httpProbe), readinessProbe("app", httpProbe)), unhealthy, "app: readiness probe httpGet :8080/healthz does not pass (running 60m)"},
		"no probe":              {healthy(minutes, containers(unready("app"))), unhealthy, "not ready: containers with unready status: [app] (4m)"},
		"second container":      {healthy(minutes, containers(running("a"), unready("b")), readinessProbe("b", httpProbe)), unhealthy, "b: readiness probe httpGet :8080/healthz does not pass (running 60m)"},
		"sidecar":               {healthy(minutes, inits(unready("mesh")), sidecar("mesh"), readinessProbe("mesh", httpProbe)), unhealthy, "mesh: readiness probe httpGet :8080/healthz does not pass (running 60m)"},
		"readiness gate":        {healthy(notReady(time.Minute, "x"), gate), unhealthy, "readiness gate lb/ready is not met (60s)"},
		"young readiness gate":  {healthy(notReady(20*time.Minute, "x"), gate, condition(corev1.ContainersReady, corev1.ConditionTrue, 20*time.Second, "", "")), soon, "readiness gate lb/ready is not met (20m)"},
		"failures to add up":    {healthy(minutes, containers(fresh(unready("app"))), readinessProbe("app", slowProbe)), soon, "app: waiting for the first readiness probe httpGet :8080/healthz (15s)"},
		"readiness gate is met": {healthy(notReady(time.Minute, "x"), gate, condition("lb/ready", corev1.ConditionTrue, 0, "", "")), unhealthy, "the containers were ready, but node node1 stopped reporting (60s)"},
		"silent node":           {healthy(notReady(2*time.Minute, "")), unhealthy, "the containers were ready, but node node1 stopped reporting (2m)"},
		"one container has done its work": {
			healthy(restartPolicy(corev1.RestartPolicyNever), notReady(4*time.Minute, "containers with unready status: [a]"), containers(terminated("a", "Completed", 0), running("b"))),
			well, "",
		},
		"Ready is Unknown": {healthy(condition(corev1.PodReady, corev1.ConditionUnknown, time.Minute, "", "")), unhealthy, "the containers were ready, but node node1 stopped reporting (60s)"},
	})
}

func TestTarget(t *testing.T) {
	tests := map[string]corev1.ProbeHandler{
		"httpGet :8080/healthz":     {HTTPGet: &corev1.HTTPGetAction{Port: intstr.FromInt32(8080), Path: "/healthz"}},
		"httpGet 10.0.0.1:web/":     {HTTPGet: &corev1.HTTPGetAction{Host: "10.0.0.1", Port: intstr.FromString("web"), Path: "/"}},
		"tcpSocket :5432":           {TCPSocket: &corev1.TCPSocketAction{Port: intstr.FromInt32(5432)}},
		"grpc :9090":                {GRPC: &corev1.GRPCAction{Port: 9090}},
		"exec cat /ready":           {Exec: &corev1.ExecAction{Command: []string{"cat", "/ready"}}},
		"exec sh -c echo a; echo b": {Exec: &corev1.ExecAction{Command: []string{"sh", "-c", "echo a;\n\techo b"}}},
		"?":                         {},
	}
	for want, handler := range tests {
		if got := podstate.Target(&corev1.Probe{ProbeHandler: handler}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
