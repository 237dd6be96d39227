package crash

import (
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// forms are the signals whose meaning has a sentence of its own (signal(7); POSIX, <signal.h>).
var forms = map[string]string{
	"SIGILL": "ill", "SIGABRT": "abrt", "SIGBUS": "bus", "SIGFPE": "fpe", "SIGKILL": "kill", "SIGSEGV": "segv", "SIGTERM": "term",
}

func checkSignal(c *diagnosis.Case) []diagnosis.Finding {
	var findings []diagnosis.Finding
	for _, d := range deaths(c) {
		if manner := d.manner(c); manner.kind == signal {
			findings = append(findings, d.bySignal(c, manner))
		}
	}
	return findings
}

func (d death) bySignal(c *diagnosis.Case, how manner) diagnosis.Finding {
	finding := d.finding(c, "app-signal", how.confidence)
	number, name := podstate.Signal(d.died)
	finding.Form = forms[name]
	if d.died.Reason == seccompKilled {
		name, finding.Form = "SIGSYS", "seccomp"
	}
	finding.Args["Signal"], finding.Args["Number"] = name, number
	source := diagnosis.Evidence{Source: diagnosis.Status, Container: d.Name(), Says: "evidence.crash-signal-by-code", Args: finding.Args}
	if d.died.Signal != 0 {
		source.Says = "evidence.crash-signal-by-runtime"
	}
	finding.Evidence = append(finding.Evidence, source)
	if name == "SIGKILL" {
		finding.Evidence = append(finding.Evidence, diagnosis.Evidence{
			Source: diagnosis.Status, Container: d.Name(), Says: "evidence.crash-not-oom", Args: message.Args{"Reason": d.died.Reason},
		})
	}
	finding.Evidence = append(finding.Evidence, d.lastWords(c)...)
	finding.Remedies = []diagnosis.Remedy{c.SeeLog(d.Name()), d.afterSignal(c, name)}
	return finding
}

// afterSignal is the second step: to look for the sender of a signal that came from outside, or into the program.
func (d death) afterSignal(c *diagnosis.Case, name string) diagnosis.Remedy {
	if sentByOthers(name) {
		return c.Look("remedy.crash-find-sender", message.Args{"Pod": c.Pod.Name, "Signal": name}, "events --for pod/%s", c.Pod.Name)
	}
	return diagnosis.Advice("remedy.crash-debug-crash", message.Args{"Container": d.Name(), "Image": d.Spec.Image})
}
