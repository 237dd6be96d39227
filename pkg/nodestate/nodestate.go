// Package nodestate reads what a Node is made of and what it has left: its status as kubectl shows it, what its pods
// have requested of it, and in a few words why it is not well.
//
// Everything here is a pure function of objects and a time. Start reading at Of.
package nodestate

import (
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/duration"
	resourcehelper "k8s.io/component-helpers/resource"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// State is a node and what its pods ask of it.
type State struct {
	Node *corev1.Node
	// Pods are those that count against the node: all that are bound to it and have not ended.
	Pods []*corev1.Pod
	// Requested is the sum of their requests.
	Requested corev1.ResourceList
}

// Of adds up, for each node, the pods that run on it. Ended pods hold nothing (kubectl pkg/describe, describeNode).
func Of(nodes []corev1.Node, pods []corev1.Pod) []State {
	byNode := map[string][]*corev1.Pod{}
	for i := range pods {
		pod := &pods[i]
		if pod.Spec.NodeName != "" && pod.Status.Phase != corev1.PodSucceeded && pod.Status.Phase != corev1.PodFailed {
			byNode[pod.Spec.NodeName] = append(byNode[pod.Spec.NodeName], pod)
		}
	}
	states := make([]State, 0, len(nodes))
	for i := range nodes {
		state := State{Node: &nodes[i], Pods: byNode[nodes[i].Name], Requested: corev1.ResourceList{}}
		for _, pod := range state.Pods {
			add(state.Requested, resourcehelper.PodRequests(pod, resourcehelper.PodResourcesOptions{}))
		}
		states = append(states, state)
	}
	return states
}

func add(sum, more corev1.ResourceList) {
	for name, quantity := range more {
		total := sum[name]
		total.Add(quantity)
		sum[name] = total
	}
}

// Use is how much of a resource is asked for and how much there is for pods.
type Use struct {
	Requested, Allocatable resource.Quantity
}

// Of returns the use of one resource of the node.
func (s *State) Of(name corev1.ResourceName) Use {
	return Use{Requested: s.Requested[name], Allocatable: s.Node.Status.Allocatable[name]}
}

// Percent is the requested part of the allocatable, in percent; 0 when there is none.
func (u Use) Percent() int {
	if u.Allocatable.IsZero() {
		return 0
	}
	return int(u.Requested.AsApproximateFloat64() / u.Allocatable.AsApproximateFloat64() * 100)
}

// Status is kubectl's STATUS of a node: "Ready", "NotReady,SchedulingDisabled" (Kubernetes v1.36,
// pkg/printers/internalversion/printers.go, printNode).
func (s *State) Status() string {
	words := []string{"Unknown"}
	if ready := s.condition(corev1.NodeReady); ready != nil {
		words[0] = "NotReady"
		if ready.Status == corev1.ConditionTrue {
			words[0] = "Ready"
		}
	}
	if s.Node.Spec.Unschedulable {
		words = append(words, "SchedulingDisabled")
	}
	return strings.Join(words, ",")
}

func (s *State) condition(kind corev1.NodeConditionType) *corev1.NodeCondition {
	for i := range s.Node.Status.Conditions {
		if s.Node.Status.Conditions[i].Type == kind {
			return &s.Node.Status.Conditions[i]
		}
	}
	return nil
}

// Reason is one thing that is wrong with a node: a message of the catalogue and its arguments.
type Reason struct {
	ID   string
	Args message.Args
}

// Why lists what is wrong with the node, the gravest first.
func (s *State) Why(now time.Time) []Reason {
	var reasons []Reason
	if ready := s.condition(corev1.NodeReady); ready == nil {
		reasons = append(reasons, Reason{ID: "node.no-ready"})
	} else if ready.Status != corev1.ConditionTrue {
		reasons = append(reasons, notReady(ready, now))
	}
	for i := range s.Node.Status.Conditions {
		condition := &s.Node.Status.Conditions[i]
		if condition.Type != corev1.NodeReady && condition.Status == corev1.ConditionTrue {
			since := duration.HumanDuration(now.Sub(condition.LastTransitionTime.Time))
			reasons = append(reasons, Reason{"node.pressure", message.Args{"Condition": string(condition.Type), "Since": since}})
		}
	}
	if s.Node.Spec.Unschedulable {
		reasons = append(reasons, Reason{ID: "node.cordoned"})
	}
	return reasons
}

// notReady tells a node whose kubelet reports trouble (False) from one whose kubelet has stopped reporting (Unknown).
func notReady(ready *corev1.NodeCondition, now time.Time) Reason {
	args := message.Args{
		"Since":     duration.HumanDuration(now.Sub(ready.LastTransitionTime.Time)),
		"Heartbeat": duration.HumanDuration(now.Sub(ready.LastHeartbeatTime.Time)),
		"Message":   ready.Message,
	}
	if ready.Status == corev1.ConditionUnknown {
		return Reason{"node.lost", args}
	}
	return Reason{"node.not-ready", args}
}
