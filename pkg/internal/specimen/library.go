package specimen

import (
	"context"
	"errors"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// Now is when the specimens were read.
var Now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

func ago(d time.Duration) metav1.Time { return metav1.NewTime(Now.Add(-d)) }

// library is what surrounds the pods. It stands in for the API server.
type library struct {
	events []corev1.Event
	nodes  []corev1.Node
	owners map[string]metav1.PartialObjectMetadata
	logs   []string
}

var _ casefile.Library = (*library)(nil)

func (l *library) Events(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Event] {
	return casefile.Answered(slices.DeleteFunc(slices.Clone(l.events), func(e corev1.Event) bool {
		return query.Namespace != "" && e.Namespace != query.Namespace
	}))
}

func (l *library) Nodes(context.Context, casefile.Query) casefile.Answer[[]corev1.Node] {
	return casefile.Answered(l.nodes)
}

func (l *library) Metadata(_ context.Context, kind metav1.TypeMeta, _ casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	if kind.Kind == "Secret" {
		return casefile.Unanswered[[]metav1.PartialObjectMetadata](casefile.Denied, errors.New("secrets is forbidden"))
	}
	found, ok := l.owners[kind.Kind]
	if !ok {
		return casefile.Answered([]metav1.PartialObjectMetadata(nil))
	}
	return casefile.Answered([]metav1.PartialObjectMetadata{found})
}

func (l *library) Whole(context.Context, metav1.TypeMeta, casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	return casefile.Answered([]unstructured.Unstructured(nil))
}

func (l *library) Log(context.Context, casefile.Question) casefile.Answer[casefile.Log] {
	log := casefile.Log{Cut: true}
	for i, text := range l.logs {
		log.Lines = append(log.Lines, casefile.LogLine{At: Now.Add(-110*time.Second + time.Duration(i)*time.Second/10), Text: text})
	}
	return casefile.Answered(log)
}

func object(name, uid string, age time.Duration, owners ...metav1.OwnerReference) metav1.PartialObjectMetadata {
	return metav1.PartialObjectMetadata{ObjectMeta: metav1.ObjectMeta{
		Namespace: "shop", Name: name, UID: types.UID(uid), CreationTimestamp: ago(age), OwnerReferences: owners,
		Annotations: map[string]string{"deployment.kubernetes.io/revision": "7"},
	}}
}

func owner(kind, name, uid string) metav1.OwnerReference {
	yes := true
	return metav1.OwnerReference{APIVersion: "apps/v1", Kind: kind, Name: name, UID: types.UID(uid), Controller: &yes}
}

func event(kind, name, uid, reason, text string, times int32, first, last time.Duration) corev1.Event {
	made := corev1.Event{
		ObjectMeta:     metav1.ObjectMeta{Namespace: "shop", Name: name + "." + reason},
		InvolvedObject: corev1.ObjectReference{APIVersion: "v1", Kind: kind, Namespace: "shop", Name: name, UID: types.UID(uid)},
		Type:           corev1.EventTypeNormal, Reason: reason, Message: text, Source: corev1.EventSource{Component: "kubelet"},
		Count: times, FirstTimestamp: ago(first), LastTimestamp: ago(last),
	}
	if slices.Contains([]string{"BackOff", "Unhealthy", "Failed", "NodeNotReady"}, reason) {
		made.Type = corev1.EventTypeWarning
	}
	return made
}

// node was not ready until a while ago, and its disk is full.
func node() corev1.Node {
	return corev1.Node{
		ObjectMeta: metav1.ObjectMeta{Name: "node1", UID: "uid-node1"},
		Status: corev1.NodeStatus{Conditions: []corev1.NodeCondition{
			{Type: corev1.NodeReady, Status: corev1.ConditionTrue, Reason: "KubeletReady", LastTransitionTime: ago(26 * time.Minute)},
			{Type: corev1.NodeDiskPressure, Status: corev1.ConditionTrue, Reason: "KubeletHasDiskPressure", LastTransitionTime: ago(4 * time.Minute)},
		}},
	}
}
