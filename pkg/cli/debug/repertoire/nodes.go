package repertoire

import (
	"bytes"
	"context"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/cli-runtime/pkg/printers"
	resourcehelper "k8s.io/component-helpers/resource"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/nodestate"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// nodes shows what the nodes are made of and have left, measured against what the pod asks for; wide tells their platforms, too.
func (t Tools) nodes(ctx context.Context, subject *Subject, wide bool) Result {
	line := t.Kubectl.command("", "get nodes")
	result := Result{
		Commands: []report.Command{
			{Command: line},
			{Note: t.Messages.Text("debug.note.nodes"), Command: t.Kubectl.command("", "podkit nodes")},
		},
		Args: message.Args{"Nodes": 0, "Asks": "", "Taints": ""},
	}
	nodes, err := t.Cluster.Nodes(ctx, casefile.Query{}).Get()
	if err != nil {
		result.Err = err
		return forbidden(result)
	}
	// Who may not read all pods still sees what the nodes are made of.
	pods := t.Cluster.Pods(ctx, casefile.Query{})
	states := nodestate.Of(nodes, pods.Value)
	known := pods.State == casefile.Known
	if !known {
		result.Facts = append(result.Facts, "pods-unread")
	}
	asks := resourcehelper.PodRequests(subject.Pod, resourcehelper.PodResourcesOptions{})
	result.Facts = append(result.Facts, roomFacts(states, asks, known)...)
	taints := taintsOf(nodes)
	if len(taints) > 0 {
		result.Facts = append(result.Facts, "tainted")
	}
	result.Args["Nodes"], result.Args["Asks"], result.Args["Taints"] = len(nodes), asksText(asks), strings.Join(taints, ", ")
	var text bytes.Buffer
	if err := report.PrintTable(&text, report.NodeTable(states, known, t.Now(), t.Messages), printers.PrintOptions{Wide: wide}, report.Terminal{}); err != nil {
		return Result{Err: err}
	}
	return t.firstLines(result, text.String(), tableLines, line)
}

// roomFacts says for CPU and memory whether the pod is too large for every node even when it is empty ("cpu-never"), or
// would fit into an empty one but into none as they are filled now ("cpu-full").
func roomFacts(states []nodestate.State, asks corev1.ResourceList, known bool) []string {
	var facts []string
	for _, name := range []corev1.ResourceName{corev1.ResourceCPU, corev1.ResourceMemory} {
		asked, ok := asks[name]
		if !ok || len(states) == 0 {
			continue
		}
		empty, now := false, false
		for i := range states {
			use := states[i].Of(name)
			empty = empty || asked.Cmp(use.Allocatable) <= 0
			left := use.Allocatable.DeepCopy()
			left.Sub(use.Requested)
			now = now || asked.Cmp(left) <= 0
		}
		switch {
		case !empty:
			facts = append(facts, string(name)+"-never")
		case !now && known:
			facts = append(facts, string(name)+"-full")
		}
	}
	return facts
}

// taintsOf lists what keeps pods off the nodes: "node1: dedicated=db:NoSchedule".
func taintsOf(nodes []corev1.Node) []string {
	var all []string
	for i := range nodes {
		for _, taint := range nodes[i].Spec.Taints {
			if taint.Effect != corev1.TaintEffectPreferNoSchedule {
				all = append(all, nodes[i].Name+": "+taint.ToString())
			}
		}
	}
	return all
}

// asksText is what a pod asks of a node: "cpu 500m, memory 1Gi"; empty when nothing.
func asksText(asks corev1.ResourceList) string {
	var parts []string
	for _, name := range []corev1.ResourceName{corev1.ResourceCPU, corev1.ResourceMemory, corev1.ResourceEphemeralStorage} {
		if quantity, ok := asks[name]; ok && !quantity.IsZero() {
			parts = append(parts, string(name)+" "+quantity.String())
		}
	}
	return strings.Join(parts, ", ")
}

// nodesFacts are what nodes can find.
func nodesFacts() []string {
	return []string{"tainted", "pods-unread", "cpu-never", "cpu-full", "memory-never", "memory-full"}
}
