package action

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func TestChoose(t *testing.T) {
	annotated := func(name string) *corev1.Pod {
		p := pod("app", "proxy")
		p.Annotations = map[string]string{"kubectl.kubernetes.io/default-container": name}
		return p
	}
	withInit := pod("app")
	withInit.Spec.InitContainers = []corev1.Container{{Name: "migrate"}}
	tests := map[string]struct {
		pod     *corev1.Pod
		name    string
		want    string
		notes   []string
		wantErr string
	}{
		"only one":               {pod: pod("app"), want: "app"},
		"first of two":           {pod: pod("app", "proxy"), want: "app", notes: []string{"container.defaulted"}},
		"beside an init":         {pod: withInit, want: "app", notes: []string{"container.defaulted"}},
		"named":                  {pod: pod("app", "proxy"), name: "proxy", want: "proxy"},
		"named init":             {pod: withInit, name: "migrate", want: "migrate"},
		"annotated":              {pod: annotated("proxy"), want: "proxy"},
		"named beats annotation": {pod: annotated("proxy"), name: "app", want: "app"},
		"annotated wrongly":      {pod: annotated("gone"), want: "app", notes: []string{"container.annotation", "container.defaulted"}},
		"unknown":                {pod: pod("app", "proxy"), name: "x", wantErr: `pod "web-0" has no container "x"; choose with -c one of: app, proxy`},
		"no containers":          {pod: pod(), wantErr: `pod "web-0" has no containers; to look at it: kubectl podkit describe web-0 -n shop`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			choice, err := Choose(test.pod, test.name)
			if got := text(err); got != test.wantErr {
				t.Fatalf("error %q, want %q", got, test.wantErr)
			}
			if choice.Container != test.want {
				t.Errorf("chose %q, want %q", choice.Container, test.want)
			}
			if diff := cmp.Diff(test.notes, ids(choice.Notes)); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestStateOf(t *testing.T) {
	unschedulable := &corev1.Pod{Status: corev1.PodStatus{Phase: corev1.PodPending, Conditions: []corev1.PodCondition{{
		Type: corev1.PodScheduled, Status: corev1.ConditionFalse, Reason: "Unschedulable", Message: "0/2 nodes are available",
	}}}}
	waits := pod("app")
	waits.Status.ContainerStatuses[0].State = corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{
		Reason: "ImagePullBackOff", Message: "Back-off pulling image",
	}}
	ended := pod("app")
	ended.Status.ContainerStatuses[0].State = died(3, 0)
	evicted := &corev1.Pod{Status: corev1.PodStatus{Phase: corev1.PodFailed, Reason: "Evicted", Message: "The node was low on memory"}}
	tests := map[string]struct {
		pod  *corev1.Pod
		want string
	}{
		"running":       {pod("app"), "Running"},
		"waiting":       {waits, "Waiting (ImagePullBackOff: Back-off pulling image)"},
		"waiting bare":  {crashed(pod("app"), 0), "Waiting (CrashLoopBackOff)"},
		"terminated":    {ended, "Terminated (Error: exit code 3)"},
		"unschedulable": {unschedulable, "Pending (Unschedulable: 0/2 nodes are available)"},
		"evicted":       {evicted, "Failed (Evicted: The node was low on memory)"},
		"just created":  {&corev1.Pod{}, "Pending"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := stateOf(test.pod, "app"); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestPick(t *testing.T) {
	build := func(name string, phase corev1.PodPhase, ready, leaving bool) corev1.Pod {
		p := corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: name}, Spec: corev1.PodSpec{NodeName: "node1"}, Status: corev1.PodStatus{Phase: phase}}
		if ready {
			p.Status.Conditions = []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue}}
		}
		if leaving {
			p.DeletionTimestamp = &metav1.Time{Time: now}
		}
		return p
	}
	tests := map[string]struct {
		pods []corev1.Pod
		want string
	}{
		"ready before running":   {[]corev1.Pod{build("a", corev1.PodRunning, false, false), build("b", corev1.PodRunning, true, false)}, "b"},
		"running before pending": {[]corev1.Pod{build("a", corev1.PodPending, false, false), build("b", corev1.PodRunning, false, false)}, "b"},
		"staying before leaving": {[]corev1.Pod{build("a", corev1.PodRunning, true, true), build("b", corev1.PodPending, false, false)}, "b"},
		"leaving if none stays":  {[]corev1.Pod{build("a", corev1.PodRunning, true, true)}, "a"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Pick(test.pods); got.Name != test.want {
				t.Errorf("picked %q, want %q", got.Name, test.want)
			}
		})
	}
	if got := Pick(nil); got != nil {
		t.Errorf("picked %q of none", got.Name)
	}
}

// text is the sentence of an error, empty for none.
func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func ids(notes []Note) []string {
	var all []string
	for _, note := range notes {
		all = append(all, note.ID)
	}
	return all
}
