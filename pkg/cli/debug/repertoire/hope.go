package repertoire

import (
	"cmp"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// hopeful reports whether waiting may help: a pod is on its way, or none is there yet though its owner was named. A
// whole namespace without pods is just empty, and a pod with a problem will hardly lose it within seconds.
func (t Tools) hopeful(subject *Subject, pods []corev1.Pod) bool {
	if len(pods) == 0 {
		return subject.Asked() != ""
	}
	return slices.ContainsFunc(pods, func(pod corev1.Pod) bool {
		return pod.DeletionTimestamp == nil && podstate.Why(&pod, t.Now()).Severity == podstate.Waiting
	})
}

// awaited says what is waited for: the first pod that is on its way, and how far it is.
func (t Tools) awaited(pods []corev1.Pod) string {
	for i := range pods {
		columns := podstate.ColumnsOf(&pods[i], t.Now())
		if podstate.Why(&pods[i], t.Now()).Severity == podstate.Waiting {
			return report.Escape(t.Messages.Text("debug.waiting", message.Args{
				"Pod": pods[i].Name, "Status": columns.Status, "Ready": columns.Ready, "Seconds": cmp.Or(int(t.Patience.For.Seconds()), 1),
			}))
		}
	}
	return t.Messages.Text("debug.waiting-first", message.Args{"Seconds": cmp.Or(int(t.Patience.For.Seconds()), 1)})
}
