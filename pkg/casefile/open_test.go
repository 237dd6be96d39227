package casefile_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// TestRequestsDoNotGrowWithThePods is the promise of describe: thousands of pods cost no more than a few.
func TestRequestsDoNotGrowWithThePods(t *testing.T) {
	const events, nodeEvents = "events shop", "events default involvedObject.kind=Node"
	cases := map[string]struct {
		pods func() []corev1.Pod
		want []string
	}{
		"one": {
			func() []corev1.Pod {
				return []corev1.Pod{pod("shop", "web-0", "n1", owned("ReplicaSet", "web-7c", "rs-0"))}
			},
			[]string{"Deployment shop [web]", "ReplicaSet shop [web-7c]", nodeEvents, events, "nodes [n1]"},
		},
		"several, of one owner, on one node": {
			func() []corev1.Pod { return many(3, 1, 1) },
			[]string{"Deployment shop [web]", "ReplicaSet shop [web-7c]", nodeEvents, events, "nodes [n0]"},
		},
		"two thousand, of a hundred owners, on forty nodes": {
			func() []corev1.Pod { return many(2000, 100, 40) },
			[]string{"Deployment shop [web]", "ReplicaSet shop", nodeEvents, events, "nodes"},
		},
		"in a few namespaces": {
			func() []corev1.Pod {
				return []corev1.Pod{
					pod("shop", "web-0", "n1", owned("ReplicaSet", "web-7c", "rs-0")), pod("kube-system", "dns", "n2", nil),
				}
			},
			[]string{"Deployment shop [web]", "ReplicaSet shop [web-7c]", nodeEvents, "events kube-system", events, "nodes"},
		},
		"in many namespaces everything is read at once": {
			func() []corev1.Pod {
				var pods []corev1.Pod
				for _, namespace := range []string{"a", "b", "c", "d", "e"} {
					pods = append(pods, pod(namespace, "web-0", "n1", owned("ReplicaSet", "web-7c", "rs-0")))
				}
				return pods
			},
			[]string{"ReplicaSet ", "events ", "nodes [n1]"},
		},
		"in the default namespace, node events are there": {
			func() []corev1.Pod { return []corev1.Pod{pod("default", "web-0", "n1", nil)} },
			[]string{"events default", "nodes [n1]"},
		},
		"on no node": {
			func() []corev1.Pod { return []corev1.Pod{pod("shop", "web-0", "", nil)} },
			[]string{nodeEvents, events},
		},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			r := &reader{owners: map[string][]metav1.PartialObjectMetadata{
				"ReplicaSet": replicaSets(100), "Deployment": {owner("web", "d", nil)},
			}}
			for i := range 41 {
				r.nodes = append(r.nodes, node(fmt.Sprintf("n%d", i)))
			}
			pods := test.pods()
			file := casefile.Open(t.Context(), r, pods, now)
			if diff := cmp.Diff(test.want, r.questions()); diff != "" {
				t.Errorf("questions (-want +got):\n%s", diff)
			}
			if !file.TakenAt.Equal(now) || len(file.Pods) != len(pods) {
				t.Errorf("the file is of %v with %d pods", file.TakenAt, len(file.Pods))
			}
		})
	}
}

// many returns pods that are spread over ReplicaSets and nodes.
func many(count, owners, nodes int) []corev1.Pod {
	sets := replicaSets(owners)
	var pods []corev1.Pod
	for i := range count {
		rs := sets[i%owners]
		pods = append(pods, pod("shop", fmt.Sprintf("web-%d", i), fmt.Sprintf("n%d", i%nodes), owned("ReplicaSet", rs.Name, rs.UID)))
	}
	return pods
}

// replicaSets returns ReplicaSets of the Deployment web; the first is web-7c.
func replicaSets(count int) []metav1.PartialObjectMetadata {
	sets := []metav1.PartialObjectMetadata{owner("web-7c", "rs-0", owned("Deployment", "web", "d"))}
	for i := 1; i < count; i++ {
		uid := types.UID(fmt.Sprintf("rs-%d", i))
		sets = append(sets, owner(fmt.Sprintf("web-%d", i), uid, owned("Deployment", "web", "d")))
	}
	return sets
}

func TestWhatWasRefusedIsRemembered(t *testing.T) {
	denied := errors.New("not allowed")
	pods := []corev1.Pod{pod("shop", "web-0", "n1", owned("ReplicaSet", "web-7c", "rs-0"))}
	tests := map[string]struct {
		refuse              []string
		events              int
		unread              int
		node, owner, higher casefile.State
	}{
		"nothing":         {nil, 1, 0, casefile.Known, casefile.Known, casefile.Known},
		"its events":      {[]string{"events shop"}, 0, 1, casefile.Known, casefile.Known, casefile.Known},
		"the node's":      {[]string{"events default"}, 1, 1, casefile.Known, casefile.Known, casefile.Known},
		"all events":      {[]string{"events default", "events shop"}, 0, 1, casefile.Known, casefile.Known, casefile.Known},
		"the node":        {[]string{"nodes"}, 1, 0, casefile.Denied, casefile.Known, casefile.Known},
		"the owner":       {[]string{"ReplicaSet shop"}, 1, 0, casefile.Known, casefile.Denied, casefile.NotYet},
		"the owner's own": {[]string{"Deployment shop"}, 1, 0, casefile.Known, casefile.Known, casefile.Denied},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := &reader{
				events: []corev1.Event{event("shop", "uid-web-0", "Created")}, nodes: []corev1.Node{node("n1")},
				owners: map[string][]metav1.PartialObjectMetadata{"ReplicaSet": replicaSets(1), "Deployment": {owner("web", "d", nil)}},
				refuse: map[string]error{},
			}
			for _, question := range test.refuse {
				r.refuse[question] = denied
			}
			file := casefile.Open(t.Context(), r, pods, now)
			if got := len(file.Events("uid-web-0")); got != test.events {
				t.Errorf("%d events, want %d", got, test.events)
			}
			if got := file.UnreadEvents(); len(got) != test.unread || len(got) > 0 && !errors.Is(got[0], denied) {
				t.Errorf("unread events: %v, want %d", got, test.unread)
			}
			if got := file.Node("n1"); got.State != test.node || (got.Err != nil) != (test.node == casefile.Denied) {
				t.Errorf("node is %v with %v, want %v", got.State, got.Err, test.node)
			}
			chain := file.Owners(&file.Pods[0])
			states := []casefile.State{chain[0].Metadata.State, casefile.NotYet}
			if len(chain) > 1 {
				states[1] = chain[1].Metadata.State
			}
			if diff := cmp.Diff([]casefile.State{test.owner, test.higher}, states); diff != "" {
				t.Errorf("owners (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadsAreMadeAtOnce(t *testing.T) {
	// Each kind of read waits for the two others to begin: if they were made one after another, none would end.
	r := &rendezvous{reader: &reader{}, arrived: make(chan struct{}, 3), all: make(chan struct{})}
	go func() {
		for range 3 {
			<-r.arrived
		}
		close(r.all)
	}()
	casefile.Open(t.Context(), r, []corev1.Pod{pod("default", "web-0", "n1", owned("ReplicaSet", "gone", "gone"))}, now)
	if got := len(r.questions()); got != 3 {
		t.Errorf("%d reads, want 3: %v", got, r.asked)
	}
}

type rendezvous struct {
	*reader
	arrived, all chan struct{}
}

func (r *rendezvous) meet() {
	r.arrived <- struct{}{}
	<-r.all
}

func (r *rendezvous) Events(ctx context.Context, query casefile.Query) casefile.Answer[[]corev1.Event] {
	r.meet()
	return r.reader.Events(ctx, query)
}

func (r *rendezvous) Nodes(ctx context.Context, query casefile.Query) casefile.Answer[[]corev1.Node] {
	r.meet()
	return r.reader.Nodes(ctx, query)
}

func (r *rendezvous) Metadata(ctx context.Context, kind metav1.TypeMeta, query casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	r.meet()
	return r.reader.Metadata(ctx, kind, query)
}
