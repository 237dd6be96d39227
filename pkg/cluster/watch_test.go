package cluster_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/watch"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

func event(kind, name, revision string) string {
	return fmt.Sprintf(`{"type":%q,"object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":%q,"resourceVersion":%q},"spec":{"newer":true}}}`, kind, name, revision)
}

// patience is how long a test waits for an event that must come: far longer than it takes.
const patience = 30 * time.Second

// next returns the next event of a watch as "TYPE name", or fails when none comes.
func next(t *testing.T, watcher watch.Interface) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	select {
	case <-ctx.Done():
		t.Fatal("no event came")
	case event, open := <-watcher.ResultChan():
		if !open {
			return "closed"
		}
		object, ok := event.Object.(*unstructured.Unstructured)
		if !ok {
			return fmt.Sprintf("%s %T", event.Type, event.Object)
		}
		return string(event.Type) + " " + object.GetName()
	}
	return ""
}

func TestWatchGoesOnOverALostConnection(t *testing.T) {
	s := serve(t)
	s.expect(shopPods,
		stream(hang), // The connection that shows whether the watch is allowed.
		stream(nil, event("ADDED", "a", "43"), event("MODIFIED", "a", "44")),
		stream(hang, event("DELETED", "a", "45")))
	watcher, err := s.connect().WatchPods(t.Context(), casefile.Query{Namespace: "shop", Labels: "app=web"}, "42")
	if err != nil {
		t.Fatal(err)
	}
	defer watcher.Stop()
	got := []string{next(t, watcher), next(t, watcher), next(t, watcher)}
	if diff := cmp.Diff([]string{"ADDED a", "MODIFIED a", "DELETED a"}, got); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	for i, revision := range []string{"42", "42", "44"} {
		asked := s.requests()[i]
		if !strings.Contains(asked, "labelSelector=app%3Dweb") || !strings.Contains(asked, "watch=true") || !strings.Contains(asked, "resourceVersion="+revision) {
			t.Errorf("request %d does not watch app=web from %s: %s", i, revision, asked)
		}
	}
}

func TestWatchOfOnePodAsksForNoOther(t *testing.T) {
	s := serve(t)
	s.expect(shopPods, stream(hang), stream(hang, event("ADDED", "a", "43")))
	watcher, err := s.connect().WatchPods(t.Context(), casefile.Query{Namespace: "shop", Names: []string{"a"}}, "42")
	if err != nil {
		t.Fatal(err)
	}
	defer watcher.Stop()
	if got := next(t, watcher); got != "ADDED a" {
		t.Errorf("got %q", got)
	}
	if asked := s.requests()[1]; !strings.Contains(asked, "fieldSelector=metadata.name%3Da") {
		t.Errorf("watches more than pod a: %s", asked)
	}
}

func TestRefusedWatchIsAnErrorAtOnce(t *testing.T) {
	s := serve(t)
	s.expect(shopPods, refuse(http.StatusForbidden, metav1.StatusReasonForbidden, "no"))
	_, err := s.connect().WatchPods(t.Context(), casefile.Query{Namespace: "shop"}, "42")
	if want := `not allowed to watch pods in namespace "shop": no`; !startsWith(err, want) {
		t.Errorf("got %v, want %q", err, want)
	}
}

func TestWatchFromATooOldRevisionEnds(t *testing.T) {
	s := serve(t)
	gone := `{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Expired","code":410,"message":"too old resource version"}}`
	s.expect(shopPods, stream(hang), stream(nil, gone))
	watcher, err := s.connect().WatchPods(t.Context(), casefile.Query{Namespace: "shop"}, "1")
	if err != nil {
		t.Fatal(err)
	}
	defer watcher.Stop()
	if got := []string{next(t, watcher), next(t, watcher)}; !strings.HasPrefix(got[0], "ERROR") || got[1] != "closed" {
		t.Errorf("got %q, want the error and the end", got)
	}
}
