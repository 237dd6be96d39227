package crash

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// finding begins a finding about a death with what all of them tell. A container that runs again does its job: then it is
// a warning.
func (d death) finding(c *diagnosis.Case, id string, confidence diagnosis.Confidence) diagnosis.Finding {
	finding := diagnosis.Finding{
		ID: id, Confidence: confidence, Container: d.Name(), Args: d.args(c),
		Evidence: append([]diagnosis.Evidence{diagnosis.DeathOf(d.Container)}, d.before()...),
	}
	if d.fate == back {
		finding.Severity = diagnosis.Warning
	}
	return finding
}

// args are what every sentence about a death may use.
func (d death) args(c *diagnosis.Case) message.Args {
	args := message.Args{
		"Container": d.Name(), "Code": d.died.ExitCode, "Death": word(d.died), "Restarts": d.Status.RestartCount,
		"Ran": "", "Again": "",
	}
	if lived, known := lifetime(d.died); known {
		args["Ran"] = duration.HumanDuration(lived)
	}
	if d.fate == back {
		args["Again"] = duration.HumanDuration(c.Since(d.Running().StartedAt))
	}
	return args
}

// word is how an instance ended, in a word: its message is evidence, and too long for a sentence.
func word(died *corev1.ContainerStateTerminated) string {
	short := *died
	short.Message = ""
	return podstate.Death(&short)
}

// before compares the death with that of the instance before, where the status holds both.
func (d death) before() []diagnosis.Evidence {
	earlier := d.Status.LastTerminationState.Terminated
	if d.Status.State.Terminated == nil || earlier == nil {
		return nil
	}
	evidence := diagnosis.Evidence{
		Source: diagnosis.Status, Container: d.Name(), Says: "evidence.crash-alike", At: earlier.FinishedAt.Time,
		Args: message.Args{"Death": word(earlier)},
	}
	if earlier.Reason != d.died.Reason || earlier.ExitCode != d.died.ExitCode {
		evidence.Says = "evidence.crash-unlike"
	}
	return []diagnosis.Evidence{evidence}
}

// lastWords are the last lines that the instance wrote before it died. They are left out where the death's message is
// made of them.
func (d death) lastWords(c *diagnosis.Case) []diagnosis.Evidence {
	log := c.DeathLog(d.Name())
	if log.State != casefile.Known || d.died.Message != "" {
		return nil
	}
	first, text := ending(log.Value.Log, 3)
	if text == "" {
		return nil
	}
	return []diagnosis.Evidence{diagnosis.LineOf(log.Value, first, text)}
}

// ending returns the last lines of a log that are not blank, and where the first of them stands.
func ending(log casefile.Log, count int) (first int, text string) {
	var lines []string
	for i := len(log.Lines) - 1; i >= 0 && len(lines) < count; i-- {
		if strings.TrimSpace(log.Lines[i].Text) != "" {
			first, lines = i, append([]string{log.Lines[i].Text}, lines...)
		}
	}
	return first, strings.Join(lines, "\n")
}
