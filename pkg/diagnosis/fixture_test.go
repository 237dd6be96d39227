package diagnosis_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

var now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

func ago(d time.Duration) metav1.Time { return metav1.NewTime(now.Add(-d)) }

var errRefused = errors.New("refused")

// library is a small cluster that counts what it is asked.
type library struct {
	// there are the objects: "Secret shop/db".
	there []string
	// uids are of some of them.
	uids   map[string]types.UID
	owners map[string][]metav1.OwnerReference
	events []corev1.Event
	logs   map[string]casefile.Log
	// lost are logs that the kubelet cannot read: "web-0 app previous".
	lost []string
	// refuse are answers to whole requests: "list Secret shop", "get Secret shop/db", "log web-0 app".
	refuse map[string]casefile.State

	mu    sync.Mutex
	asked []string
}

var _ casefile.Library = (*library)(nil)

// requests are those that were made, sorted, since they are made at once.
func (l *library) requests() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	slices.Sort(l.asked)
	return l.asked
}

// note remembers a request, and tells whether it is refused.
func (l *library) note(request string) (casefile.State, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked = append(l.asked, request)
	state, refused := l.refuse[request]
	return state, refused
}

func (l *library) Events(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Event] {
	if state, refused := l.note(strings.TrimSpace("list Event " + query.Namespace + " " + query.Fields)); refused {
		return casefile.Unanswered[[]corev1.Event](state, errRefused)
	}
	return casefile.Answered(slices.DeleteFunc(slices.Clone(l.events), func(e corev1.Event) bool {
		return query.Namespace != "" && e.Namespace != query.Namespace
	}))
}

// metas answers a request for objects of a kind.
func (l *library) metas(kind string, query casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	request := strings.TrimSpace("list " + kind + " " + query.Namespace)
	if len(query.Names) > 0 {
		request = "get " + kind + " " + query.Namespace + "/" + strings.Join(query.Names, ",")
	}
	if state, refused := l.note(request); refused {
		return casefile.Unanswered[[]metav1.PartialObjectMetadata](state, errRefused)
	}
	var found []metav1.PartialObjectMetadata
	for _, object := range l.there {
		other, name, _ := strings.Cut(object, " ")
		namespace, name, _ := strings.Cut(name, "/")
		if other != kind || query.Namespace != "" && namespace != query.Namespace || len(query.Names) > 0 && !slices.Contains(query.Names, name) {
			continue
		}
		meta := metav1.ObjectMeta{Namespace: namespace, Name: name, UID: l.uids[object], OwnerReferences: l.owners[object]}
		found = append(found, metav1.PartialObjectMetadata{ObjectMeta: meta})
	}
	if len(found) < len(query.Names) {
		return casefile.Unanswered[[]metav1.PartialObjectMetadata](casefile.Absent, fmt.Errorf("%s not found", kind))
	}
	return casefile.Answered(found)
}

func (l *library) Nodes(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Node] {
	answer := l.metas("Node", query)
	nodes := make([]corev1.Node, len(answer.Value))
	for i, meta := range answer.Value {
		nodes[i].ObjectMeta = meta.ObjectMeta
	}
	return casefile.Answer[[]corev1.Node]{State: answer.State, Value: nodes, Err: answer.Err}
}

func (l *library) Metadata(_ context.Context, kind metav1.TypeMeta, query casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	return l.metas(kind.Kind, query)
}

func (l *library) Whole(_ context.Context, kind metav1.TypeMeta, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	answer := l.metas(kind.Kind, query)
	objects := make([]unstructured.Unstructured, len(answer.Value))
	for i, meta := range answer.Value {
		objects[i].Object = map[string]any{}
		objects[i].SetNamespace(meta.Namespace)
		objects[i].SetName(meta.Name)
	}
	return casefile.Answer[[]unstructured.Unstructured]{State: answer.State, Value: objects, Err: answer.Err}
}

func (l *library) Log(_ context.Context, question casefile.Question) casefile.Answer[casefile.Log] {
	name := question.Name + " " + question.Container
	if question.Previous {
		name += " previous"
	}
	if state, refused := l.note("log " + name); refused {
		return casefile.Unanswered[casefile.Log](state, errRefused)
	}
	if slices.Contains(l.lost, name) {
		return casefile.Unanswered[casefile.Log](casefile.Failed, fmt.Errorf("told: %w", casefile.ErrLogLost))
	}
	log, found := l.logs[name]
	if !found {
		return casefile.Unanswered[casefile.Log](casefile.Absent, errors.New("no such log"))
	}
	return casefile.Answered(log)
}

// healthy returns a pod that runs and is ready, with a container named app.
func healthy(name string) corev1.Pod {
	running := corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: ago(time.Hour)}}
	yes := true
	return corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: name, UID: types.UID("uid-" + name), CreationTimestamp: ago(time.Hour)},
		Spec:       corev1.PodSpec{NodeName: "n1", Containers: []corev1.Container{{Name: "app", Image: "web:1"}}},
		Status: corev1.PodStatus{
			Phase:             corev1.PodRunning,
			Conditions:        []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue, LastTransitionTime: ago(time.Hour)}},
			ContainerStatuses: []corev1.ContainerStatus{{Name: "app", Ready: true, Started: &yes, State: running}},
		},
	}
}

// crashing returns a pod whose container app has died with an exit code and waits to be restarted.
func crashing(name string, exitCode int32) corev1.Pod {
	pod := healthy(name)
	pod.Status.Conditions[0].Status = corev1.ConditionFalse
	pod.Status.Conditions[0].LastTransitionTime = ago(10 * time.Minute)
	status := &pod.Status.ContainerStatuses[0]
	status.Ready, status.RestartCount = false, 3
	status.State = corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "CrashLoopBackOff", Message: "back-off 40s"}}
	status.LastTerminationState.Terminated = &corev1.ContainerStateTerminated{Reason: "Error", ExitCode: exitCode, FinishedAt: ago(time.Minute)}
	return pod
}

// owned gives a pod a controller.
func owned(pod corev1.Pod, kind, name string) corev1.Pod {
	yes := true
	pod.OwnerReferences = []metav1.OwnerReference{{APIVersion: "apps/v1", Kind: kind, Name: name, UID: types.UID("uid-" + name), Controller: &yes}}
	return pod
}

// toy is a rule over causes that looks with a function.
func toy(check func(*diagnosis.Case) []diagnosis.Finding, causes ...diagnosis.Cause) diagnosis.Rule {
	return diagnosis.Rule{Name: "toy", Causes: causes, Check: check}
}

// always is a rule that finds the same of every pod.
func always(cause diagnosis.Cause, findings ...diagnosis.Finding) diagnosis.Rule {
	return toy(func(*diagnosis.Case) []diagnosis.Finding {
		found := slices.Clone(findings)
		for i := range found {
			found[i].ID = cause.ID
		}
		return found
	}, cause)
}

func ids(findings []diagnosis.Finding) []string {
	all := make([]string, 0, len(findings))
	for i := range findings {
		all = append(all, strings.TrimSpace(findings[i].ID+" "+findings[i].Container))
	}
	return all
}
