package crash

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

func checkProbeKill(c *diagnosis.Case) []diagnosis.Finding {
	var findings []diagnosis.Finding
	for _, d := range deaths(c) {
		switch manner := d.manner(c); manner.kind {
		case liveness:
			findings = append(findings, d.byProbe(c, manner, "liveness-killed", "livenessProbe", d.Spec.LivenessProbe))
		case startup:
			findings = append(findings, d.byProbe(c, manner, "startup-killed", "startupProbe", d.Spec.StartupProbe))
		}
	}
	return findings
}

// byProbe tells of a kill after a probe's failure. The probe is nil when it has been taken out of the spec since.
func (d death) byProbe(c *diagnosis.Case, how manner, id, field string, probe *corev1.Probe) diagnosis.Finding {
	finding := d.finding(c, id, how.confidence)
	if how.confidence != diagnosis.Certain {
		finding.Form = "likely"
	}
	finding.Args["Probe"], finding.Args["Times"], finding.Args["Budget"] = "", int32(0), ""
	if probe != nil {
		finding.Args["Probe"], finding.Args["Times"] = podstate.Target(probe), threshold(probe)
		finding.Args["Budget"] = duration.HumanDuration(budget(probe))
		timing := diagnosis.SpecOf(d.Container, field, podstate.Target(probe))
		timing.Says, timing.Args = "evidence.crash-probe-timing", message.Args{
			"Delay": probe.InitialDelaySeconds, "Period": duration.HumanDuration(period(probe)), "Times": threshold(probe),
		}
		finding.Evidence = append(finding.Evidence, timing)
	}
	for i := range how.events {
		finding.Evidence = append(finding.Evidence, diagnosis.EventOf(&how.events[i]))
	}
	finding.Remedies = []diagnosis.Remedy{
		c.Look("remedy.crash-see-pod-events", message.Args{"Pod": c.Pod.Name}, "events --for pod/%s", c.Pod.Name),
		c.SeeLog(d.Name()),
		d.adjustProbe(c, id),
	}
	return finding
}

func (d death) adjustProbe(c *diagnosis.Case, id string) diagnosis.Remedy {
	edit := c.EditWorkload()
	edit.ID = "remedy.crash-adjust-liveness"
	if id == "startup-killed" {
		edit.ID = "remedy.crash-adjust-startup"
	}
	edit.Args = message.Args{"Container": d.Name(), "Workload": c.Workload().String()}
	return edit
}
