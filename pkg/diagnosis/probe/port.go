package probe

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// mismatches finds probes that ask a port by a name which no port of the container has, and probes that are refused on a
// port that the pod does not declare, though the container declares others.
func mismatches(k *diagnosis.Case) []diagnosis.Finding {
	if !observed(k.Pod) {
		return nil
	}
	failing := failings(k)
	var found []diagnosis.Finding
	for _, container := range k.Containers {
		if finding, ok := misnamedPort(k, container); ok {
			found = append(found, finding)
		} else if finding, ok := undeclaredPort(k, container, failing); ok {
			found = append(found, finding)
		}
	}
	return found
}

// misnamed reports whether the probe asks a port by a name that the container does not declare.
func (c check) misnamed() bool {
	_, asks := c.asked()
	_, known := c.port()
	return asks && !known
}

// misnamedPort finds the probes of a container whose port has no such name. The kubelet can't run them, and takes that for
// neither success nor failure: a readiness or startup probe never passes, a liveness probe never ends anything.
func misnamedPort(k *diagnosis.Case, container podstate.Container) (diagnosis.Finding, bool) {
	var wrong []check
	severity := diagnosis.Warning
	for _, c := range checks(container) {
		running := container.Running()
		if !c.misnamed() || running == nil || k.Since(running.StartedAt) < c.delay()+c.period()+c.timeout() {
			continue
		}
		if c.kind == readiness && container.Status.Ready || c.kind == startup && hasStarted(container) {
			continue
		}
		if c.kind != liveness {
			severity = diagnosis.Error
		}
		wrong = append(wrong, c)
	}
	if len(wrong) == 0 {
		return diagnosis.Finding{}, false
	}
	first := wrong[0]
	port, _ := first.asked()
	nearest := diagnosis.Nearest(port.StrVal, portNames(container))
	args := first.args()
	args["Asked"], args["Declared"], args["Nearest"], args["Kinds"] = port.StrVal, declared(container), nearest, ""
	finding := diagnosis.Finding{
		ID: "probe-port-mismatch", Severity: severity, Confidence: diagnosis.Certain, Container: container.Name(), Form: "name", Args: args,
	}
	var kinds []string
	for _, c := range wrong {
		if other, _ := c.asked(); other == port {
			kinds = append(kinds, string(c.kind))
		}
		finding.Evidence = append(finding.Evidence, c.written())
		finding.Remedies = append(finding.Remedies, c.setPort(k, nearest))
		if found := c.latest(k, span{start: container.Running().StartedAt.Time}); found != nil {
			finding.Evidence = append(finding.Evidence, diagnosis.EventOf(found.event))
		}
	}
	args["Kinds"] = strings.Join(kinds, "/")
	finding.Evidence = append(finding.Evidence, diagnosis.SpecOf(container, "ports", declared(container)))
	return finding, true
}

// undeclaredPort finds the probes of a container that are refused on a port that nobody declares. Declared ports only inform,
// so that it is likely and not certain.
func undeclaredPort(k *diagnosis.Case, container podstate.Container, all []failing) (diagnosis.Finding, bool) {
	wrong := slices.DeleteFunc(slices.Clone(all), func(f failing) bool {
		return f.Name() != container.Name() || !f.refused() || !f.undeclared(k)
	})
	if len(wrong) == 0 {
		return diagnosis.Finding{}, false
	}
	slices.SortStableFunc(wrong, func(a, b failing) int { return cmp.Compare(b.severity, a.severity) })
	first := wrong[0]
	port, _ := first.port()
	nearest := nearestPort(port, container)
	args := first.args()
	args["Declared"] = declared(container)
	finding := diagnosis.Finding{
		ID: "probe-port-mismatch", Severity: first.severity, Confidence: min(first.confidence, diagnosis.Likely), Container: container.Name(), Args: args,
	}
	finding.Remedies = []diagnosis.Remedy{first.ask(k, nearest, "remedy.probe-reach")}
	var kinds []string
	for _, f := range wrong {
		if other, _ := f.port(); other == port {
			kinds = append(kinds, string(f.kind))
			finding.Remedies = append(finding.Remedies, f.setPort(k, fmt.Sprint(nearest)))
		}
		finding.Evidence = append(finding.Evidence, f.written(), diagnosis.EventOf(f.report.event))
	}
	args["Kinds"] = strings.Join(kinds, "/")
	finding.Evidence = append(finding.Evidence, diagnosis.SpecOf(container, "ports", declared(container)))
	finding.Remedies = append(finding.Remedies, first.listening(k))
	return finding, true
}

// refused reports whether nothing listened where the probe asked, as far as its words tell.
func (f *failing) refused() bool {
	c := f.classify()
	return c.id == "probe-connection-refused" && f.host() == "" || c.id == "probe-grpc-failed" && c.form == "connect"
}
