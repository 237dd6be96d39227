package repertoire

import (
	"bytes"
	"strings"
	"text/tabwriter"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// Root is the root cause that the diagnosis found for the pod, or nil.
func (s *Subject) Root() *diagnosis.Finding {
	if target := s.Target(); target != nil {
		return target.Root()
	}
	return nil
}

// blamed is the container that the root cause is about; empty when it is about the whole pod, or there is none.
func (s *Subject) blamed() string {
	if root := s.Root(); root != nil {
		return root.Container
	}
	return ""
}

// inPod is the container that the run looks into, with its state; false when the pod has none of that name.
func (s *Subject) inPod() (podstate.Container, bool) {
	name := s.container()
	for _, container := range podstate.Containers(s.Pod) {
		if container.Name() == name {
			return container, true
		}
	}
	return podstate.Container{}, false
}

// columns aligns rows of cells as kubectl does.
func columns(rows [][]string) string {
	var text bytes.Buffer
	table := tabwriter.NewWriter(&text, 0, 8, 3, ' ', 0)
	for _, row := range rows {
		for i, cell := range row {
			row[i] = strings.Join(strings.Fields(cell), " ")
			if row[i] == "" {
				row[i] = "-"
			}
		}
		// A bytes.Buffer never fails to be written to.
		_, _ = table.Write([]byte(strings.Join(row, "\t") + "\n"))
	}
	_ = table.Flush()
	return text.String()
}

// conditionOf returns a condition of a pod, or nil.
func conditionOf(pod *corev1.Pod, kind corev1.PodConditionType) *corev1.PodCondition {
	for i := range pod.Status.Conditions {
		if pod.Status.Conditions[i].Type == kind {
			return &pod.Status.Conditions[i]
		}
	}
	return nil
}
