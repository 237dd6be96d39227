package cluster_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

const shopPods = "/api/v1/namespaces/shop/pods"

func pod(name string) *corev1.Pod {
	return &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: "shop", ResourceVersion: "7"}}
}

// pods returns a page of a list: its resource version is 42, and more is the token of the next page.
func pods(more string, names ...string) *corev1.PodList {
	list := &corev1.PodList{ListMeta: metav1.ListMeta{ResourceVersion: "42", Continue: more}}
	for _, name := range names {
		list.Items = append(list.Items, *pod(name))
	}
	return list
}

func named(answer casefile.Answer[[]corev1.Pod]) []string {
	var names []string
	for i := range answer.Value {
		names = append(names, answer.Value[i].Name)
	}
	return names
}

var (
	forbidden = refuse(http.StatusForbidden, metav1.StatusReasonForbidden, `pods is forbidden: User "jane" cannot list resource "pods"`)
	notFound  = reply(absent)
	expired   = refuse(http.StatusGone, metav1.StatusReasonExpired, "The provided continue parameter is too old")
	broken    = refuse(http.StatusInternalServerError, metav1.StatusReasonInternalError, "etcdserver: request timed out")
)

func TestPods(t *testing.T) {
	tests := map[string]struct {
		query  casefile.Query
		script map[string][]reply
		want   []string // The names read.
		state  casefile.State
		asked  []string
	}{
		"all namespaces": {
			script: map[string][]reply{"/api/v1/pods": {object(pods("", "a", "b"))}},
			want:   []string{"a", "b"}, state: casefile.Known,
			asked: []string{"GET /api/v1/pods?limit=500"},
		},
		"selectors": {
			query:  casefile.Query{Namespace: "shop", Labels: "app=web", Fields: "spec.nodeName=n1"},
			script: map[string][]reply{shopPods: {object(pods("", "a"))}},
			want:   []string{"a"}, state: casefile.Known,
			asked: []string{"GET " + shopPods + "?fieldSelector=spec.nodeName%3Dn1&labelSelector=app%3Dweb&limit=500"},
		},
		"nothing there": {
			query:  casefile.Query{Namespace: "shop"},
			script: map[string][]reply{shopPods: {object(pods(""))}},
			state:  casefile.Known,
			asked:  []string{"GET " + shopPods + "?limit=500"},
		},
		"pages": {
			query:  casefile.Query{Namespace: "shop"},
			script: map[string][]reply{shopPods: {object(pods("t1", "a")), object(pods("t2", "b")), object(pods("", "c"))}},
			want:   []string{"a", "b", "c"}, state: casefile.Known,
			asked: []string{"GET " + shopPods + "?limit=500", "GET " + shopPods + "?continue=t1&limit=500", "GET " + shopPods + "?continue=t2&limit=500"},
		},
		"a token that expired: all over again, nothing twice": {
			query:  casefile.Query{Namespace: "shop"},
			script: map[string][]reply{shopPods: {object(pods("t1", "a", "b")), expired, object(pods("", "a", "b", "c"))}},
			want:   []string{"a", "b", "c"}, state: casefile.Known,
			asked: []string{"GET " + shopPods + "?limit=500", "GET " + shopPods + "?continue=t1&limit=500", "GET " + shopPods},
		},
		"expired at once is a failure": {
			query:  casefile.Query{Namespace: "shop"},
			script: map[string][]reply{shopPods: {expired}},
			state:  casefile.Failed,
			asked:  []string{"GET " + shopPods + "?limit=500"},
		},
		"half a list is no list": {
			query:  casefile.Query{Namespace: "shop"},
			script: map[string][]reply{shopPods: {object(pods("t1", "a")), broken}},
			state:  casefile.Failed,
			asked:  []string{"GET " + shopPods + "?limit=500", "GET " + shopPods + "?continue=t1&limit=500"},
		},
		"one name is one GET": {
			query:  casefile.Query{Namespace: "shop", Names: []string{"a"}},
			script: map[string][]reply{shopPods + "/a": {object(pod("a"))}},
			want:   []string{"a"}, state: casefile.Known,
			asked: []string{"GET " + shopPods + "/a"},
		},
		"several names are one LIST, in the order asked": {
			query:  casefile.Query{Namespace: "shop", Names: []string{"c", "a"}},
			script: map[string][]reply{shopPods: {object(pods("", "a", "b", "c"))}},
			want:   []string{"c", "a"}, state: casefile.Known,
			asked: []string{"GET " + shopPods + "?limit=500"},
		},
		"who may not list gets them one by one": {
			query:  casefile.Query{Namespace: "shop", Names: []string{"c", "a"}},
			script: map[string][]reply{shopPods: {forbidden}, shopPods + "/c": {object(pod("c"))}, shopPods + "/a": {object(pod("a"))}},
			want:   []string{"c", "a"}, state: casefile.Known,
			asked: []string{"GET " + shopPods + "?limit=500", "GET " + shopPods + "/c", "GET " + shopPods + "/a"},
		},
		"one of several is missing": {
			query:  casefile.Query{Namespace: "shop", Names: []string{"a", "x"}},
			script: map[string][]reply{shopPods: {object(pods("", "a"))}},
			state:  casefile.Absent,
			asked:  []string{"GET " + shopPods + "?limit=500"},
		},
		"the only one is missing": {
			query:  casefile.Query{Namespace: "shop", Names: []string{"x"}},
			script: map[string][]reply{shopPods + "/x": {notFound}},
			state:  casefile.Absent,
			asked:  []string{"GET " + shopPods + "/x"},
		},
		"refused": {
			query:  casefile.Query{Namespace: "shop"},
			script: map[string][]reply{shopPods: {forbidden}},
			state:  casefile.Denied,
			asked:  []string{"GET " + shopPods + "?limit=500"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := serve(t)
			for path, replies := range test.script {
				s.expect(path, replies...)
			}
			reader := s.connect()
			answer := reader.Pods(t.Context(), test.query)
			if answer.State != test.state || (answer.Err != nil) != (test.state != casefile.Known) {
				t.Errorf("state %v with error %v, want %v", answer.State, answer.Err, test.state)
			}
			if diff := cmp.Diff(test.want, named(answer)); diff != "" {
				t.Errorf("pods (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.asked, s.requests()); diff != "" {
				t.Errorf("requests (-want +got):\n%s", diff)
			}
			if got := reader.Stats().Requests; got != int64(len(test.asked)) {
				t.Errorf("counted %d requests, want %d", got, len(test.asked))
			}
		})
	}
}

func TestRevisionIsThatOfTheRead(t *testing.T) {
	s := serve(t)
	s.expect(shopPods, object(pods("", "a", "b")))
	s.expect(shopPods+"/a", object(pod("a")))
	reader := s.connect()
	if got := reader.Pods(t.Context(), casefile.Query{Namespace: "shop", Names: []string{"a", "b"}}).Revision; got != "42" {
		t.Errorf("a LIST reflects %q, want its own revision 42", got)
	}
	if got := reader.Pods(t.Context(), casefile.Query{Namespace: "shop", Names: []string{"a"}}).Revision; got != "7" {
		t.Errorf("a GET reflects %q, want the object's revision 7", got)
	}
}

// TestCoreIsReadAsProtobuf keeps the reads of many pods cheap: half the bytes of JSON.
func TestCoreIsReadAsProtobuf(t *testing.T) {
	s := serve(t)
	s.expect(shopPods, object(pods("", "a")), text(`{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"j"}}]}`))
	reader := s.connect()
	reader.Pods(t.Context(), casefile.Query{Namespace: "shop"})
	if got := s.headers[0].Get("Accept"); got != "application/vnd.kubernetes.protobuf,application/json" {
		t.Errorf("accepts %q", got)
	}
	if bytes := reader.Stats().Bytes; bytes == 0 {
		t.Error("no bytes were counted")
	}
	// A server that has only JSON (an aggregated one, a recording) is understood as well.
	answer := reader.Pods(t.Context(), casefile.Query{Namespace: "shop"})
	if diff := cmp.Diff([]string{"j"}, named(answer)); diff != "" || answer.Err != nil {
		t.Errorf("JSON (-want +got):\n%s%v", diff, answer.Err)
	}
}

func TestEventsAndNodes(t *testing.T) {
	s := serve(t)
	s.expect("/api/v1/namespaces/default/events", object(&corev1.EventList{Items: []corev1.Event{{ObjectMeta: metav1.ObjectMeta{Name: "e"}, Reason: "Killing"}}}))
	s.expect("/api/v1/nodes", object(&corev1.NodeList{Items: []corev1.Node{{ObjectMeta: metav1.ObjectMeta{Name: "n1"}}, {ObjectMeta: metav1.ObjectMeta{Name: "n2"}}}}))
	s.expect("/api/v1/nodes/n1", object(&corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: "n1"}}))
	s.expect("/api/v1/nodes/n9", notFound)
	reader := s.connect()
	events := reader.Events(t.Context(), casefile.Query{Namespace: "default", Fields: "involvedObject.kind=Node"})
	if len(events.Value) != 1 || events.Value[0].Reason != "Killing" {
		t.Errorf("events: %+v", events)
	}
	// A namespace means nothing for nodes: neither the server nor the reader of an error hears of it.
	if nodes := reader.Nodes(t.Context(), casefile.Query{Namespace: "shop"}); len(nodes.Value) != 2 {
		t.Errorf("nodes: %+v", nodes)
	}
	if nodes := reader.Nodes(t.Context(), casefile.Query{Names: []string{"n1"}}); len(nodes.Value) != 1 {
		t.Errorf("node n1: %+v", nodes)
	}
	missing := reader.Nodes(t.Context(), casefile.Query{Namespace: "shop", Names: []string{"n9"}})
	if want := `node "n9" not found in the cluster`; missing.State != casefile.Absent || !startsWith(missing.Err, want) {
		t.Errorf("got %v %v, want Absent and %q", missing.State, missing.Err, want)
	}
}

func TestServerVersion(t *testing.T) {
	s := serve(t)
	s.expect("/version", text(`{"gitVersion": "v1.36.3", "platform": "x"}`), text(`not JSON`), forbidden)
	reader := s.connect()
	if got, err := reader.ServerVersion(t.Context()).Get(); got != "v1.36.3" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if answer := reader.ServerVersion(t.Context()); answer.State != casefile.Failed || answer.Err == nil {
		t.Errorf("nonsense was answered %+v, want Failed", answer)
	}
	refused := reader.ServerVersion(t.Context())
	checkFailure(t, refused, casefile.Denied, "error.forbidden-cluster", `not allowed to get /version in the whole cluster: pods is forbidden: User "jane"`)
}
