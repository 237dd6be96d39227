package action

import (
	"fmt"
	"strconv"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/kubectl/pkg/util"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Port returns the number of the port that wanted means: itself when it is a number, else that of the container port of
// this name. Empty means the first TCP port that the default container declares, else the first that any container does.
func Port(pod *corev1.Pod, wanted string) (string, error) {
	args := message.Args{"Pod": pod.Name, "Namespace": pod.Namespace, "Port": wanted, "Ports": declaredPorts(pod)}
	if wanted == "" {
		if ports := tcpPorts(pod); len(ports) > 0 {
			return strconv.Itoa(int(ports[0].ContainerPort)), nil
		}
		return "", message.Errorf(nil, "curl.no-port", args)
	}
	if number, err := strconv.ParseUint(wanted, 10, 16); err == nil && number > 0 {
		return wanted, nil
	}
	number, err := util.LookupContainerPortNumberByName(*pod, wanted)
	if err != nil {
		return "", message.Errorf(err, "curl.port-name", args)
	}
	return strconv.Itoa(int(number)), nil
}

// ServicePort returns the number of the pod's port behind a port of a Service (its number or name, or empty for the
// first), as kubectl's port-forward does.
func ServicePort(service *corev1.Service, pod *corev1.Pod, wanted string) (string, error) {
	args := message.Args{"Service": service.Name, "Namespace": service.Namespace, "Port": wanted, "Ports": servicePorts(service)}
	if len(service.Spec.Ports) == 0 {
		return "", message.Errorf(nil, "curl.service-port", args)
	}
	number := service.Spec.Ports[0].Port
	if wanted != "" {
		parsed, err := strconv.ParseUint(wanted, 10, 16)
		number = int32(parsed)
		if err != nil {
			number, err = util.LookupServicePortNumberByName(*service, wanted)
		}
		if err != nil {
			return "", message.Errorf(err, "curl.service-port", args)
		}
	}
	target, err := util.LookupContainerPortNumberByServicePort(*service, *pod, number)
	if err != nil {
		return "", message.Errorf(err, "curl.service-port", args)
	}
	return strconv.Itoa(int(target)), nil
}

// tcpPorts returns the declared TCP ports of a pod's containers, those of the default container first.
func tcpPorts(pod *corev1.Pod) []corev1.ContainerPort {
	choice, err := Choose(pod, "")
	if err != nil {
		return nil
	}
	var first, rest []corev1.ContainerPort
	for _, container := range append(sidecars(pod), pod.Spec.Containers...) {
		for _, port := range container.Ports {
			switch {
			case port.Protocol != corev1.ProtocolTCP && port.Protocol != "":
			case container.Name == choice.Container:
				first = append(first, port)
			default:
				rest = append(rest, port)
			}
		}
	}
	return append(first, rest...)
}

// sidecars returns the init containers that go on running beside the others.
func sidecars(pod *corev1.Pod) []corev1.Container {
	var running []corev1.Container
	for _, container := range pod.Spec.InitContainers {
		if container.RestartPolicy != nil && *container.RestartPolicy == corev1.ContainerRestartPolicyAlways {
			running = append(running, container)
		}
	}
	return running
}

func portName(port corev1.ContainerPort) string {
	if port.Name == "" {
		return strconv.Itoa(int(port.ContainerPort))
	}
	return fmt.Sprintf("%d (%s)", port.ContainerPort, port.Name)
}

func servicePorts(service *corev1.Service) string {
	text := "<none>"
	for i, port := range service.Spec.Ports {
		name := strconv.Itoa(int(port.Port))
		if port.Name != "" {
			name = fmt.Sprintf("%d (%s)", port.Port, port.Name)
		}
		if i == 0 {
			text = name
			continue
		}
		text += ", " + name
	}
	return text
}
