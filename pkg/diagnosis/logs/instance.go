package logs

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
	"github.com/kubectl-podkit/podkit/pkg/signature"
)

const (
	// lately is how long after a restart a death still matters.
	lately = 10 * time.Minute
	// initPatience is how long an init container may run before what it writes is read.
	initPatience = 3 * time.Minute
	// startPatience is the least time that a container gets to become ready.
	startPatience = 30 * time.Second
)

// source is a log that is worth reading: of the instance that died, or of the one that runs.
type source struct {
	podstate.Container
	died *corev1.ContainerStateTerminated
	// killed is true when a probe's failure ended it: its last words are then not the reason of its death by themselves.
	killed bool
}

// sourceOf decides whether a container's log may tell something, and which.
func sourceOf(c *diagnosis.Case, container podstate.Container) (source, bool) {
	if c.Pod.DeletionTimestamp != nil || c.Pod.Status.Reason == "Evicted" {
		return source{}, false
	}
	if diedBadly(c, container) {
		return source{container, container.LastDeath(), killedByProbe(c, container)}, true
	}
	return source{Container: container}, runsBadly(c, container)
}

// diedBadly reports whether the last instance died lately, in a way that its log can explain.
func diedBadly(c *diagnosis.Case, container podstate.Container) bool {
	died := container.LastDeath()
	if died == nil || !slices.Contains([]string{"", "Error", "Completed"}, died.Reason) {
		// OOMKilled explains itself. StartError and ContainerCannotRun never ran the app. Of ContainerStatusUnknown nobody
		// knows how it ended.
		return false
	}
	if running := container.Running(); running != nil && c.Since(running.StartedAt) > lately {
		return false
	}
	if died.ExitCode == 0 {
		waiting := container.Waiting()
		return waiting != nil && waiting.Reason == "CrashLoopBackOff"
	}
	// Who was told to go says nothing of the reason, unless a probe told it.
	return !toldToGo(died) || probed(container)
}

// The signals with which others end a container.
const (
	sigkill = 9
	sigterm = 15
)

func toldToGo(died *corev1.ContainerStateTerminated) bool {
	number, _ := podstate.Signal(died)
	return number == sigkill || number == sigterm
}

func probed(container podstate.Container) bool {
	return container.Spec.LivenessProbe != nil || container.Spec.StartupProbe != nil
}

// killedByProbe reports whether the kubelet ended the instance because of a probe. Without the events a signal that fits
// counts as that.
func killedByProbe(c *diagnosis.Case, container podstate.Container) bool {
	if !probed(container) {
		return false
	}
	if toldToGo(container.LastDeath()) {
		return true
	}
	events := c.ContainerEvents(container.Name(), "Killing")
	end := container.LastDeath().FinishedAt.Time
	return slices.ContainsFunc(events.Value, func(e corev1.Event) bool {
		if !strings.Contains(e.Message, "failed liveness probe") && !strings.Contains(e.Message, "failed startup probe") {
			return false
		}
		apart := end.Sub(casefile.LastSeen(&e))
		return apart > -lately && apart < lately
	})
}

// runsBadly reports whether a container has been running without becoming ready for longer than it should take. A start
// within the budget of its startup probe is none of our business.
func runsBadly(c *diagnosis.Case, container podstate.Container) bool {
	running := container.Running()
	if running == nil || container.Status.Ready {
		return false
	}
	since := c.Since(running.StartedAt)
	if container.Role == podstate.Init {
		return since >= initPatience
	}
	starting := container.Spec.StartupProbe != nil && container.Status.Started != nil && !*container.Status.Started
	probe := container.Spec.ReadinessProbe
	return probe != nil && !starting && since > max(budget(probe), startPatience)
}

// budget is the time that a probe gives until it counts as failed, with the defaults of the API
// (pkg/apis/core/v1/defaults.go, SetDefaults_Probe).
func budget(probe *corev1.Probe) time.Duration {
	seconds := probe.InitialDelaySeconds + cmp.Or(probe.PeriodSeconds, 10)*cmp.Or(probe.FailureThreshold, 3)
	return time.Duration(seconds) * time.Second
}

// read asks for the log.
func (s source) read(c *diagnosis.Case) casefile.Answer[diagnosis.DeathLog] {
	if s.died != nil {
		return c.DeathLog(s.Name())
	}
	log := c.Log(s.Name(), false)
	if log.State != casefile.Known {
		return casefile.Unanswered[diagnosis.DeathLog](log.State, log.Err)
	}
	return casefile.Answered(diagnosis.DeathLog{Log: log.Value, Pod: c.Pod.Name, Container: s.Name()})
}

// The exit codes of shells for a program that can't be executed and for one that is not there (POSIX, 2.8.2).
const (
	notExecutable = 126
	notFound      = 127
)

// runtimeExec is what runc itself writes into the log when the kernel refuses to run the command (runc
// libcontainer/standard_init_linux.go; before 1.1 with the place in the source).
var runtimeExec = regexp.MustCompile(`^(?:standard_init_linux\.go:\d+: )?exec (?:user process caused[^:]*|\S+): (?:"?exec: )?[^:\n]*(?:no such file or directory|permission denied)$`)

// elsewhere reports whether the words are about the start of the command, which the causes of the configuration tell
// better. A library that is missing ends a program with 127 as well (glibc elf/rtld.c; musl ldso/dynlink.c).
func (s source) elsewhere(match signature.Match) bool {
	if s.died == nil || match.Form != "" && match.Form != "library" {
		return false
	}
	switch match.ID {
	case "log-permission-denied":
		return s.died.ExitCode == notExecutable || runtimeExec.MatchString(match.Text)
	case "log-file-missing":
		return s.died.ExitCode == notFound || runtimeExec.MatchString(match.Text)
	}
	return false
}
