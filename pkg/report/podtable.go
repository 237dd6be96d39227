package report

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// podColumns are kubectl's columns of a pod and podkit's own. Those of priority 1 are shown by -o wide.
var podColumns = []metav1.TableColumnDefinition{
	{Name: "Name", Type: "string", Format: "name"},
	{Name: "Ready", Type: "string"},
	{Name: "Status", Type: "string"},
	{Name: "Restarts", Type: "string"},
	{Name: "Age", Type: "string"},
	{Name: "IP", Type: "string", Priority: 1},
	{Name: "Node", Type: "string", Priority: 1},
	{Name: "Owner", Type: "string", Priority: 1},
	{Name: "Nominated Node", Type: "string", Priority: 1},
	{Name: "Readiness Gates", Type: "string", Priority: 1},
	{Name: "Why", Type: "string"},
}

// PodTable shows pods as kubectl does, and why they are not well. The order is that of the targets. Cells hold text of the
// cluster as it is: the printer neutralises it.
func PodTable(targets []diagnosis.Target, now time.Time, messages *message.Catalog) *metav1.Table {
	table := &metav1.Table{ColumnDefinitions: slices.Clone(podColumns)}
	for i := range targets {
		table.Rows = append(table.Rows, podRow(&targets[i], now, messages))
	}
	return table
}

func podRow(target *diagnosis.Target, now time.Time, messages *message.Catalog) metav1.TableRow {
	pod := target.Pod
	columns := podstate.ColumnsOf(pod, now)
	return metav1.TableRow{
		Cells: []any{
			pod.Name, columns.Ready, columns.Status, columns.Restarts, columns.Age,
			none(pod.Status.PodIP), none(pod.Spec.NodeName), ownerOf(pod), none(pod.Status.NominatedNodeName), gatesOf(pod),
			WhyText(target, messages),
		},
		// The printer reads namespace and labels from the object, for NAMESPACE and --show-labels.
		Object: runtime.RawExtension{Object: pod},
	}
}

// WhyText says in a line why a pod is not well: the root cause, its id first, since a narrow terminal cuts the rest; else
// its state in podkit's words. A pod that is well has none.
func WhyText(target *diagnosis.Target, messages *message.Catalog) string {
	if root := target.Root(); root != nil && root.ID != diagnosis.Unexplained {
		return messages.Text("why.root-cause", message.Args{"ID": root.ID, "Summary": messages.Text(root.Summary(), root.Args)})
	}
	if target.State.ID == "" {
		return ""
	}
	return messages.Text(target.State.ID, target.State.Args)
}

// none is how kubectl shows that there is nothing.
func none(text string) string { return cmp.Or(text, "<none>") }

// ownerOf names the controller of a pod as kubectl writes it: ReplicaSet/web-7c9f.
func ownerOf(pod *corev1.Pod) string {
	owner := metav1.GetControllerOf(pod)
	if owner == nil {
		return "<none>"
	}
	return owner.Kind + "/" + owner.Name
}

// gatesOf counts the readiness gates that are met: "1/2".
func gatesOf(pod *corev1.Pod) string {
	if len(pod.Spec.ReadinessGates) == 0 {
		return "<none>"
	}
	met := 0
	for _, gate := range pod.Spec.ReadinessGates {
		if slices.ContainsFunc(pod.Status.Conditions, func(c corev1.PodCondition) bool {
			return c.Type == gate.ConditionType && c.Status == corev1.ConditionTrue
		}) {
			met++
		}
	}
	return fmt.Sprintf("%d/%d", met, len(pod.Spec.ReadinessGates))
}
