package probe

import (
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// undeclared reports whether the probe asks a port that no container of the pod declares, though its own declares some.
// Containers of a pod share their ports, so that a probe may rightly ask a neighbour's.
func (c check) undeclared(k *diagnosis.Case) bool {
	port, ok := c.port()
	if !ok || !slices.ContainsFunc(c.Spec.Ports, isTCP) {
		return false
	}
	return !slices.ContainsFunc(k.Containers, func(container podstate.Container) bool {
		return slices.ContainsFunc(container.Spec.Ports, func(p corev1.ContainerPort) bool { return p.ContainerPort == port })
	})
}

func isTCP(port corev1.ContainerPort) bool {
	return port.Protocol == corev1.ProtocolTCP || port.Protocol == ""
}

// nearestPort is the declared port that is next to a number.
func nearestPort(port int32, container podstate.Container) int32 {
	distance := func(p corev1.ContainerPort) int32 { return max(p.ContainerPort-port, port-p.ContainerPort) }
	ports := slices.DeleteFunc(slices.Clone(container.Spec.Ports), func(p corev1.ContainerPort) bool { return !isTCP(p) })
	return slices.MinFunc(ports, func(a, b corev1.ContainerPort) int { return int(distance(a) - distance(b)) }).ContainerPort
}

func portNames(container podstate.Container) []string {
	var names []string
	for _, port := range container.Spec.Ports {
		if port.Name != "" {
			names = append(names, port.Name)
		}
	}
	return names
}

// declared lists the ports of a container: "http 8080, 9090".
func declared(container podstate.Container) string {
	ports := make([]string, 0, len(container.Spec.Ports))
	for _, port := range container.Spec.Ports {
		ports = append(ports, strings.TrimSpace(fmt.Sprintf("%s %d", port.Name, port.ContainerPort)))
	}
	return strings.Join(ports, ", ")
}
