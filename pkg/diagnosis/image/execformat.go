package image

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// The OCI runtimes' words when the kernel does not take the container's program. runc has no way back at that moment and
// writes them to the container's own log (init_linux.go, finalizeNamespace and standard_init_linux.go, Init; its wording
// before 1.1 has no path). A line of an application that failed to run another program looks different: a shell puts
// itself in front, Go says fork/exec.
var (
	byRuntime = regexp.MustCompile(`(?i)exec format error`)
	byLog     = regexp.MustCompile(`(?i)^(?:standard_init_linux\.go:\d+: )?exec (?:user process caused:? |container process )?["` + "`" + `]?([^"` + "`" + `\s:]*)["` + "`" + `]?:? ?"?exec format error"?$`)
	program   = regexp.MustCompile(`(?i)exec:? (?:container process )?["` + "`" + `]?(/?[^"` + "`" + `\s:]+)["` + "`" + `]?: exec format error`)
)

// exits are the codes with which a container ends whose program was not taken: those of runc, crun, and 128 of the kubelet's
// StartError.
var exits = []int32{1, 2, 126, 127, 128, 255}

// startErrors are the reasons of a container that the runtime failed to start: the kubelet's (pkg/kubelet/kuberuntime/
// kuberuntime_container.go), containerd's and Docker's. A hook that could not be executed has another.
var startErrors = []string{"RunContainerError", "CreateContainerError", "StartError", "ContainerCannotRun"}

// atOnce is up to how long a container whose program never ran may have lasted; its times are in whole seconds.
const atOnce = 3 * time.Second

// execFormatRule is the rule about programs that the node's kernel does not take.
func execFormatRule() diagnosis.Rule {
	return diagnosis.Rule{
		Name: "exec-format",
		Causes: []diagnosis.Cause{{ID: "image-exec-format", Severity: diagnosis.Error, Explains: []string{
			"app-exit", "init-failed", "sidecar-failed", "restarts-high", "log-exec-format", "command-not-found", "command-not-executable",
		}}},
		Check: func(c *diagnosis.Case) []diagnosis.Finding {
			var findings []diagnosis.Finding
			for _, container := range c.Containers {
				if found, proof := refusedByKernel(c, container); found != "" {
					findings = append(findings, tellExecFormat(c, container, found, proof))
				}
			}
			return findings
		},
	}
}

// refusedByKernel returns the words that say that the container's program was not taken, and where they stand.
func refusedByKernel(c *diagnosis.Case, container podstate.Container) (string, []diagnosis.Evidence) {
	died := container.LastDeath()
	if waiting := container.Waiting(); waiting != nil && slices.Contains(startErrors, waiting.Reason) && byRuntime.MatchString(waiting.Message) {
		return waiting.Message, []diagnosis.Evidence{diagnosis.StateOf(container)}
	}
	if container.Running() != nil || died == nil || !slices.Contains(exits, died.ExitCode) {
		return "", nil
	}
	// With terminationMessagePolicy FallbackToLogsOnError the end of the log stands in the status.
	told := slices.Contains(startErrors, died.Reason) && byRuntime.MatchString(died.Message) || byLog.MatchString(strings.TrimSpace(died.Message))
	if told {
		return died.Message, []diagnosis.Evidence{diagnosis.DeathOf(container)}
	}
	if died.FinishedAt.Sub(died.StartedAt.Time) > atOnce {
		return "", nil
	}
	log := c.DeathLog(container.Name())
	if log.State != casefile.Known || len(log.Value.Lines) == 0 {
		return "", nil
	}
	last := len(log.Value.Lines) - 1
	line := log.Value.Lines[last].Text
	if !byLog.MatchString(line) {
		return "", nil
	}
	return line, []diagnosis.Evidence{diagnosis.LineOf(log.Value, last, line), diagnosis.DeathOf(container)}
}

func tellExecFormat(c *diagnosis.Case, container podstate.Container, words string, proof []diagnosis.Evidence) diagnosis.Finding {
	finding := diagnosis.Finding{
		ID: "image-exec-format", Confidence: diagnosis.Certain, Container: container.Name(), Evidence: proof,
		Args: message.Args{"Container": container.Name(), "Image": parseReference(container.Spec.Image).name(), "Program": "", "Platform": ""},
	}
	if match := program.FindStringSubmatch(words); match != nil {
		finding.Args["Program"] = match[1]
	}
	if node := c.Node(); node.State == casefile.Known {
		info := node.Value.Status.NodeInfo
		platform := info.OperatingSystem + "/" + info.Architecture
		finding.Args["Platform"] = platform
		finding.Evidence = append(finding.Evidence, platformOf(node.Value.Name, platform))
	}
	replaced := setImage(c, container.Name(), anyImage)
	finding.Remedies = []diagnosis.Remedy{
		diagnosis.Advice("remedy.image.build-program", message.Args{"Platform": finding.Args["Platform"]}),
		replaced, seeArchitectures(c),
	}
	return finding
}
