package repertoire

import (
	"context"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// describe gives the digest of the pod's description: what a newcomer should see first of it.
func (t Tools) describe(ctx context.Context, subject *Subject, _ map[string]string) Result {
	pod := subject.Pod
	file := casefile.Open(ctx, t.Cluster, []corev1.Pod{*pod}, t.Now())
	whole := t.Kubectl.command(pod.Namespace, "describe pod %s", named(pod))
	result := Result{
		Commands: []report.Command{
			{Command: export(pod)},
			{Command: whole},
			{Note: t.Messages.Text("debug.note.describe"), Command: t.Kubectl.command(pod.Namespace, "podkit describe %s", named(pod))},
		},
		Output:  report.Digest(file, pod, t.Messages),
		LeftOut: t.marked("debug.digest", message.Args{"Command": whole}),
		Facts:   []string{"bare"},
		Args:    message.Args{"Owner": "", "OwnerKind": ""},
	}
	if chain := file.Owners(pod); len(chain) > 0 {
		top := chain[len(chain)-1]
		result.Facts = []string{"owned"}
		if top.Kind == "Deployment" {
			result.Facts = append(result.Facts, "deployment")
		}
		result.Args["Owner"], result.Args["OwnerKind"] = top.Name, top.Kind
	}
	switch events := file.Events(pod.UID); {
	case len(events) > 0:
		result.Facts = append(result.Facts, "events")
	case len(file.UnreadEvents()) == 0:
		result.Facts = append(result.Facts, "no-events")
	}
	if slices.ContainsFunc(file.Events(pod.UID), func(event corev1.Event) bool { return event.Type == corev1.EventTypeWarning }) {
		result.Facts = append(result.Facts, "warnings")
	}
	return result
}
