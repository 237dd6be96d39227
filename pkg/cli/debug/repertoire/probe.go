package repertoire

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// check is one probe of a container.
type check struct {
	kind string
	spec *corev1.Probe
	of   *corev1.Container
}

// check is the probe that the run is about: the one that the diagnosis blames, else the one that is not passed, else any.
func (s *Subject) check() (check, bool) {
	container, ok := s.inPod()
	if !ok {
		return check{}, false
	}
	all := map[string]*corev1.Probe{
		"startup": container.Spec.StartupProbe, "liveness": container.Spec.LivenessProbe, "readiness": container.Spec.ReadinessProbe,
	}
	order := []string{"readiness", "liveness", "startup"}
	switch started := container.Status.Started; {
	case s.finds("liveness-killed", "liveness-failing"):
		order = []string{"liveness", "startup", "readiness"}
	case s.finds("startup-killed", "startup-failing"), started != nil && !*started:
		order = []string{"startup", "readiness", "liveness"}
	}
	for _, kind := range order {
		if all[kind] != nil {
			return check{kind, all[kind], container.Spec}, true
		}
	}
	return check{}, false
}

// finds reports whether the diagnosis has found one of these for the pod.
func (s *Subject) finds(ids ...string) bool {
	target := s.Target()
	if target == nil {
		return false
	}
	for i := range target.Findings {
		if slices.Contains(ids, target.Findings[i].ID) {
			return true
		}
	}
	return false
}

// asked is the port that a step is about: the one it names, else that of the probe when it says so, else the declared one.
func (s *Subject) asked(with map[string]string) string {
	if with["port"] != "" {
		return with["port"]
	}
	if with["probe"] != "" {
		if probe, ok := s.check(); ok {
			return cmp.Or(probe.port(), s.port())
		}
	}
	return s.port()
}

// port is the number of the port that the probe asks; empty when it asks none, or by a name that the container lacks.
func (c check) port() string {
	var asked intstr.IntOrString
	switch {
	case c.spec.HTTPGet != nil:
		asked = c.spec.HTTPGet.Port
	case c.spec.TCPSocket != nil:
		asked = c.spec.TCPSocket.Port
	case c.spec.GRPC != nil:
		asked = intstr.FromInt32(c.spec.GRPC.Port)
	default:
		return ""
	}
	if asked.Type == intstr.Int {
		return strconv.Itoa(int(asked.IntVal))
	}
	for _, port := range c.of.Ports {
		if port.Name == asked.StrVal {
			return strconv.Itoa(int(port.ContainerPort))
		}
	}
	return ""
}

// path is the path that an HTTP probe asks for; empty for other probes.
func (c check) path() string {
	if c.spec.HTTPGet == nil {
		return ""
	}
	return "/" + strings.TrimLeft(c.spec.HTTPGet.Path, "/")
}

// way is how the probe asks.
func (c check) way() string {
	switch {
	case c.spec.HTTPGet != nil:
		return "http"
	case c.spec.TCPSocket != nil:
		return "tcp"
	case c.spec.GRPC != nil:
		return "grpc"
	}
	return "exec"
}

// isPlain reports whether the probe's request can be sent once more as it is: over HTTP without TLS, to the pod itself.
func (c check) isPlain() bool {
	asked := c.spec.HTTPGet
	return asked != nil && asked.Scheme != corev1.URISchemeHTTPS && asked.Host == ""
}

// declared reports whether the container declares the port that the probe asks.
func (c check) declared() bool {
	return slices.ContainsFunc(c.of.Ports, func(port corev1.ContainerPort) bool {
		return strconv.Itoa(int(port.ContainerPort)) == c.port()
	})
}

// probe shows the probe that the pod does not pass: how it asks, how often, and what the kubelet met.
func (t Tools) probe(ctx context.Context, subject *Subject, _ map[string]string) Result {
	pod := subject.Pod
	line := t.Kubectl.command(pod.Namespace, "describe pod %s", pod.Name)
	result := Result{
		Commands: listed(line),
		Args:     message.Args{"Probe": "", "ProbeKind": "", "Asked": "", "Declared": "", "Period": "", "Timeout": "", "Failures": "", "Said": ""},
	}
	probe, ok := subject.check()
	if !ok {
		result.Facts = []string{"no-probe"}
		return result
	}
	rows := [][]string{{"PROBE", "ASKS", "EVERY", "TIMEOUT", "FAILURES IN A ROW"}}
	rows = append(rows, []string{
		probe.kind, podstate.Target(probe.spec), seconds(probe.spec.PeriodSeconds, 10), seconds(probe.spec.TimeoutSeconds, 1),
		strconv.Itoa(int(cmp.Or(probe.spec.FailureThreshold, 3))),
	})
	result.Facts = []string{probe.kind, probe.way()}
	if probe.port() != "" {
		result.Facts = append(result.Facts, map[bool]string{true: "declared", false: "undeclared"}[probe.declared()])
	} else if probe.way() != "exec" {
		result.Facts = append(result.Facts, "misnamed")
	}
	result.Args["Probe"], result.Args["ProbeKind"], result.Args["Asked"] = podstate.Target(probe.spec), probe.kind, probe.port()
	result.Args["Declared"] = declaredBy(probe.of)
	result.Args["Period"], result.Args["Timeout"], result.Args["Failures"] = rows[1][2], rows[1][3], rows[1][4]
	text := columns(rows)
	file := casefile.Open(ctx, t.Cluster, []corev1.Pod{*pod}, t.Now())
	if said := saidOf(file, pod, probe.kind); said != "" {
		result.Facts = append(result.Facts, "told")
		result.Args["Said"] = said
		text += "\n" + said + "\n"
	}
	return t.firstLines(result, text, tableLines, line)
}

// saidOf is what the kubelet met last with a probe, in the words of its event; empty when no event tells.
func saidOf(file *casefile.File, pod *corev1.Pod, kind string) string {
	events := file.Events(pod.UID)
	for i := len(events) - 1; i >= 0; i-- {
		title := strings.ToUpper(kind[:1]) + kind[1:] + " probe "
		if events[i].Reason == "Unhealthy" || events[i].Reason == "ProbeWarning" {
			if strings.HasPrefix(events[i].Message, title) {
				return strings.Join(strings.Fields(events[i].Message), " ")
			}
		}
	}
	return ""
}

func seconds(n, otherwise int32) string { return fmt.Sprintf("%ds", cmp.Or(n, otherwise)) }

// declaredBy lists the ports that a container declares, for example "8080 (http), 9090".
func declaredBy(container *corev1.Container) string {
	var ports []string
	for _, port := range container.Ports {
		text := strconv.Itoa(int(port.ContainerPort))
		if port.Name != "" {
			text += " (" + port.Name + ")"
		}
		ports = append(ports, text)
	}
	return strings.Join(ports, ", ")
}

// probeAction is what a workflow may know of it.
func probeAction() workflow.Action {
	return workflow.Action{
		Facts: []string{
			"readiness", "liveness", "startup", "http", "tcp", "grpc", "exec", "declared", "undeclared", "misnamed", "told", "no-probe",
		},
		Args: []string{"Probe", "ProbeKind", "Asked", "Declared", "Period", "Timeout", "Failures", "Said"},
	}
}
