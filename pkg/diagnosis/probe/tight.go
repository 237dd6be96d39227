package probe

import (
	"regexp"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// tooTight finds probes that leave a container too little time: to start, or to answer.
func tooTight(k *diagnosis.Case) []diagnosis.Finding {
	var found []diagnosis.Finding
	told := map[string]bool{}
	for _, f := range failings(k) {
		if told[f.Name()] {
			continue
		}
		finding, ok := f.tooEarly(k)
		if !ok {
			finding, ok = f.tooShort(k)
		}
		if ok {
			told[f.Name()] = true
			found = append(found, finding)
		}
	}
	return found
}

// again is after how many restarts a container that always ends at the same time no longer does so by chance.
const again = 2

// tooEarly finds a container that the probe ends again and again as soon as its failures add up, and that has not
// listened until then. Whether it would listen later, only its log may tell.
func (f *failing) tooEarly(k *diagnosis.Case) (diagnosis.Finding, bool) {
	died := f.LastDeath()
	if f.stage != killed || died == nil || f.Status.RestartCount < again || !f.refused() || f.undeclared(k) {
		return diagnosis.Finding{}, false
	}
	if f.kind == liveness && f.Spec.StartupProbe != nil || !f.atBudget(k.Pod, span{died.StartedAt.Time, died.FinishedAt.Time}) {
		return diagnosis.Finding{}, false
	}
	args := f.args()
	args["Lasted"] = duration.HumanDuration(died.FinishedAt.Sub(died.StartedAt.Time))
	finding := diagnosis.Finding{
		ID: "probe-too-tight", Severity: f.severity, Confidence: min(f.confidence, diagnosis.Possible), Container: f.Name(), Args: args,
		Evidence: []diagnosis.Evidence{diagnosis.DeathOf(f.Container), f.written()},
		Remedies: []diagnosis.Remedy{k.SeeLog(f.Name()), f.giveTime(k)},
	}
	if answer := k.DeathLog(f.Name()); answer.State == casefile.Known {
		return f.asLogged(k, finding, answer.Value, died)
	}
	return finding, true
}

// Words with which apps say that they serve now, and words with which they say that something went wrong.
var (
	serves = regexp.MustCompile(`(?i)\b(?:listening|serving|started .*\bin [\d.]+ ?m?s(?:ec(?:onds)?)?\b|ready to (?:accept|serve|handle)|` +
		`(?:server|application) (?:has )?(?:started|is ready|is running|startup complete))\b`)
	troubles = regexp.MustCompile(`(?i)\b(?:error|fatal|exception|panic|traceback|failed|refused)\b`)
)

// asLogged weighs what the container wrote before it was ended. One that said early that it serves was not ended for
// starting slowly; one that said so late, or was at work without an error, was. One that wrote nothing or complained shows
// no start that only takes long.
func (f *failing) asLogged(
	k *diagnosis.Case, finding diagnosis.Finding, log diagnosis.DeathLog, died *corev1.ContainerStateTerminated,
) (diagnosis.Finding, bool) {
	wrong, start := false, died.StartedAt.Time
	if !k.Own(log) && len(log.Lines) > 0 {
		start = log.Lines[0].At // That of a replica, which started at another time.
	}
	for i, line := range log.Lines {
		wrong = wrong || troubles.MatchString(line.Text)
		if !serves.MatchString(line.Text) || line.At.IsZero() {
			continue
		}
		took := line.At.Sub(start)
		if took < f.soonest()/2 {
			return diagnosis.Finding{}, false
		}
		finding.Form, finding.Args["Took"] = "shown", duration.HumanDuration(took.Round(time.Second))
		finding.Confidence = min(f.confidence, diagnosis.Likely)
		finding.Evidence = append(finding.Evidence, diagnosis.LineOf(log, i, line.Text))
		return finding, true
	}
	if log.Broken != "" && !wrong {
		return finding, true // Whether it complained or served in the end nobody knows.
	}
	last := len(log.Lines) - 1
	if last < 0 || wrong {
		return diagnosis.Finding{}, false
	}
	finding.Confidence = min(f.confidence, diagnosis.Likely)
	finding.Evidence = append(finding.Evidence, diagnosis.LineOf(log, last, log.Lines[last].Text))
	return finding, true
}

// tooShort finds a container that has passed the probe before, and now takes longer than the default time-out. It is a hint
// beside probe-timeout: the container may as well hang.
func (f *failing) tooShort(k *diagnosis.Case) (diagnosis.Finding, bool) {
	if f.classify().id != "probe-timeout" || f.timeout() > time.Second || !f.hasPassed(k) {
		return diagnosis.Finding{}, false
	}
	return diagnosis.Finding{
		ID: "probe-too-tight", Severity: diagnosis.Info, Confidence: diagnosis.Possible, Container: f.Name(), Form: "timeout", Args: f.args(),
		Evidence: []diagnosis.Evidence{f.written(), diagnosis.EventOf(f.report.event)},
		Remedies: []diagnosis.Remedy{f.setTimeout(k)},
	}, true
}

// hasPassed reports whether the instance that fails has passed the probe before: it became unready long after its start, or
// has lived longer than it could without passing.
func (f *failing) hasPassed(k *diagnosis.Case) bool {
	lived := time.Duration(0)
	switch running, died := f.Running(), f.LastDeath(); {
	case f.stage == killed && died != nil:
		lived = died.FinishedAt.Sub(died.StartedAt.Time)
	case running == nil:
	case f.kind == readiness:
		for _, condition := range k.Pod.Status.Conditions {
			if condition.Type == corev1.ContainersReady {
				lived = condition.LastTransitionTime.Sub(running.StartedAt.Time)
			}
		}
	default:
		lived = k.Since(running.StartedAt)
	}
	return lived > f.due()+f.grace(k.Pod)+f.period()
}
