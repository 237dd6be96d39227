package action

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
)

func TestPlan(t *testing.T) {
	restarted := pod("app")
	restarted.Status.ContainerStatuses[0].State = runningFor(5 * time.Second)
	restarted.Status.ContainerStatuses[0].LastTerminationState = died(137, 8*time.Second)
	longAgo := pod("app")
	longAgo.Status.ContainerStatuses[0].LastTerminationState = died(1, 2*time.Hour)
	ended := pod("app")
	ended.Status.ContainerStatuses[0].State = died(0, time.Second)
	ended.Status.ContainerStatuses[0].LastTerminationState = died(1, time.Minute)
	unstarted := pod("app")
	unstarted.Status.ContainerStatuses[0].State = waiting("ContainerCreating")
	initFails := pod("app")
	initFails.Status.ContainerStatuses[0].State = waiting("PodInitializing")
	initFails.Spec.InitContainers = []corev1.Container{{Name: "migrate"}}
	initFails.Status.InitContainerStatuses = []corev1.ContainerStatus{{Name: "migrate", State: died(1, time.Second)}}

	type want struct {
		streams, notes, failures []string
	}
	tests := map[string]struct {
		query LogQuery
		pods  []*corev1.Pod
		want  want
	}{
		"running": {pods: []*corev1.Pod{pod("app")}, want: want{streams: []string{"app"}}},
		"died and waits": {
			pods: []*corev1.Pod{crashed(pod("app"), 0)},
			want: want{streams: []string{"app (previous)"}, notes: []string{"logs.previous"}},
		},
		"died and waits, but the current one is asked for": {
			query: LogQuery{Instance: Current}, pods: []*corev1.Pod{crashed(pod("app"), 0)},
			want: want{streams: []string{"app"}},
		},
		"the previous one is asked for": {
			query: LogQuery{Instance: Previous}, pods: []*corev1.Pod{longAgo},
			want: want{streams: []string{"app (previous)"}},
		},
		"no previous one": {
			query: LogQuery{Instance: Previous}, pods: []*corev1.Pod{pod("app")},
			want: want{failures: []string{`container "app" of pod "web-0" has no previous instance, for it has not been restarted; its current log: kubectl podkit logs web-0 -n shop -c app --previous=false`}},
		},
		"restarted seconds ago": {pods: []*corev1.Pod{restarted}, want: want{streams: []string{"app"}, notes: []string{"logs.restarted"}}},
		"restarted long ago":    {pods: []*corev1.Pod{longAgo}, want: want{streams: []string{"app"}}},
		"ended, not restarted yet: the current log is that of the dead one": {
			pods: []*corev1.Pod{ended}, want: want{streams: []string{"app"}},
		},
		"not started": {
			pods: []*corev1.Pod{unstarted},
			want: want{failures: []string{`container "app" of pod "web-0" has not run yet, so there is no log: Waiting (ContainerCreating); what holds it up: kubectl podkit describe web-0 -n shop`}},
		},
		"not started, but followed": {
			query: LogQuery{PodLogOptions: corev1.PodLogOptions{Follow: true}}, pods: []*corev1.Pod{unstarted},
			want: want{streams: []string{"app"}},
		},
		"an init container fails": {
			pods: []*corev1.Pod{initFails},
			want: want{
				notes:    []string{"container.defaulted"},
				failures: []string{`container "app" of pod "web-0" has not run yet, since its init container "migrate" has not finished: Terminated (Error: exit code 1); why: kubectl podkit logs web-0 -n shop -c migrate`},
			},
		},
		"all containers, one of them not started": {
			query: LogQuery{AllContainers: true}, pods: []*corev1.Pod{initFails},
			want: want{
				streams:  []string{"migrate"},
				failures: []string{`container "app" of pod "web-0" has not run yet, since its init container "migrate" has not finished: Terminated (Error: exit code 1); why: kubectl podkit logs web-0 -n shop -c migrate`},
			},
		},
		"several pods say the same note once": {
			pods: []*corev1.Pod{pod("app", "proxy"), pod("app", "proxy")},
			want: want{streams: []string{"app", "app"}, notes: []string{"container.defaulted"}},
		},
		"one of several pods lacks the container": {
			query: LogQuery{PodLogOptions: corev1.PodLogOptions{Container: "proxy"}}, pods: []*corev1.Pod{pod("app"), pod("app", "proxy")},
			want: want{streams: []string{"proxy"}, failures: []string{`pod "web-0" has no container "proxy"; choose with -c one of: app`}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var pods []corev1.Pod
			for _, p := range test.pods {
				pods = append(pods, *p)
			}
			plan := test.query.Plan(pods, now)
			got := want{notes: ids(plan.Notes)}
			for _, stream := range plan.Streams {
				name := stream.Container
				if stream.Previous {
					name += " (previous)"
				}
				got.streams = append(got.streams, name)
			}
			for _, err := range plan.Failures {
				got.failures = append(got.failures, err.Error())
			}
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPlanTellsHowTheContainerDied(t *testing.T) {
	plan := (&LogQuery{}).Plan([]corev1.Pod{*crashed(pod("app"), 0)}, now)
	want := map[string]any{"Container": "app", "Pod": "web-0", "Death": "exit 3", "Ago": "12s", "State": "CrashLoopBackOff"}
	if diff := cmp.Diff(want, map[string]any(plan.Notes[0].Args)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAPreviousLogIsNotFollowed(t *testing.T) {
	query := LogQuery{PodLogOptions: corev1.PodLogOptions{Follow: true}}
	if query.options(LogStream{Previous: true}).Follow {
		t.Error("the log of an instance that is over is followed")
	}
	if !query.options(LogStream{}).Follow {
		t.Error("the log of the current instance is not followed")
	}
}
