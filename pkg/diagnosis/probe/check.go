package probe

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/duration"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// kind is what a probe is for.
type kind string

const (
	readiness kind = "readiness"
	liveness  kind = "liveness"
	startup   kind = "startup"
)

// check is one probe of a container.
type check struct {
	podstate.Container
	kind kind
	spec *corev1.Probe
}

// checks returns the probes of a container, those first whose failure ends it. Init containers that run to their end can
// have none.
func checks(container podstate.Container) []check {
	var found []check
	for _, c := range []check{
		{container, startup, container.Spec.StartupProbe},
		{container, liveness, container.Spec.LivenessProbe},
		{container, readiness, container.Spec.ReadinessProbe},
	} {
		if c.spec != nil && container.Role != podstate.Init {
			found = append(found, c)
		}
	}
	return found
}

// The defaults of a probe's times (kubernetes pkg/apis/core/v1/defaults.go, SetDefaults_Probe), for objects that did not
// pass through an API server.
func (c check) period() time.Duration  { return seconds(cmp.Or(c.spec.PeriodSeconds, 10)) }
func (c check) timeout() time.Duration { return seconds(cmp.Or(c.spec.TimeoutSeconds, 1)) }
func (c check) delay() time.Duration   { return seconds(c.spec.InitialDelaySeconds) }
func (c check) threshold() int         { return int(cmp.Or(c.spec.FailureThreshold, 3)) }

func seconds(n int32) time.Duration { return time.Duration(n) * time.Second }

// budget is the time after its start within which a container must pass the probe for the first time.
func (c check) budget() time.Duration { return c.delay() + c.period()*time.Duration(c.threshold()) }

// soonest is when after its start the first failures can add up: the kubelet probes once a period, beginning as soon as
// the delay is over (pkg/kubelet/prober/worker.go, doProbe).
func (c check) soonest() time.Duration { return c.budget() - c.period() }

// due is when after its start a container's failures must have added up.
func (c check) due() time.Duration { return c.budget() + c.timeout() }

// field is the probe's field below its container.
func (c check) field() string { return string(c.kind) + "Probe" }

// handler is the field of what the probe does, below the probe: httpGet, tcpSocket, exec or grpc.
func (c check) handler() string {
	switch {
	case c.spec.HTTPGet != nil:
		return "httpGet"
	case c.spec.TCPSocket != nil:
		return "tcpSocket"
	case c.spec.GRPC != nil:
		return "grpc"
	}
	return "exec"
}

// asked returns the port that the probe asks, as it is written, and whether it asks one.
func (c check) asked() (intstr.IntOrString, bool) {
	switch {
	case c.spec.HTTPGet != nil:
		return c.spec.HTTPGet.Port, true
	case c.spec.TCPSocket != nil:
		return c.spec.TCPSocket.Port, true
	case c.spec.GRPC != nil:
		return intstr.FromInt32(c.spec.GRPC.Port), true
	}
	return intstr.IntOrString{}, false
}

// port returns the number of the port that the probe asks; false when it asks none, or one by a name that the container
// does not declare. A name may be a number, too (kubernetes pkg/probe/util.go, ResolveContainerPort).
func (c check) port() (int32, bool) {
	port, asks := c.asked()
	if !asks {
		return 0, false
	}
	if port.Type == intstr.Int {
		return port.IntVal, true
	}
	for _, declared := range c.Spec.Ports {
		if declared.Name == port.StrVal {
			return declared.ContainerPort, true
		}
	}
	number, err := strconv.ParseInt(port.StrVal, 10, 32)
	return int32(number), err == nil
}

// host is the host that the probe asks in place of the pod's address; mostly empty.
func (c check) host() string {
	switch {
	case c.spec.HTTPGet != nil:
		return c.spec.HTTPGet.Host
	case c.spec.TCPSocket != nil:
		return c.spec.TCPSocket.Host
	}
	return ""
}

// https reports whether the probe speaks HTTPS.
func (c check) https() bool {
	return c.spec.HTTPGet != nil && c.spec.HTTPGet.Scheme == corev1.URISchemeHTTPS
}

// target says in a word what the probe asks, with its port as a number.
func (c check) target() string {
	port, ok := c.port()
	if !ok || c.spec.GRPC != nil {
		return podstate.Target(c.spec)
	}
	resolved := c.spec.DeepCopy()
	if resolved.HTTPGet != nil {
		resolved.HTTPGet.Port = intstr.FromInt32(port)
	} else {
		resolved.TCPSocket.Port = intstr.FromInt32(port)
	}
	return podstate.Target(resolved)
}

// args are the arguments that every sentence about a probe has.
func (c check) args() message.Args {
	args := message.Args{
		"Command": strings.TrimPrefix(c.target(), "exec "), "Container": c.Name(), "Kind": string(c.kind), "Target": c.target(), "Host": c.host(), "Port": "",
		"Timeout": duration.HumanDuration(c.timeout()), "Threshold": c.threshold(), "Period": duration.HumanDuration(c.period()),
		"Budget": duration.HumanDuration(c.budget()),
	}
	if port, ok := c.port(); ok {
		args["Port"] = port
	}
	return args
}
