package repertoire

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// Subject is what a run is about: what the user asked for, and the pod that the run has taken of it.
type Subject struct {
	// Spec is what was asked for.
	Spec target.Spec
	// Container is that of -c; empty means the one that kubectl would choose.
	Container string
	// Pod is the one that the run follows; nil until the first look.
	Pod *corev1.Pod
	// Diagnosis is what was found about all pods that were asked for; nil until they were examined.
	Diagnosis *diagnosis.Diagnosis
	// Service is the one by which the pod is or should be reached; nil until a step has looked for it.
	Service *corev1.Service

	// Reveal is set when the reader has agreed to see the values of variables.
	Reveal bool

	// shown is set once a step has shown the diagnosis, so that showing it again reads again.
	shown bool
}

// Refresh reads the subject's pod again, so that each step sees it as it is now. Before the first look it does nothing.
func (s *Subject) Refresh(ctx context.Context, reader target.PodReader) error {
	if s.Pod == nil {
		return nil
	}
	pods, err := reader.Pods(ctx, casefile.Query{Namespace: s.Pod.Namespace, Names: []string{s.Pod.Name}}).Get()
	if err != nil {
		return err
	}
	s.Pod = &pods[0]
	return nil
}

// Asked is what the user asked for, in their words: "deploy/bootcamp", "-l app=web"; empty for a whole namespace.
func (s *Subject) Asked() string {
	var words []string
	for _, name := range s.Spec.Names {
		words = append(words, name.String())
	}
	if s.Spec.Labels != "" {
		words = append(words, "-l "+s.Spec.Labels)
	}
	if s.Spec.Fields != "" {
		words = append(words, "--field-selector "+s.Spec.Fields)
	}
	return strings.Join(words, " ")
}

// fact is something that can be known about a subject's pod.
type fact struct {
	name  string
	holds func(pod *corev1.Pod, container string) bool
}

// facts are all of them, in the order in which they are told.
func facts() []fact {
	return []fact{
		{"scheduled", func(pod *corev1.Pod, _ string) bool { return pod.Spec.NodeName != "" }},
		{"started", func(pod *corev1.Pod, container string) bool { return started(pod, container) }},
		{"running", func(pod *corev1.Pod, container string) bool { return running(pod, container) }},
		{"ready", func(pod *corev1.Pod, _ string) bool { return ready(pod) }},
		{"port", func(pod *corev1.Pod, container string) bool { return port(pod, container) != "" }},
		{"several-containers", func(pod *corev1.Pod, _ string) bool { return len(pod.Spec.Containers) > 1 }},
	}
}

// aboutFacts names what can be known about a subject.
func aboutFacts() []string {
	names := make([]string, 0, len(facts()))
	for _, fact := range facts() {
		names = append(names, fact.name)
	}
	return names
}

// About returns what is known about the subject, for the workflow's conditions.
func (s *Subject) About() []string {
	if s.Pod == nil {
		return nil
	}
	var known []string
	for _, fact := range facts() {
		if fact.holds(s.Pod, s.container()) {
			known = append(known, fact.name)
		}
	}
	return known
}

// Args are what messages can say about the subject and how to call commands for it.
func (s *Subject) Args(kubectl Kubectl) message.Args {
	args := message.Args{
		"Pod": "", "Namespace": s.Spec.Namespace, "Node": "", "IP": "", "Container": "", "Containers": "", "Port": "",
		"ContainerFlag": shellword.Written(""),
		"Kubectl":       shellword.Sequence(kubectl.Name), "Flags": shellword.Fragment(kubectl.flags(s.Spec.Namespace)...),
	}
	if s.Pod == nil {
		return args
	}
	var names []string
	for i := range s.Pod.Spec.Containers {
		names = append(names, s.Pod.Spec.Containers[i].Name)
	}
	args["Pod"], args["Namespace"], args["Node"], args["IP"] = s.Pod.Name, s.Pod.Namespace, s.Pod.Spec.NodeName, s.Pod.Status.PodIP
	args["Container"], args["Containers"] = s.container(), strings.Join(names, ", ")
	if name := otherContainer(s); name != nil {
		args["ContainerFlag"] = shellword.Fragment("-c", *name)
	}
	args["Port"], args["Flags"] = s.port(), shellword.Fragment(kubectl.flags(s.Pod.Namespace)...)
	return args
}

// container is the container that the run looks into: that of -c, else the one that the root cause is about, else kubectl's
// choice; "" when the pod has none of that name.
func (s *Subject) container() string {
	choice, err := action.Choose(s.Pod, cmp.Or(s.Container, s.blamed()))
	if err != nil {
		return ""
	}
	return choice.Container
}

// port is the port on which the app is asked: that of the container of -c if it declares one, else the pod's; "" when
// there is none.
func (s *Subject) port() string { return port(s.Pod, s.container()) }

func port(pod *corev1.Pod, container string) string {
	for i := range pod.Spec.Containers {
		if pod.Spec.Containers[i].Name != container {
			continue
		}
		for _, declared := range pod.Spec.Containers[i].Ports {
			if declared.Protocol == corev1.ProtocolTCP || declared.Protocol == "" {
				return strconv.Itoa(int(declared.ContainerPort))
			}
		}
	}
	number, err := action.Port(pod, "")
	if err != nil {
		return ""
	}
	return number
}

func status(pod *corev1.Pod, container string) corev1.ContainerStatus {
	all := slices.Concat(pod.Status.ContainerStatuses, pod.Status.InitContainerStatuses, pod.Status.EphemeralContainerStatuses)
	at := slices.IndexFunc(all, func(s corev1.ContainerStatus) bool { return s.Name == container })
	if at < 0 {
		return corev1.ContainerStatus{}
	}
	return all[at]
}

func running(pod *corev1.Pod, container string) bool {
	return status(pod, container).State.Running != nil
}

// started reports whether the container has run at all, so that there can be a log.
func started(pod *corev1.Pod, container string) bool {
	s := status(pod, container)
	return s.State.Running != nil || s.State.Terminated != nil || s.LastTerminationState.Terminated != nil
}

func ready(pod *corev1.Pod) bool {
	return pod.DeletionTimestamp == nil && slices.ContainsFunc(pod.Status.Conditions, func(c corev1.PodCondition) bool {
		return c.Type == corev1.PodReady && c.Status == corev1.ConditionTrue
	})
}
