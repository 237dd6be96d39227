package diagnose

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

var now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

// double is a cluster of some pods. It counts what it is asked: each question is one request of the real one.
type double struct {
	pods   []corev1.Pod
	events []corev1.Event
	// refused are the kinds, or "log", that this user may not read.
	refused []string
	// asked are the questions, one line each.
	mu    sync.Mutex
	asked []string
}

var _ Cluster = (*double)(nil)

func (d *double) note(question string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, fmt.Sprintf(question, args...))
}

func (d *double) Stats() cluster.Count {
	return cluster.Count{Requests: int64(len(d.asked)), Bytes: 2048}
}

func (d *double) IsType(string) bool { return false }

func (d *double) Objects(_ context.Context, resource string, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	d.note("%s %v", resource, query.Names)
	return casefile.Answered([]unstructured.Unstructured{{Object: map[string]any{
		"apiVersion": "apps/v1", "kind": "Deployment", "metadata": map[string]any{"name": "web", "namespace": "shop"},
		"spec": map[string]any{"selector": map[string]any{"matchLabels": map[string]any{"app": "web"}}},
	}}})
}

func (d *double) Pods(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Pod] {
	d.note("pods %v", query.Names)
	var found []corev1.Pod
	for _, pod := range d.pods {
		if len(query.Names) == 0 || slices.Contains(query.Names, pod.Name) {
			found = append(found, pod)
		}
	}
	if len(found) < len(query.Names) {
		missing := message.Errorf(nil, "error.not-found", message.Args{"Resource": "pod", "Name": query.Names[0], "Namespace": query.Namespace})
		return casefile.Unanswered[[]corev1.Pod](casefile.Absent, missing)
	}
	return casefile.Answered(found)
}

// answer is a refusal, or what there is.
func answer[T any](d *double, kind string, query casefile.Query, found []T) casefile.Answer[[]T] {
	d.note("%s %v %s", kind, query.Names, query.Fields)
	if slices.Contains(d.refused, kind) {
		return casefile.Unanswered[[]T](casefile.Denied, errors.New(kind+" are forbidden"))
	}
	if len(query.Names) > 0 && len(found) == 0 {
		return casefile.Unanswered[[]T](casefile.Absent, errors.New("not found"))
	}
	return casefile.Answered(found)
}

func (d *double) Events(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Event] {
	return answer(d, "Event", query, d.events)
}

func (d *double) Nodes(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Node] {
	return answer(d, "Node", query, []corev1.Node{{ObjectMeta: metav1.ObjectMeta{Name: "node1", UID: "uid-node1"}}})
}

func (d *double) Metadata(_ context.Context, kind metav1.TypeMeta, query casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	var found []metav1.PartialObjectMetadata
	if kind.Kind == "ReplicaSet" {
		found = append(found, metav1.PartialObjectMetadata{ObjectMeta: metav1.ObjectMeta{
			Namespace: "shop", Name: "web-7c9f", UID: "uid-rs", OwnerReferences: []metav1.OwnerReference{owner("Deployment", "web", "uid-web")},
		}})
	}
	return answer(d, kind.Kind, query, found)
}

func (d *double) Whole(_ context.Context, kind metav1.TypeMeta, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	return answer[unstructured.Unstructured](d, kind.Kind, query, nil)
}

func (d *double) Log(_ context.Context, question casefile.Question) casefile.Answer[casefile.Log] {
	d.note("log of %s %s", question.Name, question.Container)
	if slices.Contains(d.refused, "log") {
		return casefile.Unanswered[casefile.Log](casefile.Denied, errors.New("logs are forbidden"))
	}
	return casefile.Answered(casefile.Log{Lines: []casefile.LogLine{{At: now.Add(-time.Minute), Text: "FATAL: environment variable ORDERS_DSN is not set"}}})
}

func owner(kind, name, uid string) metav1.OwnerReference {
	yes := true
	return metav1.OwnerReference{APIVersion: "apps/v1", Kind: kind, Name: name, UID: types.UID(uid), Controller: &yes}
}

// pod is a replica of deploy/web with containers of these states; the others are well.
func pod(name string, statuses ...corev1.ContainerStatus) corev1.Pod {
	made := metav1.NewTime(now.Add(-time.Hour))
	p := corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: "shop", Name: name, UID: types.UID("uid-" + name), CreationTimestamp: made,
			Labels: map[string]string{"pod-template-hash": "7c9f"}, OwnerReferences: []metav1.OwnerReference{owner("ReplicaSet", "web-7c9f", "uid-rs")},
		},
		Spec: corev1.PodSpec{NodeName: "node1", RestartPolicy: corev1.RestartPolicyAlways, ImagePullSecrets: []corev1.LocalObjectReference{{Name: "registry"}}},
		Status: corev1.PodStatus{Phase: corev1.PodRunning, Conditions: []corev1.PodCondition{
			{Type: corev1.PodScheduled, Status: corev1.ConditionTrue, LastTransitionTime: made},
			{Type: corev1.PodReady, Status: corev1.ConditionFalse, Reason: "ContainersNotReady", LastTransitionTime: made},
		}},
	}
	for _, status := range statuses {
		p.Spec.Containers = append(p.Spec.Containers, corev1.Container{
			Name: status.Name, Image: "registry.example.com/" + status.Name + ":v1", Env: []corev1.EnvVar{{Name: "DSN", ValueFrom: &corev1.EnvVarSource{
				ConfigMapKeyRef: &corev1.ConfigMapKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: "settings"}, Key: "dsn"},
			}}},
		})
		p.Status.ContainerStatuses = append(p.Status.ContainerStatuses, status)
	}
	return p
}

func waiting(name, reason, text string) corev1.ContainerStatus {
	return corev1.ContainerStatus{Name: name, State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: reason, Message: text}}}
}

func crashed(name string) corev1.ContainerStatus {
	status := waiting(name, "CrashLoopBackOff", "back-off 40s restarting failed container")
	status.RestartCount = 4
	status.LastTerminationState.Terminated = &corev1.ContainerStateTerminated{
		Reason: "Error", ExitCode: 1, StartedAt: metav1.NewTime(now.Add(-62 * time.Second)), FinishedAt: metav1.NewTime(now.Add(-time.Minute)),
	}
	return status
}

func running(name string) corev1.ContainerStatus {
	return corev1.ContainerStatus{Name: name, Ready: true, State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: metav1.NewTime(now.Add(-time.Hour))}}}
}

// well is a pod that does its job.
func well(name string) corev1.Pod {
	p := pod(name, running("app"))
	p.Status.Conditions[1] = corev1.PodCondition{Type: corev1.PodReady, Status: corev1.ConditionTrue, LastTransitionTime: p.CreationTimestamp}
	return p
}

// desperate is a pod with everything wrong that a pod can have at once.
func desperate() corev1.Pod {
	return pod("web-7c9f-worst",
		crashed("crash"),
		waiting("pull", "ImagePullBackOff", `Back-off pulling image "registry.example.com/pull:v1": ErrImagePull: failed to authorize: failed to fetch anonymous token: 401 Unauthorized`),
		waiting("config", "CreateContainerConfigError", `configmap "settings" not found`),
		waiting("start", "RunContainerError", `exec: "/nope": stat /nope: no such file or directory`),
	)
}
