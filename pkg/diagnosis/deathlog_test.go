package diagnosis_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// reads is a rule that reads the log of whatever died in the container app, and says whose it was.
func reads() diagnosis.Rule {
	cause := diagnosis.Cause{ID: "read", Severity: diagnosis.Error}
	return toy(func(c *diagnosis.Case) []diagnosis.Finding {
		answer := c.DeathLog("app")
		text := answer.State.String()
		if answer.State == casefile.Known {
			text = fmt.Sprintf("%s own=%v previous=%v %d lines", answer.Value.Pod, c.Own(answer.Value), answer.Value.Previous, len(answer.Value.Lines))
		}
		return []diagnosis.Finding{{ID: cause.ID, Confidence: diagnosis.Certain, Container: "app", Form: text}}
	}, cause)
}

func lines(texts ...string) casefile.Log {
	log := casefile.Log{}
	for i, text := range texts {
		log.Lines = append(log.Lines, casefile.LogLine{At: now.Add(-2*time.Minute + time.Duration(i)*time.Second), Text: text})
	}
	return log
}

func told(found *diagnosis.Diagnosis) []string {
	var all []string
	for i := range found.Targets {
		for _, finding := range found.Targets[i].Findings {
			all = append(all, found.Targets[i].Pod.Name+": "+finding.Form)
		}
	}
	return all
}

// TestReplicasThatDiedAlikeShareOneLog: of 40 replicas one log is read; who died otherwise, or elsewhere, has its own.
func TestReplicasThatDiedAlikeShareOneLog(t *testing.T) {
	l := &library{logs: map[string]casefile.Log{
		"web-0 app previous": lines("a", "b"), "web-2 app previous": lines("c"), "api-0 app previous": lines(), "bare app previous": lines(),
	}}
	alike := func(name string) corev1.Pod { return owned(crashing(name, 1), "ReplicaSet", "web-1") }
	otherwise := owned(crashing("web-2", 137), "ReplicaSet", "web-1")
	pods := []corev1.Pod{
		alike("web-0"), alike("web-1"), otherwise, alike("web-3"),
		owned(crashing("api-0", 1), "ReplicaSet", "api-1"), crashing("bare", 1),
	}
	newer := alike("web-4")
	newer.Spec.Containers[0].Image = "web:2"
	pods = append(pods, newer)
	found := diagnose(t, l, pods, reads())
	want := []string{
		"api-0: api-0 own=true previous=true 0 lines",
		"bare: bare own=true previous=true 0 lines",
		"web-0: web-0 own=true previous=true 2 lines",
		"web-1: web-0 own=false previous=true 2 lines",
		"web-2: web-2 own=true previous=true 1 lines",
		"web-3: web-0 own=false previous=true 2 lines",
		"web-4: Absent",
	}
	if diff := cmp.Diff(want, told(found)); diff != "" {
		t.Errorf("logs (-want +got):\n%s", diff)
	}
	logs := slices.DeleteFunc(l.requests(), func(request string) bool { return request[:3] != "log" })
	wantLogs := []string{
		"log api-0 app previous", "log bare app previous", "log web-0 app previous", "log web-2 app previous", "log web-4 app previous",
	}
	if diff := cmp.Diff(wantLogs, logs); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

// TestLogsHaveABudget: of 100 pods that nobody owns, 60 logs are read; the rest is not asked for in later rounds either.
func TestLogsHaveABudget(t *testing.T) {
	l := &library{}
	var pods []corev1.Pod
	for i := range 100 {
		pods = append(pods, crashing(fmt.Sprintf("bare-%02d", i), 1))
	}
	later := asks(func(c *diagnosis.Case) {
		if c.ConfigMap("a").State != casefile.NotYet {
			c.ConfigMap("b")
		}
	})
	found := diagnose(t, l, pods, reads(), later)
	if got := len(l.requests()); got != 62 || found.Rounds != 2 {
		t.Errorf("%d requests in %d rounds, want 60 logs and 2 ConfigMaps in 2", got, found.Rounds)
	}
	notYet := 0
	for _, text := range told(found) {
		if text[len("bare-00: "):] == "NotYet" {
			notYet++
		}
	}
	if notYet != 40 {
		t.Errorf("%d logs are NotYet, want 40", notYet)
	}
}

// TestTheLogIsThatOfTheDeath: a container that is down has it as its newest one, one that waits or runs again as the
// previous one. What the previous log holds is all of a dead instance, though the runtime noted it late; in the newest one, what
// was written after the death is a later instance's.
func TestTheLogIsThatOfTheDeath(t *testing.T) {
	down := crashing("down", 1)
	down.Status.ContainerStatuses[0].State = corev1.ContainerState{Terminated: down.Status.ContainerStatuses[0].LastTerminationState.Terminated}
	down.Spec.RestartPolicy = corev1.RestartPolicyAlways
	later := crashing("later", 1)
	log := lines("before", "at the end")
	log.Lines = append(log.Lines,
		casefile.LogLine{At: now.Add(-time.Minute + 2*time.Second), Text: "noted two seconds late"},
		casefile.LogLine{At: now.Add(-time.Minute + 3*time.Second), Text: "three seconds late, or by the next instance"},
		casefile.LogLine{Text: "without a time"})
	unhurt := healthy("unhurt")
	unhurt.Status.ContainerStatuses[0].RestartCount = 1 // Its death is not told.
	l := &library{
		logs:   map[string]casefile.Log{"down app": log, "later app previous": log},
		refuse: map[string]casefile.State{"log refused app previous": casefile.Denied},
	}
	found := diagnose(t, l, []corev1.Pod{down, later, crashing("none", 1), crashing("refused", 1), unhurt}, reads())
	want := []string{
		"down: down own=true previous=false 4 lines",
		"later: later own=true previous=true 5 lines",
		"none: Absent",
		"refused: Denied",
		"unhurt: Absent",
	}
	if diff := cmp.Diff(want, told(found)); diff != "" {
		t.Errorf("logs (-want +got):\n%s", diff)
	}
	if len(log.Lines) != 5 || log.Lines[3].Text != "three seconds late, or by the next instance" {
		t.Errorf("the file's own log was changed: %v", log.Lines)
	}
	if len(found.Unknowns) != 1 || found.Unknowns[0].Name != "refused" || found.Unknowns[0].Container != "app" || !found.Unknowns[0].Previous {
		t.Errorf("unknowns: %+v", found.Unknowns)
	}
}

func TestALogOfNoContainer(t *testing.T) {
	rule := asks(func(c *diagnosis.Case) {
		if got := c.DeathLog("other").State; got != casefile.Absent {
			t.Errorf("the log of a container that the pod does not have is %v", got)
		}
	})
	l := &library{}
	diagnose(t, l, []corev1.Pod{crashing("web-0", 1)}, rule)
	if got := l.requests(); len(got) != 0 {
		t.Errorf("it was asked for: %v", got)
	}
}

// TestALogThatMovedOn: a container that was down when its pod was read runs again when its log is; the dead instance's log
// is the previous one then. Where there is none, or where it is never started again, no later one was, and what was noted late is
// its own.
func TestALogThatMovedOn(t *testing.T) {
	later := casefile.Log{Lines: []casefile.LogLine{{At: now.Add(-10 * time.Second), Text: "by the next instance"}}}
	down := func(name string, policy corev1.RestartPolicy) corev1.Pod {
		pod := crashing(name, 1)
		pod.Spec.RestartPolicy = policy
		pod.Status.ContainerStatuses[0].State = corev1.ContainerState{Terminated: pod.Status.ContainerStatuses[0].LastTerminationState.Terminated}
		return pod
	}
	l := &library{logs: map[string]casefile.Log{
		"moved app": later, "moved app previous": lines("a", "b"), "silent app": {}, "silent app previous": lines("c"),
		"gone app": later, "once app": later, "once app previous": lines("d"),
	}}
	found := diagnose(t, l, []corev1.Pod{
		down("moved", corev1.RestartPolicyAlways), down("silent", corev1.RestartPolicyOnFailure),
		down("gone", corev1.RestartPolicyAlways), down("once", corev1.RestartPolicyNever),
	}, reads())
	want := []string{
		"gone: gone own=true previous=false 1 lines",
		"moved: moved own=true previous=true 2 lines",
		"once: once own=true previous=false 1 lines",
		"silent: silent own=true previous=true 1 lines",
	}
	if diff := cmp.Diff(want, told(found)); diff != "" {
		t.Errorf("logs (-want +got):\n%s", diff)
	}
}

// TestALogThatIsGone: a container that had just been started again when its pod was read died once more, and the kubelet
// removed the instance before; the newest log tells of the newer death. That of one that has run for long does not.
func TestALogThatIsGone(t *testing.T) {
	running := func(name string, since time.Duration) corev1.Pod {
		pod := crashing(name, 1)
		pod.Status.ContainerStatuses[0].State = corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: ago(since)}}
		return pod
	}
	newer := casefile.Log{Lines: []casefile.LogLine{{At: now.Add(time.Second), Text: "by the newer one"}}}
	l := &library{
		logs: map[string]casefile.Log{"young app": newer, "waits app": newer, "old app": newer, "silent app": {}},
		lost: []string{"young app previous", "waits app previous", "old app previous", "silent app previous", "dead app previous", "dead app"},
	}
	found := diagnose(t, l, []corev1.Pod{
		running("young", time.Second), crashing("waits", 1), running("old", time.Minute), running("silent", time.Second), running("dead", time.Second),
	}, reads())
	want := []string{
		"dead: Failed", "old: Failed", "silent: Failed",
		"waits: waits own=true previous=false 1 lines", "young: young own=true previous=false 1 lines",
	}
	if diff := cmp.Diff(want, told(found)); diff != "" {
		t.Errorf("logs (-want +got):\n%s", diff)
	}
	if slices.Contains(l.requests(), "log old app") {
		t.Error("the log of an instance that runs was asked for")
	}
}
