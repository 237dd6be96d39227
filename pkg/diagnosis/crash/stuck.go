package crash

import (
	"regexp"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// How long an init container may run. They are rules of thumb: one that waits for another service is worth a warning
// early; others may do long work, such as a migration.
const (
	waitsTime = 2 * time.Minute
	initTime  = 5 * time.Minute
)

// stuckInit finds the init container that runs and runs.
func stuckInit(c *diagnosis.Case) []diagnosis.Finding {
	if c.Pod.DeletionTimestamp != nil || c.Pod.Status.Phase != corev1.PodPending {
		return nil
	}
	for _, container := range c.Containers {
		running := container.Running()
		if container.Role != podstate.Init || running == nil {
			continue
		}
		since := c.Since(running.StartedAt)
		waits := waitsFor(container.Spec)
		if since < waitsTime || since < initTime && waits == "" {
			return nil
		}
		return []diagnosis.Finding{stuck(c, container, since, waits)}
	}
	return nil
}

// stuck is a warning as long as the container may well be at work: until its time is up, and beyond it when nothing tells
// that it waits.
func stuck(c *diagnosis.Case, container podstate.Container, since time.Duration, waits string) diagnosis.Finding {
	at, of := order(c, container.Name())
	finding := diagnosis.Finding{
		ID: "init-stuck", Severity: diagnosis.Warning, Confidence: diagnosis.Possible, Container: container.Name(),
		Args: message.Args{
			"Container": container.Name(), "Since": duration.HumanDuration(since), "Order": at, "Of": of, "Waits": waits,
			"Blocked": strings.Join(blocked(c, container.Name()), ", "),
		},
		Evidence: []diagnosis.Evidence{runningFor(container, since)},
		Remedies: []diagnosis.Remedy{
			c.Look("remedy.crash-see-init-log", message.Args{"Container": container.Name()}, "logs %s -c %s", c.Pod.Name, container.Name()),
			c.Look("remedy.crash-see-services", nil, "get service,endpointslice"),
			c.EditWorkload(),
		},
	}
	if waits == "" {
		finding.Evidence = append(finding.Evidence, lastLine(c, container)...)
		return finding
	}
	finding.Form, finding.Confidence = "waits", diagnosis.Likely
	if since >= initTime {
		finding.Severity = diagnosis.Error
	}
	finding.Evidence = append(finding.Evidence, diagnosis.SpecOf(container, "command", waits))
	return finding
}

func runningFor(container podstate.Container, since time.Duration) diagnosis.Evidence {
	return diagnosis.Evidence{
		Source: diagnosis.Status, Container: container.Name(), Says: "evidence.crash-running-for",
		Args:  message.Args{"Since": duration.HumanDuration(since)},
		Field: "status.initContainerStatuses[" + container.Name() + "].state.running.startedAt",
	}
}

// lastLine asks for the log only when the command does not tell: the logs of running replicas can't be read for one another.
func lastLine(c *diagnosis.Case, container podstate.Container) []diagnosis.Evidence {
	log := c.Log(container.Name(), false)
	if log.State != casefile.Known {
		return nil
	}
	at, text := ending(log.Value, 1)
	if text == "" {
		return nil
	}
	return []diagnosis.Evidence{diagnosis.LineOf(diagnosis.DeathLog{Log: log.Value, Pod: c.Pod.Name, Container: container.Name()}, at, text)}
}

var (
	// loop is a shell's loop up to its body: until CONDITION; do.
	loop = regexp.MustCompile(`(?s)\b(?:until|while)\s+(.+?)\s*(?:;|\n)\s*do\b`)
	// redirection is what a condition does with its output, which says nothing of what it waits for.
	redirection = regexp.MustCompile(`\s*(?:\d|&)?>{1,2}\s*(?:&\d|[^\s;|&]+)`)
	// endless are conditions that wait for nothing.
	endless = regexp.MustCompile(`^(?:true|:|\[ ?1 ?\]|sleep\b.*)$`)
	// waiter is a program that is named for its waiting: wait-for-it.sh, wait4x, kubectl wait, dockerize -wait.
	waiter = regexp.MustCompile(`(?i)\bwait`)
)

// waitsFor reads from a container's command what it waits for, or "".
func waitsFor(spec *corev1.Container) string {
	words := slices.Concat(spec.Command, spec.Args)
	for _, word := range words {
		found := loop.FindStringSubmatch(word)
		if found == nil {
			continue
		}
		condition := strings.TrimSpace(strings.TrimPrefix(redirection.ReplaceAllString(found[1], ""), "!"))
		if !endless.MatchString(condition) {
			return condition
		}
	}
	if line := strings.Join(words, " "); waiter.MatchString(line) && !strings.ContainsAny(line, "\n;") {
		return line
	}
	return ""
}
