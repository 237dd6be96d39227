package get

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/watch"
	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

var now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

// pod returns a pod as a server newer than podkit might send it: with a field that podkit does not know.
func pod(t *testing.T, namespace, name, status string) unstructured.Unstructured {
	t.Helper()
	text := fmt.Sprintf(`
apiVersion: v1
kind: Pod
metadata: {namespace: %s, name: %s, creationTimestamp: "2026-03-14T15:04:26Z", labels: {app: %[2]s}}
spec: {nodeName: node1, containers: [{name: app, image: "app:v1"}], newer: {field: 1}}
status: %s`, namespace, name, status)
	var content map[string]any
	if err := yaml.Unmarshal([]byte(text), &content); err != nil {
		t.Fatal(err)
	}
	return unstructured.Unstructured{Object: content}
}

const (
	fine    = `{phase: Running, containerStatuses: [{name: app, ready: true, state: {running: {startedAt: "2026-03-14T15:04:30Z"}}}]}`
	pulling = `{phase: Pending, containerStatuses: [{name: app, state: {waiting: {reason: ErrImageNeverPull}}}]}`
)

// double is a cluster of some pods and one Service. A question that it does not know fails the test.
type double struct {
	t       *testing.T
	pods    []unstructured.Unstructured
	refused error
	changes []watch.Event
	watched []casefile.Query
}

var errDenied = message.Errorf(nil, "error.forbidden", message.Args{"Verb": "list", "Resource": "pods", "Namespace": "shop", "Cause": "no"})

func (d *double) RawPods(_ context.Context, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	if d.refused != nil {
		return casefile.Unanswered[[]unstructured.Unstructured](casefile.Denied, d.refused)
	}
	var found []unstructured.Unstructured
	for _, pod := range d.pods {
		if query.Namespace != "" && pod.GetNamespace() != query.Namespace || query.Labels != "" && query.Labels != "app="+pod.GetName() {
			continue
		}
		if len(query.Names) == 0 || slices.Contains(query.Names, pod.GetName()) {
			found = append(found, pod)
		}
	}
	if len(found) < len(query.Names) {
		missing := message.Errorf(nil, "error.not-found", message.Args{"Resource": "pod", "Name": query.Names[0], "Namespace": query.Namespace})
		return casefile.Unanswered[[]unstructured.Unstructured](casefile.Absent, missing)
	}
	answer := casefile.Answered(found)
	answer.Revision = "42"
	return answer
}

func (d *double) Pods(ctx context.Context, query casefile.Query) casefile.Answer[[]corev1.Pod] {
	raw := d.RawPods(ctx, query)
	answer := casefile.Answer[[]corev1.Pod]{State: raw.State, Err: raw.Err, Revision: raw.Revision}
	for i := range raw.Value {
		pod, err := typed(&raw.Value[i])
		if err != nil {
			d.t.Fatal(err)
		}
		answer.Value = append(answer.Value, *pod)
	}
	return answer
}

func (d *double) Objects(_ context.Context, resource string, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	if resource != "svc" || !slices.Equal(query.Names, []string{"web"}) {
		d.t.Errorf("unexpected question for %s %+v", resource, query)
	}
	return casefile.Answered([]unstructured.Unstructured{{Object: map[string]any{
		"apiVersion": "v1", "kind": "Service", "metadata": map[string]any{"name": "web", "namespace": "shop"},
		"spec": map[string]any{"selector": map[string]any{"app": "web"}},
	}}})
}

func (d *double) IsType(word string) bool { return word == "deploy" }

// watchEnd is how the watches of a double end: an interruption would end the command before the last row is printed.
const watchEnd = "the end of the test's watch"

// WatchPods sends the changes, then an error.
func (d *double) WatchPods(_ context.Context, query casefile.Query, revision string) (watch.Interface, error) {
	if d.refused != nil {
		return nil, d.refused
	}
	if revision != "42" {
		d.t.Errorf("watches from revision %q, not from that of the list", revision)
	}
	d.watched = append(d.watched, query)
	watcher := watch.NewFakeWithChanSize(len(d.changes)+1, false)
	for _, change := range d.changes {
		watcher.Action(change.Type, change.Object)
	}
	watcher.Error(&metav1.Status{Status: metav1.StatusFailure, Message: watchEnd})
	return watcher, nil
}

func isWatchEnd(err error) bool {
	return err != nil && !errors.Is(err, context.Canceled) && err.Error() == watchEnd
}

// refusedWatch may list, but not watch.
type refusedWatch struct{ *double }

func (refusedWatch) WatchPods(context.Context, casefile.Query, string) (watch.Interface, error) {
	return nil, errDenied
}
