package report

import (
	"context"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// eventsOnly reads events as it was told to, and nothing else.
type eventsOnly struct {
	answer casefile.Answer[[]corev1.Event]
}

func (e eventsOnly) Events(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Event] {
	if query.Namespace != "shop" { // Those of nodes are in a namespace of their own.
		return casefile.Answered[[]corev1.Event](nil)
	}
	return e.answer
}

func (eventsOnly) Nodes(context.Context, casefile.Query) casefile.Answer[[]corev1.Node] {
	return casefile.Answered[[]corev1.Node](nil)
}

func (eventsOnly) Metadata(context.Context, metav1.TypeMeta, casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	return casefile.Answered[[]metav1.PartialObjectMetadata](nil)
}

func TestDigestOfEvents(t *testing.T) {
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	pod := corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "web", Namespace: "shop", UID: "1"}}
	event := func(reason, text string, since time.Duration, count int32) corev1.Event {
		return corev1.Event{
			InvolvedObject: corev1.ObjectReference{UID: pod.UID}, Type: "Normal", Reason: reason, Message: text,
			LastTimestamp: metav1.NewTime(now.Add(-since)), Count: count,
		}
	}
	another := event("Killing", "of another pod", time.Second, 1)
	another.InvolvedObject.UID = "2"
	many := make([]corev1.Event, 0, digestEvents+1)
	for i := range digestEvents + 1 {
		many = append(many, event("Pulled", "image", time.Duration(i)*time.Minute, 1))
	}
	denied := message.Errorf(nil, "error.forbidden", message.Args{"Verb": "list", "Resource": "events", "Namespace": "shop", "Cause": "no role"})
	tests := map[string]struct {
		answer   casefile.Answer[[]corev1.Event]
		want     []string
		unwanted string
	}{
		"none":     {answer: casefile.Answered([]corev1.Event{another}), want: []string{"Events:  <none>"}, unwanted: "Killing"},
		"denied":   {answer: casefile.Unanswered[[]corev1.Event](casefile.Denied, denied), want: []string{"not allowed to list events"}, unwanted: "Events:  <none>"},
		"repeated": {answer: casefile.Answered([]corev1.Event{event("BackOff", "Back-off\nrestarting", time.Minute, 5)}), want: []string{"60s (x5)  Normal  BackOff  Back-off restarting"}},
		"the last": {answer: casefile.Answered(many), want: []string{"Events: (8/9)", "  7m   Normal"}, unwanted: "8m"},
	}
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			file := casefile.Open(context.Background(), eventsOnly{test.answer}, []corev1.Pod{pod}, now)
			got := strings.Join(Digest(file, &pod, messages), "\n")
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("the digest does not hold %q:\n%s", want, got)
				}
			}
			if test.unwanted != "" && strings.Contains(got, test.unwanted) {
				t.Errorf("the digest holds %q:\n%s", test.unwanted, got)
			}
		})
	}
}

func TestStateLine(t *testing.T) {
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	began := metav1.NewTime(now.Add(-time.Hour))
	tests := map[string]struct {
		status corev1.ContainerStatus
		want   string
	}{
		"running":           {corev1.ContainerStatus{State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: began}}}, "Running for 60m"},
		"restarted":         {corev1.ContainerStatus{RestartCount: 2, State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{}}}, "Running, Restart Count 2"},
		"ended":             {corev1.ContainerStatus{State: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{ExitCode: 137, Reason: "Error"}}}, "Terminated: exit 137 (SIGKILL)"},
		"waiting, says why": {corev1.ContainerStatus{State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "ErrImagePull", Message: "not found"}}}, "Waiting: ErrImagePull: not found"},
		"waiting":           {corev1.ContainerStatus{State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "ContainerCreating"}}}, "Waiting: ContainerCreating"},
		"nothing known":     {corev1.ContainerStatus{}, "Waiting"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := stateLine(&test.status, &casefile.File{TakenAt: now}); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
