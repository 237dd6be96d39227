package diagnosis_test

import (
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// changed returns a pod with a change.
func changed(pod corev1.Pod, change func(*corev1.Pod)) corev1.Pod {
	change(&pod)
	return pod
}

func completed(pod *corev1.Pod) {
	pod.Spec.RestartPolicy = corev1.RestartPolicyNever
	pod.Status.Phase = corev1.PodSucceeded
	pod.Status.Conditions[0].Status, pod.Status.Conditions[0].Reason = corev1.ConditionFalse, "PodCompleted"
	pod.Status.ContainerStatuses[0].Ready = false
	pod.Status.ContainerStatuses[0].State = corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{Reason: "Completed", FinishedAt: ago(time.Hour)}}
}

// creating makes a pod of some age that has not started.
func creating(age time.Duration) func(*corev1.Pod) {
	return func(pod *corev1.Pod) {
		pod.CreationTimestamp = ago(age)
		pod.Status.Phase = corev1.PodPending
		pod.Status.Conditions = []corev1.PodCondition{
			{Type: corev1.PodScheduled, Status: corev1.ConditionTrue, LastTransitionTime: ago(age)},
			{Type: corev1.PodReady, Status: corev1.ConditionFalse, LastTransitionTime: ago(age)},
		}
		pod.Status.ContainerStatuses[0] = corev1.ContainerStatus{
			Name: "app", State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "ContainerCreating"}},
		}
	}
}

func restarted(pod *corev1.Pod) { pod.Status.ContainerStatuses[0].RestartCount = 1 }

// lately restarts a container a minute ago.
func lately(pod *corev1.Pod) {
	pod.Status.ContainerStatuses[0].RestartCount = 1
	pod.Status.ContainerStatuses[0].LastTerminationState = crashing("a", 7).Status.ContainerStatuses[0].LastTerminationState
}

func lost(pod *corev1.Pod) {
	pod.Status.Conditions[0].Status = corev1.ConditionFalse // MarkPodsNotReady changes this alone.
}

func TestVerdicts(t *testing.T) {
	tests := map[string]struct {
		pod   corev1.Pod
		rules []diagnosis.Rule
		want  diagnosis.Verdict
		asked bool
	}{
		"ready":                              {healthy("a"), nil, diagnosis.Healthy, false},
		"a completed job":                    {changed(healthy("a"), completed), nil, diagnosis.Healthy, false},
		"completed after a restart":          {changed(changed(healthy("a"), restarted), completed), nil, diagnosis.Healthy, false},
		"restarted once, long ago":           {changed(healthy("a"), restarted), nil, diagnosis.Healthy, true},
		"restarted lately":                   {changed(healthy("a"), lately), nil, diagnosis.Degraded, true},
		"so, with a remark":                  {changed(healthy("a"), lately), []diagnosis.Rule{finding("x", "app", info, certain)}, diagnosis.Degraded, true},
		"three seconds old":                  {changed(healthy("a"), creating(3*time.Second)), nil, diagnosis.Progressing, true},
		"young, with a remark":               {changed(healthy("a"), creating(3*time.Second)), []diagnosis.Rule{finding("x", "", info, certain)}, diagnosis.Progressing, true},
		"young, with a warning":              {changed(healthy("a"), creating(3*time.Second)), []diagnosis.Rule{finding("x", "", warning, certain)}, diagnosis.Progressing, true},
		"young, with what can't pass":        {changed(healthy("a"), creating(3*time.Second)), []diagnosis.Rule{finding("x", "", severe, likely)}, diagnosis.Failing, true},
		"too old for that":                   {changed(healthy("a"), creating(time.Hour)), nil, diagnosis.Failing, true},
		"crashing":                           {crashing("a", 1), nil, diagnosis.Failing, true},
		"crashing, and only a warning found": {crashing("a", 1), []diagnosis.Rule{finding("x", "app", warning, certain)}, diagnosis.Failing, true},
		"slow, and a remark says why":        {changed(healthy("a"), creating(time.Hour)), []diagnosis.Rule{finding("x", "app", info, certain)}, diagnosis.Progressing, true},
		"no node":                            {unschedulable(), nil, diagnosis.Failing, true},
		"evicted":                            {evicted(), nil, diagnosis.Failing, true},
		"ready, with a warning":              {changed(healthy("a"), restarted), []diagnosis.Rule{finding("x", "app", warning, certain)}, diagnosis.Degraded, true},
		"ready, with an error":               {changed(healthy("a"), restarted), []diagnosis.Rule{finding("x", "app", severe, certain)}, diagnosis.Degraded, true},
		"ready, with a remark":               {changed(healthy("a"), restarted), []diagnosis.Rule{finding("x", "app", info, certain)}, diagnosis.Healthy, true},
		"on a node that is silent":           {changed(healthy("a"), lost), []diagnosis.Rule{finding("x", "", severe, certain)}, diagnosis.Undecided, true},
		"unknown phase":                      {changed(healthy("a"), func(p *corev1.Pod) { p.Status.Phase = corev1.PodUnknown }), nil, diagnosis.Undecided, false},
		"node lost": {changed(healthy("a"), func(p *corev1.Pod) {
			p.Status.Reason = "NodeLost"
			deleted := ago(time.Hour)
			p.DeletionTimestamp = &deleted
		}), nil, diagnosis.Undecided, true},
		"going away in time": {changed(healthy("a"), func(p *corev1.Pod) {
			later := ago(-20 * time.Second)
			p.DeletionTimestamp = &later
		}), nil, diagnosis.Progressing, true},
		"to be evicted soon": {changed(healthy("a"), func(p *corev1.Pod) {
			p.Status.Conditions = append(p.Status.Conditions, corev1.PodCondition{Type: corev1.DisruptionTarget, Status: corev1.ConditionTrue})
		}), nil, diagnosis.Degraded, true},
		"once to be evicted": {changed(healthy("a"), func(p *corev1.Pod) {
			p.Status.Conditions = append(p.Status.Conditions, corev1.PodCondition{Type: corev1.DisruptionTarget, Status: corev1.ConditionFalse})
		}), nil, diagnosis.Healthy, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			looked := false
			watch := toy(func(*diagnosis.Case) []diagnosis.Finding { looked = true; return nil })
			target := diagnose(t, &library{}, []corev1.Pod{test.pod}, append(test.rules, watch)...).Targets[0]
			if target.Verdict != test.want {
				t.Errorf("got %s, want %s: %v", target.Verdict, test.want, ids(target.Findings))
			}
			if looked != test.asked {
				t.Errorf("the rules looked: %v, want %v", looked, test.asked)
			}
		})
	}
}
