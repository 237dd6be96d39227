package probe

import (
	"cmp"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// How long things count.
const (
	// recently is how long a death is news when the container is ready again.
	recently = 10 * time.Minute
	// patience is how long a container may start within its budget before that is worth a word.
	patience = time.Minute
)

// stage is how far a failing probe has come.
type stage int

const (
	// pending: within the time that a startup probe gives, nothing is wrong yet.
	pending stage = iota
	// failed: its failures count.
	failed
	// stuck: the startup probe's time is over, and the container was not ended.
	stuck
	// killed: it has ended the container.
	killed
)

// failing is a probe that fails.
type failing struct {
	check
	stage      stage
	severity   diagnosis.Severity
	confidence diagnosis.Confidence
	// report is what it met last, nil when no event tells.
	report *report
	// fresh is false when the report may be about an earlier instance or a failure of another sort.
	fresh bool
}

// failings returns the probes of a pod that fail. A pod that is being deleted, that has ended, or whose node does not
// report is left alone.
func failings(k *diagnosis.Case) []failing {
	if !observed(k.Pod) {
		return nil
	}
	var found []failing
	for _, container := range k.Containers {
		for _, c := range checks(container) {
			if f := c.look(k); f != nil {
				found = append(found, *f)
			}
		}
	}
	return found
}

func observed(pod *corev1.Pod) bool {
	phase := pod.Status.Phase
	return pod.DeletionTimestamp == nil && pod.Status.Reason != "NodeLost" && (phase == corev1.PodRunning || phase == corev1.PodPending)
}

func (c check) look(k *diagnosis.Case) *failing {
	if c.kind == readiness {
		return c.unready(k)
	}
	if c.Running() != nil && c.kind == startup && !hasStarted(c.Container) {
		return c.unstarted(k)
	}
	dead := c.dead(k)
	if c.Running() == nil || c.kind != liveness {
		return dead
	}
	unwell := c.unwell(k)
	if dead == nil || unwell == nil {
		return cmp.Or(dead, unwell)
	}
	// It has ended an instance and is about to end this one, too: one story, with the news of the latest failure.
	dead.report, dead.fresh = unwell.report, true
	return dead
}

// hasStarted reports whether a container counts as started; without a startup probe it does as soon as it runs.
func hasStarted(container podstate.Container) bool {
	if started := container.Status.Started; started != nil {
		return *started
	}
	return container.Spec.StartupProbe == nil
}

// unready looks at a readiness probe: status decides that it fails, once its failures are due. A container that is ready
// is never reported, whatever old events say.
func (c check) unready(k *diagnosis.Case) *failing {
	running := c.Running()
	if running == nil || c.Status.Ready || !hasStarted(c.Container) || k.Since(running.StartedAt) < c.due() {
		return nil
	}
	f := &failing{check: c, stage: failed, severity: diagnosis.Error, confidence: diagnosis.Certain}
	f.report = c.latest(k, span{start: running.StartedAt.Time})
	f.fresh = f.report != nil && c.current(k, f.report.event)
	return f
}

// unstarted looks at the startup probe of a container that runs and does not count as started. Within its time that is no
// failure, unless the probe has ended an earlier instance already or can't be run at all.
func (c check) unstarted(k *diagnosis.Case) *failing {
	running := c.Running()
	age := k.Since(running.StartedAt)
	f := &failing{check: c, stage: pending, severity: diagnosis.Info, confidence: diagnosis.Certain}
	f.report = c.latest(k, span{start: running.StartedAt.Time})
	f.fresh = f.report != nil
	sure, _ := c.ended(k)
	switch {
	case age > c.due()+c.grace(k.Pod)+slack:
		f.stage, f.severity = stuck, diagnosis.Error
	case sure > 0:
		f.stage, f.severity, f.confidence = killed, diagnosis.Error, sure
		if f.report == nil {
			f.report = c.latest(k, span{})
		}
	case f.report != nil && f.report.errored, c.misnamed() && age > c.delay()+c.period()+c.timeout():
		f.severity = diagnosis.Error
	case age > c.due():
		f.stage, f.severity = failed, diagnosis.Error
	case age < patience:
		return nil
	}
	return f
}

// unwell looks at the liveness probe of a container that runs, which only an event can tell of. As long as its failures have
// not added up it has done no harm.
func (c check) unwell(k *diagnosis.Case) *failing {
	running := c.Running()
	if k.Since(running.StartedAt) < c.due() {
		return nil
	}
	found := c.latest(k, span{start: running.StartedAt.Time})
	// In the grace period after the last failure the container runs on, and is probed no more.
	killing := c.killing(k)
	ending := killing != nil && casefile.LastSeen(killing).After(running.StartedAt.Time)
	if found == nil || !ending && !c.current(k, found.event) {
		return nil
	}
	return &failing{check: c, stage: failed, severity: diagnosis.Warning, confidence: diagnosis.Certain, report: found, fresh: true}
}

// dead looks at a liveness or startup probe that has ended the last instance.
func (c check) dead(k *diagnosis.Case) *failing {
	sure, life := c.ended(k)
	if sure == 0 {
		return nil
	}
	f := &failing{check: c, stage: killed, severity: diagnosis.Error, confidence: sure}
	if c.Status.Ready {
		f.severity = diagnosis.Warning
	}
	f.report = c.latest(k, life)
	f.fresh = f.report != nil
	if f.report == nil {
		f.report = c.latest(k, span{})
	}
	return f
}
