package crash

import (
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

const (
	// slack is how far the times of the kubelet and of the runtime may lie apart; both are told in whole seconds.
	slack = 2 * time.Second
	// eventsLast is how long the API server keeps events unless it is told otherwise (--event-ttl).
	eventsLast = time.Hour
)

// during reports whether something that happened at a moment happened to the instance that died.
func (d death) during(at time.Time) bool {
	return !at.Before(d.died.StartedAt.Time) && !at.After(d.died.FinishedAt.Add(slack))
}

// seenKilled reads the kubelet's word for a kill. It writes "Container web failed liveness probe, will be restarted" and
// "Init container proxy failed startup probe" (pkg/kubelet/kuberuntime, computePodActions, computeInitContainerActions).
// An event of the instance itself is proof; one that was seen before and after it makes it likely, as the kubelet adds up
// events of the same words, and the instance that runs now may be the last one it counted.
func (d death) seenKilled(events []corev1.Event) manner {
	for _, event := range slices.Backward(events) {
		if event.Reason != "Unhealthy" && d.during(casefile.LastSeen(&event)) {
			return manner{d.killer(&event), diagnosis.Certain, d.evidence(events, &event)}
		}
	}
	for _, event := range slices.Backward(events) {
		spans := !casefile.FirstSeen(&event).After(d.died.FinishedAt.Time) && casefile.LastSeen(&event).After(d.died.FinishedAt.Time)
		if event.Reason == "Killing" && spans && d.byKubelet() {
			return manner{d.killer(&event), diagnosis.Likely, d.evidence(events, &event)}
		}
	}
	return manner{}
}

func (d death) killer(event *corev1.Event) kind {
	switch {
	case strings.Contains(event.Message, "failed liveness probe"):
		return liveness
	case strings.Contains(event.Message, "failed startup probe"):
		return startup
	}
	return asked
}

// byKubelet reports whether the exit code is that of a process that a kubelet's signal ended.
func (d death) byKubelet() bool {
	_, name := podstate.Signal(d.died)
	return sentByOthers(name)
}

// evidence adds to a kill the last probe failure that led to it.
func (d death) evidence(events []corev1.Event, kill *corev1.Event) []corev1.Event {
	if unhealthy := d.unhealthy(events, wordOf(d.killer(kill))); unhealthy != nil {
		return []corev1.Event{*kill, *unhealthy}
	}
	return []corev1.Event{*kill}
}

// unhealthy returns the last failure of a probe while the instance ran. The kubelet begins the message with the probe's
// name (pkg/kubelet/prober/prober.go, recordContainerEvent).
func (d death) unhealthy(events []corev1.Event, word string) *corev1.Event {
	for _, event := range slices.Backward(events) {
		if event.Reason == "Unhealthy" && word != "" && strings.HasPrefix(event.Message, word) && !casefile.LastSeen(&event).Before(d.died.StartedAt.Time) {
			return &event
		}
	}
	return nil
}

func wordOf(k kind) string {
	switch k {
	case liveness:
		return "Liveness"
	case startup:
		return "Startup"
	}
	return ""
}

// disproved reports whether events were read that would tell of a probe's failure, had there been one. Those of an earlier
// instance leave it open: of a pod that has many events the kubelet drops the later ones (client-go
// tools/record/events_cache.go, EventSourceObjectSpamFilter).
func (d death) disproved(c *diagnosis.Case, events []corev1.Event) bool {
	return c.Since(d.died.FinishedAt) < eventsLast && !slices.ContainsFunc(events, func(event corev1.Event) bool {
		return d.killer(&event) != asked || strings.HasPrefix(event.Message, "Liveness") || strings.HasPrefix(event.Message, "Startup")
	})
}

// guessed tells from the status alone whether a probe was the killer: the signal is one that the kubelet sends, the
// container has a probe, and it lived long enough for it to fail. Until the startup probe has passed no other is run, so
// a container that lived no longer than its budget did not pass it.
func (d death) guessed(events []corev1.Event) manner {
	if !d.byKubelet() {
		return manner{}
	}
	lived, known := lifetime(d.died)
	guess := manner{confidence: diagnosis.Likely}
	if !known {
		guess.confidence = diagnosis.Possible
	}
	switch probe := d.Spec.StartupProbe; {
	case d.outlived(probe) && (d.Spec.LivenessProbe == nil || lived <= budget(probe)+d.grace(probe)+slack):
		guess.kind = startup
	case d.outlived(d.Spec.LivenessProbe):
		guess.kind = liveness
	default:
		return manner{}
	}
	for _, event := range slices.Backward(events) {
		if event.Reason == "Unhealthy" && strings.HasPrefix(event.Message, wordOf(guess.kind)) {
			guess.events = []corev1.Event{event}
			break
		}
	}
	return guess
}
