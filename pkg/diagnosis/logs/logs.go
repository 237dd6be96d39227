// Package logs explains deaths by what the container itself wrote before it died, and containers that run without becoming
// ready by what they write now.
//
// pkg/signature reads the lines; this package decides whose log is worth a request (instance.go), how sure the words make
// a finding (finding.go), and what the spec and the cluster say to them: which variables the container has, which Services
// exist. Start reading at Rules.
package logs

import (
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/signature"
)

// Rules returns the rules of this family.
func Rules() []diagnosis.Rule {
	rule := diagnosis.Rule{Name: "log", Check: check}
	for _, id := range []string{
		"log-forbidden", "log-missing-env", "log-file-missing", "log-permission-denied", "log-read-only-fs", "log-address-in-use",
		"log-disk-full", "log-dns-failed", "log-connection-refused", "log-tls-error", "log-auth-failed", "log-config-parse",
		"log-migration-lock", "log-out-of-memory", "log-timeout", "log-panic", "log-exec-format",
	} {
		rule.Causes = append(rule.Causes, diagnosis.Cause{ID: id, Severity: diagnosis.Error, Explains: symptoms()})
	}
	return []diagnosis.Rule{rule}
}

// symptoms are the findings that a container's own words explain.
func symptoms() []string {
	return []string{
		"app-exit", "app-signal", "init-failed", "init-stuck", "sidecar-failed", "liveness-killed", "startup-killed", "exits-zero-restarts",
		"restarts-high", "readiness-failing", "liveness-failing", "startup-failing",
	}
}

// Limits for one pod: how many logs are read, and how many causes are told of one.
const (
	maxLogs     = 3
	maxFindings = 2
)

func check(c *diagnosis.Case) []diagnosis.Finding {
	var findings []diagnosis.Finding
	read := 0
	for _, container := range c.Containers {
		source, worth := sourceOf(c, container)
		if !worth || read == maxLogs {
			continue
		}
		read++
		log := source.read(c)
		if log.State != casefile.Known {
			continue
		}
		findings = append(findings, told(c, source, log.Value)...)
	}
	return findings
}

// told makes findings of the best matches. A second one is told only when it is more than a mention.
func told(c *diagnosis.Case, source source, log diagnosis.DeathLog) []diagnosis.Finding {
	var findings []diagnosis.Finding
	for _, match := range signature.Read(log.Lines) {
		if len(findings) == maxFindings || len(findings) > 0 && match.Strength < signature.Near {
			break
		}
		if source.elsewhere(match) {
			continue
		}
		findings = append(findings, finding(c, source, log, match))
	}
	return findings
}
