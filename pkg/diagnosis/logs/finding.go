package logs

import (
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/signature"
)

// detail adds to a finding what the spec and the cluster say to a container's words, and what to do.
type detail func(*diagnosis.Case, source, *diagnosis.Finding)

// details are those of the ids; what an id needs nothing for has advice alone.
var details = map[string]detail{
	"log-missing-env":        missingEnv,
	"log-file-missing":       fileMissing,
	"log-permission-denied":  permissionDenied,
	"log-read-only-fs":       readOnly,
	"log-address-in-use":     addressInUse,
	"log-disk-full":          advise("remedy.log-free-space"),
	"log-dns-failed":         nameUnknown,
	"log-connection-refused": unreached,
	"log-timeout":            unreached,
	"log-tls-error":          advise("remedy.log-certificate"),
	"log-auth-failed":        authFailed,
	"log-config-parse":       configParse,
	"log-migration-lock":     migrationLock,
	"log-out-of-memory":      outOfMemory,
	"log-forbidden":          forbidden,
	"log-panic":              panicked,
	"log-exec-format":        advise("remedy.log-build-platform"),
}

func finding(c *diagnosis.Case, from source, log diagnosis.DeathLog, match signature.Match) diagnosis.Finding {
	found := diagnosis.Finding{
		ID: match.ID, Form: match.Form, Container: from.Name(), Confidence: confidence(c, from, log, match),
		Args:     message.Args{"Container": from.Name()},
		Evidence: []diagnosis.Evidence{diagnosis.LineOf(log, match.First, match.Text)},
	}
	for key, value := range match.Args {
		found.Args[key] = value
	}
	if from.died == nil || from.Status.Ready {
		// It runs: the words tell what is wrong, and whether that keeps it from its job others decide.
		found.Severity = diagnosis.Warning
	}
	details[match.ID](c, from, &found)
	found.Remedies = append(found.Remedies, seeLog(c, from))
	return found
}

// confidence is certain only for the last words of a container that ended by itself, read from its own log.
func confidence(c *diagnosis.Case, from source, log diagnosis.DeathLog, match signature.Match) diagnosis.Confidence {
	switch {
	case match.Strength == signature.Mention:
		return diagnosis.Possible
	case match.Strength == signature.Last && from.died != nil && from.died.ExitCode != 0 && !from.killed && c.Own(log):
		return diagnosis.Certain
	}
	return diagnosis.Likely
}

func seeLog(c *diagnosis.Case, from source) diagnosis.Remedy {
	if from.died != nil {
		return c.SeeLog(from.Name())
	}
	return c.Look("remedy.log-see-now", message.Args{"Container": from.Name()}, "logs %s -c %s", c.Pod.Name, from.Name())
}

// advise is for what nobody can do with a command.
func advise(id string) detail {
	return func(c *diagnosis.Case, _ source, found *diagnosis.Finding) {
		found.Args["Workload"] = c.Workload().String()
		found.Remedies = append(found.Remedies, diagnosis.Advice(id, found.Args))
	}
}

// arg is a value that the log named, or "".
func arg(found *diagnosis.Finding, key string) string {
	value, ok := found.Args[key].(string)
	if !ok {
		return ""
	}
	return value
}

func panicked(_ *diagnosis.Case, from source, found *diagnosis.Finding) {
	if from.died == nil {
		found.Form = "running"
	}
	found.Remedies = append(found.Remedies, diagnosis.Advice("remedy.log-bug", found.Args))
}
