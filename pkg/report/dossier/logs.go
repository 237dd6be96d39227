package dossier

import (
	"cmp"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// logsOf are the logs that were read for a pod, those that are evidence first: a log of a replica that died alike may stand
// for the pod's own.
func (b *binder) logsOf(target *diagnosis.Target) []Log {
	var logs []Log
	told := map[casefile.Question]bool{}
	for _, question := range b.logQuestions(target) {
		answer := b.file.Log(question)
		if told[question] || answer.State != casefile.Known || len(answer.Value.Lines) == 0 || b.logs == 0 {
			continue
		}
		told[question] = true
		b.logs--
		logs = append(logs, b.log(target, question, answer.Value))
	}
	return logs
}

func (b *binder) logQuestions(target *diagnosis.Target) []casefile.Question {
	var questions []casefile.Question
	for _, evidence := range logEvidence(target) {
		name := cmp.Or(evidence.Object.Name, target.Pod.Name)
		questions = append(questions, casefile.LogOf(target.Pod.Namespace, name, evidence.Container, evidence.Previous))
	}
	for _, container := range podstate.Containers(target.Pod) {
		for _, previous := range []bool{true, false} {
			questions = append(questions, casefile.LogOf(target.Pod.Namespace, target.Pod.Name, container.Name(), previous))
		}
	}
	return questions
}

func logEvidence(target *diagnosis.Target) []diagnosis.Evidence {
	var found []diagnosis.Evidence
	for i := range target.Findings {
		for _, evidence := range target.Findings[i].Evidence {
			if evidence.Source == diagnosis.LogEnd {
				found = append(found, evidence)
			}
		}
	}
	return found
}

// log shows the end of a log, the lines that are evidence marked. Secrets may stretch over lines, so it is cleaned whole, and
// before it is cut: what is left of a secret may look like none.
func (b *binder) log(target *diagnosis.Target, question casefile.Question, log casefile.Log) Log {
	first := max(len(log.Lines)-maxLines, 0)
	texts := make([]string, 0, maxLines)
	for _, line := range log.Lines[first:] {
		texts = append(texts, report.Clip(strings.NewReplacer("\r", "", "\n", " ").Replace(line.Text)))
	}
	shown := Log{Title: b.logTitle(target, question), Cut: log.Cut || first > 0}
	for i, text := range strings.Split(b.cleanLines(strings.Join(texts, "\n")), "\n") {
		line := LogLine{Text: short(text), Telling: telling(target, question, first+i+1)}
		if at := log.Lines[first+i].At; !at.IsZero() {
			line.Clock = at.UTC().Format("15:04:05")
		}
		shown.Lines = append(shown.Lines, line)
	}
	return shown
}

func (b *binder) logTitle(target *diagnosis.Target, question casefile.Question) string {
	args := message.Args{"Pod": "", "Container": question.Container, "Previous": question.Previous}
	if question.Name != target.Pod.Name {
		args["Pod"] = question.Name
	}
	return line(b.words.Text("report.log", args))
}

// telling reports whether a line of a log is evidence: one that a finding names, or one of those that belong to it.
func telling(target *diagnosis.Target, question casefile.Question, number int) bool {
	for _, evidence := range logEvidence(target) {
		name := cmp.Or(evidence.Object.Name, target.Pod.Name)
		if name != question.Name || evidence.Container != question.Container || evidence.Previous != question.Previous {
			continue
		}
		if last := evidence.Line + strings.Count(evidence.Value, "\n"); evidence.Line <= number && number <= last {
			return true
		}
	}
	return false
}
