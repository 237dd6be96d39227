package report_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// now is the moment at which the tests look.
var now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

func ago(d time.Duration) metav1.Time { return metav1.NewTime(now.Add(-d)) }

// pods reads the pods of testdata/pods.yaml.
func pods(t *testing.T) []corev1.Pod {
	t.Helper()
	data, err := os.ReadFile("testdata/pods.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var list corev1.PodList
	if err := yaml.UnmarshalStrict(data, &list); err != nil {
		t.Fatal(err)
	}
	return list.Items
}

func catalog(t *testing.T, language message.Language) *message.Catalog {
	t.Helper()
	messages, err := message.NewCatalog(language)
	if err != nil {
		t.Fatal(err)
	}
	return messages
}

// surroundings is what the tests' cluster knows beside the pods: nodes, the owners of one pod, and events.
type surroundings struct{ refused error }

func (s surroundings) Events(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Event] {
	if s.refused != nil {
		return casefile.Unanswered[[]corev1.Event](casefile.Denied, s.refused)
	}
	if query.Namespace != "shop" && query.Namespace != "" {
		return casefile.Answered([]corev1.Event(nil))
	}
	event := func(kind, name, uid, reason, text string, last time.Duration) corev1.Event {
		return corev1.Event{
			InvolvedObject: corev1.ObjectReference{Kind: kind, Name: name, UID: types.UID(uid)},
			Type:           corev1.EventTypeNormal, Reason: reason, Message: text, Source: corev1.EventSource{Component: "kubelet"},
			FirstTimestamp: ago(last), LastTimestamp: ago(last),
		}
	}
	backOff := event("Pod", "pay-5d-bbbbb", "uid-pay", "BackOff", "Back-off restarting\nfailed\tcontainer \x1b[2J", 20*time.Second)
	backOff.Type, backOff.Count, backOff.FirstTimestamp = corev1.EventTypeWarning, 12, ago(9*time.Minute)
	return casefile.Answered([]corev1.Event{
		backOff,
		event("Pod\x1b]0;x\a", "pay-5d\x1b[2J", "uid-pay", "Pulled", "image is there", 9*time.Minute),
		event("Node", "node2", "node2", "NodeNotReady", "Node node2 status is now: NodeNotReady", time.Minute),
		event("ReplicaSet", "web-7c9f", "uid-rs", "SuccessfulCreate", "Created pod: web-7c9f-aaaaa", time.Hour),
	})
}

func (s surroundings) Nodes(context.Context, casefile.Query) casefile.Answer[[]corev1.Node] {
	if s.refused != nil {
		return casefile.Unanswered[[]corev1.Node](casefile.Denied, s.refused)
	}
	node := func(name string, status corev1.ConditionStatus) corev1.Node {
		return corev1.Node{
			ObjectMeta: metav1.ObjectMeta{Name: name},
			Status: corev1.NodeStatus{Conditions: []corev1.NodeCondition{{
				Type: corev1.NodeReady, Status: status, Reason: "NodeStatusUnknown", Message: "Kubelet stopped posting node status.", LastTransitionTime: ago(time.Minute),
			}}},
		}
	}
	return casefile.Answered([]corev1.Node{node("node1", corev1.ConditionTrue), node("node2", corev1.ConditionUnknown)})
}

func (s surroundings) Metadata(_ context.Context, kind metav1.TypeMeta, _ casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	if s.refused != nil {
		return casefile.Unanswered[[]metav1.PartialObjectMetadata](casefile.Denied, s.refused)
	}
	yes := true
	up := []metav1.OwnerReference{{APIVersion: "apps/v1", Kind: "Deployment", Name: "web", UID: "uid-web-deploy", Controller: &yes}}
	if kind.Kind == "Deployment" {
		return casefile.Answered([]metav1.PartialObjectMetadata{{ObjectMeta: metav1.ObjectMeta{Name: "web", UID: "uid-web-deploy"}}})
	}
	return casefile.Answered([]metav1.PartialObjectMetadata{{ObjectMeta: metav1.ObjectMeta{Name: "web-7c9f", UID: "uid-rs", OwnerReferences: up}}})
}

// page writes the summary and the timeline of every pod, as describe does.
func page(t *testing.T, reader casefile.Reader, language message.Language, terminal report.Terminal) string {
	t.Helper()
	file := casefile.Open(t.Context(), reader, pods(t), now)
	var out bytes.Buffer
	for i := range file.Pods {
		page := report.NewPage(&out, catalog(t, language), terminal)
		page.Summary(file, &file.Pods[i])
		page.Timeline(file, &file.Pods[i])
		page.Line("")
		if err := page.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

var errRefused = errors.New("not allowed to look")
