package crash

import (
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// checkExit tells of ends of the application's own. Those of init containers and sidecars are told as such.
func checkExit(c *diagnosis.Case) []diagnosis.Finding {
	var findings []diagnosis.Finding
	for _, d := range deaths(c) {
		manner := d.manner(c)
		switch {
		case manner.kind == exit && d.Role == podstate.Main && d.fate != back:
			findings = append(findings, d.withError(c, manner))
		case manner.kind == zero:
			findings = append(findings, d.withoutError(c, manner))
		}
	}
	return findings
}

func (d death) withError(c *diagnosis.Case, how manner) diagnosis.Finding {
	finding := d.finding(c, "app-exit", how.confidence)
	if d.fate == over {
		finding.Form = "over"
	}
	finding.Evidence = append(finding.Evidence, d.meaning())
	finding.Evidence = append(finding.Evidence, d.lastWords(c)...)
	finding.Remedies = []diagnosis.Remedy{c.SeeLog(d.Name()), c.EditWorkload()}
	return finding
}

// meaning says who gave the exit code its meaning. Only a shell's and a runtime's are more than a convention of the
// application.
func (d death) meaning() diagnosis.Evidence {
	evidence := diagnosis.Evidence{Source: diagnosis.Status, Container: d.Name(), Args: message.Args{"Code": d.died.ExitCode, "Name": ""}}
	switch code := d.died.ExitCode; {
	case code == 126:
		evidence.Says = "evidence.crash-exit-126"
	case code == 127:
		evidence.Says = "evidence.crash-exit-127"
	case code == 255:
		evidence.Says = "evidence.crash-exit-255"
	case sysexits[code] != "":
		evidence.Says = "evidence.crash-exit-sysexits"
		evidence.Args["Name"] = sysexits[code]
	default:
		evidence.Says = "evidence.crash-exit-own"
	}
	return evidence
}

// sysexits are the names that BSD gives to exit codes (sysexits(3)). Few programs follow them.
var sysexits = map[int32]string{
	64: "EX_USAGE", 65: "EX_DATAERR", 66: "EX_NOINPUT", 67: "EX_NOUSER", 68: "EX_NOHOST", 69: "EX_UNAVAILABLE", 70: "EX_SOFTWARE",
	71: "EX_OSERR", 72: "EX_OSFILE", 73: "EX_CANTCREAT", 74: "EX_IOERR", 75: "EX_TEMPFAIL", 76: "EX_PROTOCOL", 77: "EX_NOPERM", 78: "EX_CONFIG",
}

func (d death) withoutError(c *diagnosis.Case, how manner) diagnosis.Finding {
	finding := d.finding(c, "exits-zero-restarts", how.confidence)
	finding.Evidence = append(finding.Evidence, d.command())
	finding.Evidence = append(finding.Evidence, d.lastWords(c)...)
	finding.Remedies = []diagnosis.Remedy{
		diagnosis.Advice("remedy.crash-stay-in-foreground", message.Args{"Container": d.Name()}),
		diagnosis.Advice("remedy.crash-make-it-a-job", message.Args{"Workload": c.Workload().String()}),
		c.SeeLog(d.Name()),
	}
	return finding
}

// command is what the container runs, as far as the spec says.
func (d death) command() diagnosis.Evidence {
	switch {
	case len(d.Spec.Command) > 0:
		return diagnosis.SpecOf(d.Container, "command", strings.Join(append(d.Spec.Command[:len(d.Spec.Command):len(d.Spec.Command)], d.Spec.Args...), " "))
	case len(d.Spec.Args) > 0:
		return diagnosis.SpecOf(d.Container, "args", strings.Join(d.Spec.Args, " "))
	}
	evidence := diagnosis.SpecOf(d.Container, "image", d.Spec.Image)
	evidence.Says = "evidence.crash-command-of-image"
	return evidence
}
