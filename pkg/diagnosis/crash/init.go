package crash

import (
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// checkInit tells what deaths of init containers and sidecars keep from starting, and which init container never ends.
func checkInit(c *diagnosis.Case) []diagnosis.Finding {
	var findings []diagnosis.Finding
	for _, d := range deaths(c) {
		how := d.manner(c)
		if how.kind == foreign || how.kind == asked || d.fate == back {
			continue
		}
		switch d.Role {
		case podstate.Init:
			findings = append(findings, d.failedInit(c, how))
		case podstate.Sidecar:
			findings = append(findings, d.failedSidecar(c, how))
		}
	}
	return append(findings, stuckInit(c)...)
}

func (d death) failedInit(c *diagnosis.Case, how manner) diagnosis.Finding {
	finding := d.finding(c, "init-failed", diagnosis.Certain)
	d.place(c, &finding)
	if d.fate == over {
		finding.Form = "over"
	}
	return d.told(c, finding, how)
}

// failedSidecar tells whether containers behind the sidecar wait for its start: those behind it in the order are not
// started until it has (KEP-753).
func (d death) failedSidecar(c *diagnosis.Case, how manner) diagnosis.Finding {
	finding := d.finding(c, "sidecar-failed", diagnosis.Certain)
	d.place(c, &finding)
	if finding.Args["Blocked"] == "" {
		finding.Form = "beside"
	}
	return d.told(c, finding, how)
}

// told adds the proof of a plain exit, which has no finding of its own here, and the next steps.
func (d death) told(c *diagnosis.Case, finding diagnosis.Finding, how manner) diagnosis.Finding {
	if how.kind == exit {
		finding.Evidence = append(finding.Evidence, d.meaning())
		finding.Evidence = append(finding.Evidence, d.lastWords(c)...)
	}
	finding.Remedies = []diagnosis.Remedy{c.SeeLog(d.Name()), c.EditWorkload()}
	return finding
}

// place fills in where the container stands among the init containers, and which containers wait for it.
func (d death) place(c *diagnosis.Case, finding *diagnosis.Finding) {
	finding.Args["Order"], finding.Args["Of"] = order(c, d.Name())
	finding.Args["Blocked"] = strings.Join(blocked(c, d.Name()), ", ")
}

// order is which of the init containers one is, from 1.
func order(c *diagnosis.Case, name string) (at, of int) {
	for _, container := range c.Containers {
		if container.Role == podstate.Main {
			continue
		}
		of++
		if container.Name() == name {
			at = of
		}
	}
	return at, of
}

// blocked lists the containers behind one that have never run.
func blocked(c *diagnosis.Case, name string) []string {
	var names []string
	behind := false
	for _, container := range c.Containers {
		if behind && !container.Started() {
			names = append(names, container.Name())
		}
		behind = behind || container.Name() == name
	}
	return names
}
