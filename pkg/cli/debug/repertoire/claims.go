package repertoire

import (
	"context"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// claims shows the PersistentVolumeClaims that the pod's volumes name, and whether each is there and bound.
func (t Tools) claims(ctx context.Context, subject *Subject, _ map[string]string) Result {
	pod := subject.Pod
	line := t.Kubectl.command(pod.Namespace, "get persistentvolumeclaims")
	result := Result{
		Commands: listed(line),
		Args:     message.Args{"Missing": "", "Pending": "", "Class": ""},
	}
	names := claimsOf(pod)
	if len(names) == 0 {
		result.Facts = []string{"no-claims"}
		return result
	}
	rows := [][]string{{"CLAIM", "STATUS", "VOLUME", "CLASS", "ASKS"}}
	var missing, pending []string
	for _, name := range names {
		claim := corev1.PersistentVolumeClaim{}
		answer := t.one(ctx, metav1.TypeMeta{APIVersion: "v1", Kind: "PersistentVolumeClaim"}, pod.Namespace, name, &claim)
		switch answer.State {
		case casefile.Known:
		case casefile.Absent:
			missing = append(missing, name)
			rows = append(rows, []string{name, "<not found>", "", "", ""})
			continue
		default:
			result.Err = answer.Err
			return forbidden(result)
		}
		class := ""
		if claim.Spec.StorageClassName != nil {
			class = *claim.Spec.StorageClassName
		}
		size := claim.Spec.Resources.Requests[corev1.ResourceStorage]
		rows = append(rows, []string{name, string(claim.Status.Phase), claim.Spec.VolumeName, class, size.String()})
		if claim.Status.Phase != corev1.ClaimBound {
			pending = append(pending, name)
			result.Args["Class"] = class
		}
	}
	result.Args["Missing"], result.Args["Pending"] = strings.Join(missing, ", "), strings.Join(pending, ", ")
	result.Facts = claimFacts(len(missing), len(pending), result.Args["Class"] != "")
	return t.firstLines(result, columns(rows), tableLines, line)
}

func claimFacts(missing, pending int, class bool) []string {
	var facts []string
	if missing > 0 {
		facts = append(facts, "missing")
	}
	if pending > 0 {
		facts = append(facts, "pending")
		if !class {
			facts = append(facts, "no-class")
		}
	}
	if len(facts) == 0 {
		facts = []string{"bound"}
	}
	return facts
}

// claimsOf are the names of the claims that a pod uses. An ephemeral volume's claim is named after pod and volume
// (pkg/controller/volume/ephemeral, VolumeClaimName).
func claimsOf(pod *corev1.Pod) []string {
	var names []string
	for _, volume := range pod.Spec.Volumes {
		switch {
		case volume.PersistentVolumeClaim != nil:
			names = append(names, volume.PersistentVolumeClaim.ClaimName)
		case volume.Ephemeral != nil:
			names = append(names, pod.Name+"-"+volume.Name)
		}
	}
	return names
}

// one reads an object of a kind into its Go type.
func (t Tools) one(ctx context.Context, kind metav1.TypeMeta, namespace, name string, into any) casefile.Answer[struct{}] {
	answer := t.Cluster.Whole(ctx, kind, casefile.Query{Namespace: namespace, Names: []string{name}})
	if answer.State != casefile.Known || len(answer.Value) == 0 {
		return casefile.Unanswered[struct{}](answer.State, answer.Err)
	}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(answer.Value[0].Object, into); err != nil {
		return casefile.Unanswered[struct{}](casefile.Failed, err)
	}
	return casefile.Answered(struct{}{})
}

// claimsAction is what a workflow may know of it.
func claimsAction() workflow.Action {
	return workflow.Action{
		Facts: []string{"no-claims", "missing", "pending", "no-class", "bound", "forbidden"},
		Args:  []string{"Missing", "Pending", "Class"},
	}
}
