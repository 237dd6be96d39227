package table

import (
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// servicePrinters print how pods are reached.
func servicePrinters() map[string]Printer {
	return map[string]Printer{
		"services": printer("Name Type Cluster-IP External-IP Port(s) Age Selector*", func(s *corev1.Service, now time.Time) []any {
			return []any{
				s.Name, string(s.Spec.Type), or(s.Spec.ClusterIP, none), externalIP(s), servicePorts(s.Spec.Ports),
				age(s.CreationTimestamp, now), labelText(s.Spec.Selector),
			}
		}),
		"endpoints": printer("Name Endpoints Age", func(e *corev1.Endpoints, now time.Time) []any { //nolint:staticcheck // Old clusters have them.
			return []any{e.Name, endpoints(e), age(e.CreationTimestamp, now)}
		}),
		"endpointslices.discovery.k8s.io": printer("Name AddressType Ports Endpoints Age", func(s *discoveryv1.EndpointSlice, now time.Time) []any {
			return []any{s.Name, string(s.AddressType), slicePorts(s.Ports), sliceAddresses(s.Endpoints), age(s.CreationTimestamp, now)}
		}),
		"ingresses.networking.k8s.io": printer("Name Class Hosts Address Ports Age", ingress),
		"networkpolicies.networking.k8s.io": printer("Name Pod-Selector Age", func(p *networkingv1.NetworkPolicy, now time.Time) []any {
			return []any{p.Name, metav1.FormatLabelSelector(&p.Spec.PodSelector), age(p.CreationTimestamp, now)}
		}),
	}
}

func externalIP(s *corev1.Service) string {
	switch s.Spec.Type {
	case corev1.ServiceTypeExternalName:
		return s.Spec.ExternalName
	case corev1.ServiceTypeLoadBalancer:
		var found []string
		for _, at := range s.Status.LoadBalancer.Ingress {
			found = append(found, or(at.IP, at.Hostname))
		}
		found = append(found, s.Spec.ExternalIPs...)
		return or(join(found), "<pending>")
	}
	return list(s.Spec.ExternalIPs)
}

func servicePorts(ports []corev1.ServicePort) string {
	var texts []string
	for _, port := range ports {
		text := strconv.Itoa(int(port.Port))
		if port.NodePort > 0 {
			text += ":" + strconv.Itoa(int(port.NodePort))
		}
		texts = append(texts, text+"/"+string(port.Protocol))
	}
	return list(texts)
}

// most is how many of many are named.
const most = 3

// first names the first of many, as kubectl does: "a,b,c + 2 more...".
func first(texts []string, absent string) string {
	if len(texts) > most {
		return fmt.Sprintf("%s + %d more...", join(texts[:most]), len(texts)-most)
	}
	return or(join(texts), absent)
}

func endpoints(e *corev1.Endpoints) string { //nolint:staticcheck // Old clusters have them.
	var texts []string
	for _, subset := range e.Subsets {
		for _, port := range subset.Ports {
			for _, at := range subset.Addresses {
				texts = append(texts, net.JoinHostPort(at.IP, strconv.Itoa(int(port.Port))))
			}
		}
		if len(subset.Ports) == 0 {
			for _, at := range subset.Addresses {
				texts = append(texts, at.IP)
			}
		}
	}
	return first(texts, none)
}

func slicePorts(ports []discoveryv1.EndpointPort) string {
	var texts []string
	for _, port := range ports {
		if port.Port != nil {
			texts = append(texts, strconv.Itoa(int(*port.Port)))
		} else if port.Name != nil {
			texts = append(texts, *port.Name)
		}
	}
	return first(texts, unset)
}

func sliceAddresses(all []discoveryv1.Endpoint) string {
	var texts []string
	for _, endpoint := range all {
		texts = append(texts, endpoint.Addresses...)
	}
	return first(texts, unset)
}

func ingress(i *networkingv1.Ingress, now time.Time) []any {
	class := none
	if i.Spec.IngressClassName != nil {
		class = *i.Spec.IngressClassName
	}
	var hosts, at []string
	for _, rule := range i.Spec.Rules {
		if rule.Host != "" {
			hosts = append(hosts, rule.Host)
		}
	}
	for _, balancer := range i.Status.LoadBalancer.Ingress {
		at = append(at, or(balancer.IP, balancer.Hostname))
	}
	ports := "80"
	if len(i.Spec.TLS) > 0 {
		ports = "80, 443"
	}
	return []any{i.Name, class, first(hosts, "*"), strings.Join(at, ","), ports, age(i.CreationTimestamp, now)}
}
