package casefile_test

import (
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// TestOwnersThatAreNone: a Pod's author writes its owner references. One of the kind Event is read as metadata like any other, and
// one without a name or a kind is none, for which nobody is asked.
func TestOwnersThatAreNone(t *testing.T) {
	yes := true
	for _, reference := range []metav1.OwnerReference{
		{APIVersion: "v1", Kind: "Event", Name: "web", UID: "x"}, {APIVersion: "v1", Kind: "Pod", UID: "x"}, {APIVersion: "v1", Name: "web", UID: "x"}, {UID: "x"},
	} {
		reference.Controller = &yes
		pods := []corev1.Pod{pod("shop", "web-0", "", []metav1.OwnerReference{reference}), pod("shop", "web-1", "", []metav1.OwnerReference{reference})}
		r := &reader{}
		file := casefile.Open(t.Context(), r, pods, now)
		chain := file.Owners(&file.Pods[0])
		if reference.Kind == "Event" {
			if len(chain) != 1 || chain[0].Metadata.State != casefile.Absent {
				t.Errorf("an Event as owner is %+v", chain)
			}
			continue
		}
		if len(chain) != 0 || len(r.questions()) != 2 {
			t.Errorf("%v is an owner: %+v, asked %v", reference, chain, r.questions())
		}
	}
}

// TestNothingIsWithoutAName: a question without a name is for all objects of a kind, whose answer is not taken for one of them.
func TestNothingIsWithoutAName(t *testing.T) {
	everything := casefile.Question{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "ReplicaSet"}, Part: casefile.Metadata, Namespace: "shop"}
	file := casefile.New(nil, now).Gather(t.Context(), &shelf{reader: &reader{}}, []casefile.Question{everything})
	if answer := file.MetadataOf(everything); answer.State != casefile.Absent {
		t.Errorf("the metadata of nothing is %v", answer.State)
	}
	if answer := casefile.Object[corev1.ConfigMap](file, everything); answer.State != casefile.Absent {
		t.Errorf("an object without a name is %v", answer.State)
	}
}
