package report

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"

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

// PodTable shows pods as kubectl does, and why they are not well. The order is that of the pods. Cells hold text of the
// cluster as it is: the printer neutralises it.
func PodTable(pods []corev1.Pod, now time.Time, messages *message.Catalog) *metav1.Table {
	table := &metav1.Table{ColumnDefinitions: slices.Clone(podColumns)}
	for i := range pods {
		table.Rows = append(table.Rows, podRow(&pods[i], now, messages))
	}
	return table
}

func podRow(pod *corev1.Pod, now time.Time, messages *message.Catalog) metav1.TableRow {
	columns := podstate.ColumnsOf(pod, now)
	return metav1.TableRow{
		Cells: []any{
			pod.Name, columns.Ready, columns.Status, columns.Restarts, columns.Age,
			none(pod.Status.PodIP), none(pod.Spec.NodeName), ownerOf(pod), none(pod.Status.NominatedNodeName), gatesOf(pod),
			WhyText(podstate.Why(pod, now), messages),
		},
		// The printer reads namespace and labels from the object, for NAMESPACE and --show-labels.
		Object: runtime.RawExtension{Object: pod},
	}
}

// WhyText is a reason in words; a pod that is well has none.
func WhyText(reason podstate.Reason, messages *message.Catalog) string {
	if reason.ID == "" {
		return ""
	}
	return messages.Text(reason.ID, reason.Args)
}

// SortPods puts the pods that need attention first; among equals the order is that of namespace and name.
func SortPods(pods []corev1.Pod, now time.Time) {
	severity := make(map[string]podstate.Severity, len(pods))
	key := func(pod *corev1.Pod) string { return pod.Namespace + "/" + pod.Name }
	for i := range pods {
		severity[key(&pods[i])] = podstate.Why(&pods[i], now).Severity
	}
	slices.SortStableFunc(pods, func(a, b corev1.Pod) int {
		return cmp.Or(
			cmp.Compare(severity[key(&b)], severity[key(&a)]),
			cmp.Compare(a.Namespace, b.Namespace),
			cmp.Compare(a.Name, b.Name),
		)
	})
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
