package capture

import (
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// TestRefusal: who was refused a later page of a list has the right to it, or had; what counts is how much was read.
func TestRefusal(t *testing.T) {
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	half := &metav1.StatusDetails{Causes: []metav1.StatusCause{{Type: recording.HalfRead}}}
	for want, status := range map[string]metav1.Status{
		"pods in namespace shop: the right to list pods lacks":               {Code: 403, Message: "forbidden"},
		"pods in namespace shop: 500 of 1234 were read, then: forbidden":     {Code: 403, Message: "500 of 1234 were read, then: forbidden", Details: half},
		"pods in namespace shop: the server has no such resource, or so it ": {Code: 404, Message: "the server has no such resource, or so it "},
	} {
		refused := &recording.Refusal{Request: recording.Request{Verb: "list", Version: "v1", Resource: "pods", Namespace: "shop"}, Status: status}
		if got := (&Options{Messages: messages}).refusal(refused); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
