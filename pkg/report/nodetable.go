package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/nodestate"
)

var nodeColumns = []metav1.TableColumnDefinition{
	{Name: "Name", Type: "string", Format: "name"},
	{Name: "Status", Type: "string"},
	{Name: "Pods", Type: "string"},
	{Name: "CPU", Type: "string"},
	{Name: "Memory", Type: "string"},
	{Name: "Kubelet", Type: "string"},
	{Name: "Runtime", Type: "string"},
	{Name: "Age", Type: "string"},
	{Name: "Internal-IP", Type: "string", Priority: 1},
	{Name: "OS", Type: "string", Priority: 1},
	{Name: "Kernel", Type: "string", Priority: 1},
	{Name: "Arch", Type: "string", Priority: 1},
	{Name: "Why", Type: "string"},
}

// NodeTable shows nodes, those that are not well first: PODS, CPU and MEMORY are what pods have requested of what there
// is for them. podsKnown tells whether the pods could be read; without them these columns show what there is.
func NodeTable(states []nodestate.State, podsKnown bool, now time.Time, messages *message.Catalog) *metav1.Table {
	slices.SortStableFunc(states, func(a, b nodestate.State) int {
		return cmp.Or(cmp.Compare(len(b.Why(now)), len(a.Why(now))), cmp.Compare(a.Node.Name, b.Node.Name))
	})
	table := &metav1.Table{ColumnDefinitions: slices.Clone(nodeColumns)}
	for i := range states {
		table.Rows = append(table.Rows, nodeRow(&states[i], podsKnown, now, messages))
	}
	return table
}

func nodeRow(state *nodestate.State, podsKnown bool, now time.Time, messages *message.Catalog) metav1.TableRow {
	info := state.Node.Status.NodeInfo
	var why []string
	for _, reason := range state.Why(now) {
		why = append(why, messages.Text(reason.ID, reason.Args))
	}
	pods := state.Of(corev1.ResourcePods)
	cells := []any{
		state.Node.Name, state.Status(), "?/" + pods.Allocatable.String(),
		"?/" + cores(state.Of(corev1.ResourceCPU).Allocatable), "?/" + mebibytes(state.Of(corev1.ResourceMemory).Allocatable),
		info.KubeletVersion, info.ContainerRuntimeVersion, duration.HumanDuration(now.Sub(state.Node.CreationTimestamp.Time)),
		address(state.Node), info.OSImage, info.KernelVersion, info.Architecture, strings.Join(why, "; "),
	}
	if podsKnown {
		cells[2] = fmt.Sprintf("%d/%s", len(state.Pods), pods.Allocatable.String())
		cells[3] = share(state.Of(corev1.ResourceCPU), cores)
		cells[4] = share(state.Of(corev1.ResourceMemory), mebibytes)
	}
	return metav1.TableRow{Cells: cells, Object: runtime.RawExtension{Object: state.Node}}
}

// share reads "250m/2 (12%)".
func share(use nodestate.Use, format func(resource.Quantity) string) string {
	return fmt.Sprintf("%s/%s (%d%%)", format(use.Requested), format(use.Allocatable), use.Percent())
}

func cores(quantity resource.Quantity) string { return quantity.String() }

// mebibytes shows memory in the unit that pods are sized in.
func mebibytes(quantity resource.Quantity) string {
	return fmt.Sprintf("%dMi", quantity.Value()/(1<<20))
}

func address(node *corev1.Node) string {
	for _, address := range node.Status.Addresses {
		if address.Type == corev1.NodeInternalIP {
			return address.Address
		}
	}
	return "<none>"
}
