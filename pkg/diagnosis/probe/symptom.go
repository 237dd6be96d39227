package probe

import (
	"regexp"

	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// symptoms says of each probe that fails that it does.
func symptoms(k *diagnosis.Case) []diagnosis.Finding {
	var found []diagnosis.Finding
	for _, f := range failings(k) {
		args := f.args()
		args["Message"] = f.raw()
		if running := f.Running(); running != nil {
			args["Left"] = duration.HumanDuration(f.budget() - k.Since(running.StartedAt))
			args["Since"] = duration.HumanDuration(k.Since(running.StartedAt))
		}
		found = append(found, diagnosis.Finding{
			ID: string(f.kind) + "-failing", Severity: f.severity, Confidence: f.confidence, Container: f.Name(),
			Form: f.form(), Args: args, Evidence: f.proof(k), Remedies: f.steps(k),
		})
	}
	return found
}

func (f *failing) form() string {
	switch {
	case f.kind == startup && f.stage == pending && f.severity == diagnosis.Error:
		return "errored"
	case f.kind == startup && f.stage == pending:
		return "pending"
	case f.stage == stuck:
		return "stuck"
	case f.kind == liveness && f.stage == failed:
		return "now"
	}
	return ""
}

// frame is what Go's errors put around what happened: the URL, and the ends of the connection.
var frame = regexp.MustCompile(`^Get "[^"]*": |(?:dial|read|write) tcp \S+: `)

// raw is what the kubelet reported in words that no cause accounts for.
func (f *failing) raw() string {
	if f.report == nil || f.misnamed() || f.explained() {
		return ""
	}
	return short(frame.ReplaceAllString(lastLine(f.report.text), ""))
}

// explained reports whether a cause of its own tells what the probe met. As long as nothing is wrong, none does.
func (f *failing) explained() bool { return f.severity > diagnosis.Info && f.classify().id != "" }

// proof is the state that shows that the probe fails, the event, and the probe as it is written.
func (f *failing) proof(k *diagnosis.Case) []diagnosis.Evidence {
	proof := []diagnosis.Evidence{f.state()}
	if killing := f.killing(k); killing != nil && f.stage == killed {
		proof = append(proof, diagnosis.EventOf(killing))
	}
	if f.report != nil && !f.explained() {
		proof = append(proof, diagnosis.EventOf(f.report.event))
	}
	return append(proof, f.written())
}

// state is the part of the container's status that tells of the failure.
func (f *failing) state() diagnosis.Evidence {
	switch {
	case f.stage == killed:
		return diagnosis.DeathOf(f.Container)
	case f.kind == readiness:
		return statusOf(f.Container, "ready", "false")
	case f.kind == startup:
		return statusOf(f.Container, "started", "false")
	}
	return diagnosis.EventOf(f.report.event)
}

func statusOf(container podstate.Container, field, value string) diagnosis.Evidence {
	list := "status.containerStatuses["
	if container.Role != podstate.Main {
		list = "status.initContainerStatuses["
	}
	return diagnosis.Evidence{Source: diagnosis.Status, Container: container.Name(), Field: list + container.Name() + "]." + field, Value: value}
}

// written is the probe in the spec: what it asks, and when.
func (c check) written() diagnosis.Evidence {
	evidence := diagnosis.SpecOf(c.Container, c.field(), c.target())
	evidence.Says = "evidence.probe-schedule"
	evidence.Args = message.Args{
		"Delay": duration.HumanDuration(c.delay()), "Period": duration.HumanDuration(c.period()),
		"Timeout": duration.HumanDuration(c.timeout()), "Threshold": c.threshold(),
	}
	return evidence
}
