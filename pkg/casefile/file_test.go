package casefile_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// event is about the object of a UID, whatever its name; its time is that of its last occurrence.
func event(namespace string, about types.UID, reason string) corev1.Event {
	return corev1.Event{
		ObjectMeta: metav1.ObjectMeta{Namespace: namespace}, Reason: reason,
		InvolvedObject: corev1.ObjectReference{Kind: "Pod", Name: "web-0", UID: about},
	}
}

func TestEventsAreThoseOfTheUID(t *testing.T) {
	at := func(event corev1.Event, d time.Duration) corev1.Event {
		event.LastTimestamp = ago(d)
		return event
	}
	r := &reader{events: []corev1.Event{
		at(event("shop", "uid-web-0", "Started"), time.Second),
		at(event("shop", "uid-of-a-namesake", "Failed"), time.Minute),
		at(event("shop", "uid-web-0", "Scheduled"), time.Hour),
		at(event("shop", "uid-web-0", "Pulled"), time.Minute),
	}}
	file := casefile.Open(t.Context(), r, []corev1.Pod{pod("shop", "web-0", "", nil)}, now)
	var got []string
	for _, event := range file.Events("uid-web-0") {
		got = append(got, event.Reason)
	}
	if diff := cmp.Diff([]string{"Scheduled", "Pulled", "Started"}, got); diff != "" {
		t.Errorf("events, the oldest first (-want +got):\n%s", diff)
	}
	if got := file.Events("uid-of-nobody"); len(got) != 0 {
		t.Errorf("nobody has events: %v", got)
	}
}

func TestTimesOfAnEvent(t *testing.T) {
	tests := map[string]struct {
		event       corev1.Event
		first, last time.Duration // Ago.
		times       int
	}{
		"old clients": {
			corev1.Event{FirstTimestamp: ago(time.Hour), LastTimestamp: ago(time.Minute), Count: 3},
			time.Hour, time.Minute, 3,
		},
		"new clients, once": {
			corev1.Event{EventTime: metav1.NewMicroTime(now.Add(-time.Minute))}, time.Minute, time.Minute, 1,
		},
		"new clients, a series": {
			corev1.Event{EventTime: metav1.NewMicroTime(now.Add(-time.Hour)), Series: &corev1.EventSeries{Count: 7, LastObservedTime: metav1.NewMicroTime(now.Add(-time.Second))}},
			time.Hour, time.Second, 7,
		},
		"a series without numbers": {
			corev1.Event{EventTime: metav1.NewMicroTime(now.Add(-time.Hour)), Series: &corev1.EventSeries{}}, time.Hour, time.Hour, 1,
		},
		"the first time alone": {corev1.Event{FirstTimestamp: ago(time.Hour)}, time.Hour, time.Hour, 1},
		"no time but its own":  {corev1.Event{ObjectMeta: metav1.ObjectMeta{CreationTimestamp: ago(time.Hour)}}, time.Hour, time.Hour, 1},
	}
	for name, test := range tests {
		first, last := now.Sub(casefile.FirstSeen(&test.event)), now.Sub(casefile.LastSeen(&test.event))
		if times := casefile.Times(&test.event); first != test.first || last != test.last || times != test.times {
			t.Errorf("%s: first %v, last %v ago, %d times; want %v, %v, %d", name, first, last, times, test.first, test.last, test.times)
		}
	}
}

func TestNode(t *testing.T) {
	r := &reader{nodes: []corev1.Node{node("n1"), node("n2"), node("n3")}}
	file := casefile.Open(t.Context(), r, []corev1.Pod{pod("a", "x", "n1", nil), pod("a", "y", "n2", nil), pod("a", "z", "gone", nil)}, now)
	for name, want := range map[string]casefile.State{"n1": casefile.Known, "n2": casefile.Known, "gone": casefile.Absent} {
		answer := file.Node(name)
		if answer.State != want || want == casefile.Known && answer.Value.Name != name {
			t.Errorf("node %s is %v, want %v", name, answer.State, want)
		}
	}
	alone := casefile.Open(t.Context(), r, []corev1.Pod{pod("a", "z", "gone", nil)}, now)
	if answer := alone.Node("gone"); answer.State != casefile.Absent {
		t.Errorf("a lone node that is gone is %v", answer.State)
	}
}

func TestOwners(t *testing.T) {
	web := []corev1.Pod{pod("shop", "web-0", "", owned("ReplicaSet", "web-7c", "rs-0"))}
	tests := map[string]struct {
		owners map[string][]metav1.PartialObjectMetadata
		want   []string
	}{
		"up to the top": {
			map[string][]metav1.PartialObjectMetadata{"ReplicaSet": replicaSets(1), "Deployment": {owner("web", "d", nil)}},
			[]string{"ReplicaSet web-7c Known", "Deployment web Known"},
		},
		"gone": {nil, []string{"ReplicaSet web-7c Absent"}},
		"made anew under its name is another": {
			map[string][]metav1.PartialObjectMetadata{"ReplicaSet": {owner("web-7c", "rs-new", owned("Deployment", "web", "d"))}},
			[]string{"ReplicaSet web-7c Absent"},
		},
		"in a circle": {
			map[string][]metav1.PartialObjectMetadata{
				"ReplicaSet": replicaSets(1), "Deployment": {owner("web", "d", owned("ReplicaSet", "web-7c", "rs-0"))},
			},
			[]string{"ReplicaSet web-7c Known", "Deployment web Known"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := &reader{owners: test.owners}
			file := casefile.Open(t.Context(), r, web, now)
			if owners := len(r.questions()) - 2; owners != len(test.want) {
				t.Errorf("%d links cost %d reads: %v", len(test.want), owners, r.asked)
			}
			var got []string
			for _, owner := range file.Owners(&file.Pods[0]) {
				got = append(got, owner.Kind+" "+owner.Name+" "+owner.Metadata.State.String())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("chain (-want +got):\n%s", diff)
			}
		})
	}
	file := casefile.Open(t.Context(), &reader{}, []corev1.Pod{pod("shop", "bare", "", nil)}, now)
	if chain := file.Owners(&file.Pods[0]); len(chain) != 0 {
		t.Errorf("a bare pod has the owners %v", chain)
	}
}

func TestStates(t *testing.T) {
	var unasked casefile.Answer[int]
	if unasked.State != casefile.NotYet {
		t.Errorf("the zero answer is %v", unasked.State)
	}
	for want, state := range map[string]casefile.State{
		"NotYet": casefile.NotYet, "Known": casefile.Known, "Absent": casefile.Absent, "Denied": casefile.Denied, "Failed": casefile.Failed,
	} {
		if got := state.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestOrderWithinASecond keeps the server's order where clocks of different precision would turn it round.
func TestOrderWithinASecond(t *testing.T) {
	second := now.Truncate(time.Second)
	scheduled := event("shop", "uid-web-0", "Scheduled")
	scheduled.EventTime = metav1.NewMicroTime(second.Add(900 * time.Millisecond))
	pulled := event("shop", "uid-web-0", "Pulled")
	pulled.LastTimestamp = metav1.NewTime(second)
	r := &reader{events: []corev1.Event{scheduled, pulled}}
	got := casefile.Open(t.Context(), r, []corev1.Pod{pod("shop", "web-0", "", nil)}, now).Events("uid-web-0")
	if len(got) != 2 || got[0].Reason != "Scheduled" || got[1].Reason != "Pulled" {
		t.Errorf("want Scheduled, then Pulled, got %v", got)
	}
}
