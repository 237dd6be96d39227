package repertoire

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

var (
	serviceKind = metav1.TypeMeta{APIVersion: "v1", Kind: "Service"}
	sliceKind   = metav1.TypeMeta{APIVersion: "discovery.k8s.io/v1", Kind: "EndpointSlice"}
)

// endpoints shows the Services that select the pod, where each of their ports leads, and whether the pod is among the
// endpoints that get traffic. When none selects it, the nearest miss is shown.
func (t Tools) endpoints(ctx context.Context, subject *Subject, _ map[string]string) Result {
	pod := subject.Pod
	line := t.Kubectl.command(pod.Namespace, "get services,endpointslices")
	result := Result{Commands: listed(line), Args: message.Args{
		"Service": "", "Selector": "", "Labels": labels.Set(pod.Labels).String(), "ServicePort": "", "TargetPort": "", "Endpoints": 0,
	}}
	answer := t.Cluster.Whole(ctx, serviceKind, casefile.Query{Namespace: pod.Namespace})
	if answer.State != casefile.Known {
		result.Err = answer.Err
		return forbidden(result)
	}
	services, err := typed[corev1.Service](answer)
	if err != nil {
		return Result{Err: err}
	}
	taken, selects := serviceOf(services, pod, subject.Spec.Names)
	if taken == nil {
		result.Facts = []string{"no-service"}
		return result
	}
	result.Args["Service"], result.Args["Selector"] = taken.Name, labels.Set(taken.Spec.Selector).String()
	result.Commands = append(result.Commands, report.Command{Command: t.Kubectl.command(pod.Namespace, "describe service %s", taken.Name)})
	rows := [][]string{{"SERVICE", "PORT", "TARGETPORT", "IN THIS POD", "SELECTOR"}}
	for _, port := range taken.Spec.Ports {
		resolved, ok := resolve(pod, port)
		if !ok {
			resolved = "<none of that name>"
		}
		rows = append(rows, []string{taken.Name, strconv.Itoa(int(port.Port)), targetOf(port), resolved, labels.Set(taken.Spec.Selector).String()})
	}
	text := columns(rows)
	subject.Service = taken
	if !selects {
		result.Facts = []string{"near-miss"}
		return t.firstLines(result, text+"\n"+columns([][]string{{"POD", "LABELS"}, {pod.Name, labels.Set(pod.Labels).String()}}), tableLines, line)
	}
	result.Facts = append([]string{"service"}, portFacts(taken, pod, &result.Args)...)
	if taken.Spec.ClusterIP == corev1.ClusterIPNone {
		result.Facts = append(result.Facts, "headless")
	}
	return t.withSlices(ctx, subject, taken, text, result)
}

// withSlices adds the endpoints of a Service to a result.
func (t Tools) withSlices(ctx context.Context, subject *Subject, service *corev1.Service, text string, result Result) Result {
	pod, whole := subject.Pod, result.Commands[0].Command
	answer := t.Cluster.Whole(ctx, sliceKind, casefile.Query{Namespace: pod.Namespace, Labels: discoveryv1.LabelServiceName + "=" + service.Name})
	if answer.State != casefile.Known {
		result.Facts = append(result.Facts, "slices-unread")
		result.Err = answer.Err
		return forbidden(t.firstLines(result, text, tableLines, whole))
	}
	found, err := typed[discoveryv1.EndpointSlice](answer)
	if err != nil {
		return Result{Err: err}
	}
	rows, ready, mine := endpointRows(found, service, pod)
	result.Args["Endpoints"] = ready
	if ready == 0 {
		result.Facts = append(result.Facts, "no-endpoint")
	} else {
		result.Facts = append(result.Facts, "endpoint")
	}
	if mine != "" {
		result.Facts = append(result.Facts, mine)
	}
	return t.firstLines(result, text+"\n"+columns(rows), tableLines, whole)
}

// endpointRows lists the endpoints of a Service, counts those that get traffic, and says how the pod is among them:
// "in-service", "not-ready", or "" when it is not there.
func endpointRows(all []discoveryv1.EndpointSlice, service *corev1.Service, pod *corev1.Pod) (rows [][]string, ready int, mine string) {
	rows = [][]string{{"ENDPOINT", "PORTS", "POD", "GETS TRAFFIC"}}
	for i := range all {
		if all[i].Labels[discoveryv1.LabelServiceName] != service.Name {
			continue
		}
		ports := portNumbers(&all[i])
		for _, endpoint := range all[i].Endpoints {
			serves := endpoint.Conditions.Ready == nil || *endpoint.Conditions.Ready
			name := ""
			if endpoint.TargetRef != nil {
				name = endpoint.TargetRef.Name
			}
			if serves {
				ready++
			}
			if name == pod.Name {
				mine = map[bool]string{true: "in-service", false: "not-ready"}[serves]
			}
			rows = append(rows, []string{strings.Join(endpoint.Addresses, ","), ports, name, map[bool]string{true: "yes", false: "no: not ready"}[serves]})
		}
	}
	slices.SortStableFunc(rows[1:], func(a, b []string) int { return cmp.Compare(a[2]+a[0], b[2]+b[0]) })
	if len(rows) == 1 {
		rows = append(rows, []string{"<none>", "", "", ""})
	}
	return rows, ready, mine
}

// portNumbers are the ports of a slice, as a table shows them.
func portNumbers(slice *discoveryv1.EndpointSlice) string {
	var numbers []string
	for _, port := range slice.Ports {
		if port.Port != nil {
			numbers = append(numbers, strconv.Itoa(int(*port.Port)))
		}
	}
	return strings.Join(numbers, ",")
}

// serviceOf takes the Service that the run is about: the one that the user named, else the first that selects the pod, else
// the one whose selector misses the pod by the least, if that looks like a slip.
func serviceOf(services []corev1.Service, pod *corev1.Pod, named []target.Name) (taken *corev1.Service, selects bool) {
	slices.SortFunc(services, func(a, b corev1.Service) int { return cmp.Compare(a.Name, b.Name) })
	var nearest *corev1.Service
	best := near - 1
	for i := range services {
		service := &services[i]
		if len(service.Spec.Selector) == 0 {
			continue
		}
		matches := labels.SelectorFromSet(service.Spec.Selector).Matches(labels.Set(pod.Labels))
		if isNamed(named, service.Name) {
			return service, matches
		}
		if matches && taken == nil {
			taken = service
		}
		if score := likeness(service.Spec.Selector, pod.Labels); !matches && score > best {
			nearest, best = service, score
		}
	}
	if taken != nil {
		return taken, true
	}
	return nearest, false
}

// resolve says which of a pod's ports a Service's port leads to. A name must be that of a container port; a number is taken
// as it is, whether a container declares it or not.
func resolve(pod *corev1.Pod, port corev1.ServicePort) (string, bool) {
	if port.TargetPort.Type == intstr.Int {
		return strconv.Itoa(int(cmp.Or(port.TargetPort.IntVal, port.Port))), true
	}
	for i := range pod.Spec.Containers {
		for _, declared := range pod.Spec.Containers[i].Ports {
			if declared.Name == port.TargetPort.StrVal {
				return strconv.Itoa(int(declared.ContainerPort)), true
			}
		}
	}
	return "", false
}

func targetOf(port corev1.ServicePort) string {
	if port.TargetPort.Type == intstr.Int && port.TargetPort.IntVal == 0 {
		return strconv.Itoa(int(port.Port))
	}
	return port.TargetPort.String()
}

// portFacts says where the first port of a Service leads: to a name that no container has ("port-unnamed"), to a number that
// none declares ("port-undeclared"), or to one that is declared.
func portFacts(service *corev1.Service, pod *corev1.Pod, args *message.Args) []string {
	if len(service.Spec.Ports) == 0 {
		return nil
	}
	port := service.Spec.Ports[0]
	(*args)["ServicePort"], (*args)["TargetPort"] = strconv.Itoa(int(port.Port)), targetOf(port)
	number, ok := resolve(pod, port)
	if !ok {
		return []string{"port-unnamed"}
	}
	declares := false
	for i := range pod.Spec.Containers {
		for _, declared := range pod.Spec.Containers[i].Ports {
			declares = declares || strconv.Itoa(int(declared.ContainerPort)) == number
		}
	}
	return []string{map[bool]string{true: "port-declared", false: "port-undeclared"}[declares]}
}

// typed turns the objects of an answer into their Go type.
func typed[T any](answer casefile.Answer[[]unstructured.Unstructured]) ([]T, error) {
	all := make([]T, len(answer.Value))
	for i := range answer.Value {
		if err := runtime.DefaultUnstructuredConverter.FromUnstructured(answer.Value[i].Object, &all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func isNamed(named []target.Name, service string) bool {
	return slices.ContainsFunc(named, func(name target.Name) bool {
		return name.Name == service && isService(name)
	})
}

// endpointsAction is what a workflow may know of it.
func endpointsAction() workflow.Action {
	return workflow.Action{
		Facts: []string{
			"no-service", "near-miss", "service", "headless", "port-unnamed", "port-undeclared", "port-declared",
			"endpoint", "no-endpoint", "in-service", "not-ready", "slices-unread", "forbidden",
		},
		Args: []string{"Service", "Selector", "Labels", "ServicePort", "TargetPort", "Endpoints"},
	}
}
