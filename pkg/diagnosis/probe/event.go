package probe

import (
	"regexp"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// slack is how far the times of an event and of a status may lie apart: both are cut to seconds, by different parts.
const slack = 2 * time.Second

// The kubelet lets 25 events about one pod through, and then one in five minutes (client-go tools/record/events_cache.go,
// defaultSpamBurst and defaultSpamQPS): from then on an old event is no sign that a probe passes again.
const (
	burst  = 25
	refill = 5 * time.Minute
)

// told is the message of an Unhealthy event (kubernetes pkg/kubelet/prober/prober.go, probe): "Readiness probe failed: " or
// "Readiness probe errored and resulted in unknown state: ", the latter shorter in old kubelets. Of many messages that
// differ, the client sums up the later ones (client-go tools/record/events_cache.go, EventAggregatorByReasonMessageFunc).
var told = regexp.MustCompile(
	`(?s)^(?:\(combined from similar events\): )?(Readiness|Liveness|Startup) probe (failed|errored)(?: and resulted in \w+ state)?: ?(.*)$`)

// report is what the kubelet told of a failed probe.
type report struct {
	event *corev1.Event
	// errored is true when the probe could not be run; the kubelet then counts neither a success nor a failure.
	errored bool
	text    string
}

// span is the life of an instance of a container; the end is zero while it runs.
type span struct{ start, end time.Time }

// overlaps reports whether an event, which may stand for many alike, can have happened within the span.
func (s span) overlaps(event *corev1.Event) bool {
	if casefile.LastSeen(event).Before(s.start.Truncate(time.Second)) {
		return false
	}
	return s.end.IsZero() || !casefile.FirstSeen(event).After(s.end.Add(slack))
}

// latest returns what the probe met last within a span, or nil. Of the failures that add up it is the one that was met most
// often: a busy node now and then makes a time-out of what is otherwise a refusal.
func (c check) latest(k *diagnosis.Case, within span) *report {
	var best *report
	var newest time.Time
	events := k.ContainerEvents(c.Name(), "Unhealthy").Value
	for i := len(events) - 1; i >= 0; i-- {
		found := c.read(&events[i])
		if found == nil || !within.overlaps(found.event) {
			continue
		}
		if best == nil {
			best, newest = found, casefile.LastSeen(found.event)
		}
		together := newest.Sub(casefile.LastSeen(found.event)) < c.period()*time.Duration(c.threshold())
		if together && casefile.Times(found.event) > casefile.Times(best.event) {
			best = found
		}
	}
	return best
}

// read returns what an event tells of the probe, nil when it is about another one.
func (c check) read(event *corev1.Event) *report {
	parts := told.FindStringSubmatch(event.Message)
	if parts == nil || !strings.EqualFold(parts[1], string(c.kind)) {
		return nil
	}
	return &report{event: event, errored: parts[2] == "errored", text: strings.TrimSpace(parts[3])}
}

// killing returns the kubelet's newest event that the probe ended the container, or nil. Its message was longer in old
// kubelets, and has always had these words.
func (c check) killing(k *diagnosis.Case) *corev1.Event {
	events := k.ContainerEvents(c.Name(), "Killing").Value
	for i := len(events) - 1; i >= 0; i-- {
		if strings.Contains(events[i].Message, "failed "+string(c.kind)+" probe") {
			return &events[i]
		}
	}
	return nil
}

// throttled reports whether the pod has had so many events that the kubelet drops some.
func throttled(k *diagnosis.Case) bool {
	total := 0
	for _, event := range k.Events().Value {
		total += casefile.Times(&event)
	}
	return total >= burst
}

// current reports whether a failure is that of the latest probe: had it passed since, nothing would tell; had it failed
// again, there would be a newer event, unless the kubelet drops them.
func (c check) current(k *diagnosis.Case, event *corev1.Event) bool {
	next := c.period() + c.timeout() + slack
	if !throttled(k) {
		return k.Now().Sub(casefile.LastSeen(event)) <= next
	}
	next += refill
	if c.kind == liveness {
		// One that goes on failing ends the container, so that its failures can't be older than this.
		next = min(next, c.due()+slack)
	}
	return k.Now().Sub(casefile.LastSeen(event)) <= next
}
