package dossier

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// The limits of a report. A browser and a ticket have to open it.
const (
	maxPods  = 500
	maxLogs  = 40
	maxLines = 200
	// maxLine is how many characters of a line of a log are shown.
	maxLine    = 2000
	maxMoments = 150
)

// Builder makes dossiers.
type Builder struct {
	Messages *message.Catalog
	// Kubectl is how kubectl is called in commands; Tool says which podkit it was.
	Kubectl, Tool string
	// Redactor takes secrets out of texts of the cluster; nil leaves them as they are.
	Redactor Redactor
}

// Redactor takes secrets out of a text and leaves placeholders.
type Redactor = report.Redactor

// binder binds one dossier.
type binder struct {
	Builder
	words report.Words
	found *diagnosis.Diagnosis
	file  *casefile.File
	// logs is how many more logs there is room for.
	logs int
	out  *Dossier
}

// Build makes the dossier of a diagnosis. What its timelines show is what its file knows (casefile.File.Around).
func (b Builder) Build(found *diagnosis.Diagnosis) *Dossier {
	namespaced := slices.ContainsFunc(found.Targets, func(t diagnosis.Target) bool { return t.Pod.Namespace != found.Targets[0].Pod.Namespace })
	view := report.DiagnosisView{Kubectl: b.Kubectl, Namespaced: namespaced}
	bind := &binder{
		Builder: b, words: report.NewWords(b.Messages, found.File.TakenAt, view, b.Redactor), found: found, file: found.File, logs: maxLogs,
		out: &Dossier{Messages: b.Messages, TakenAt: found.File.TakenAt.UTC(), Tool: b.Tool, Redacted: b.Redactor != nil},
	}
	bind.out.Title = bind.title()
	bind.out.Summary = bind.words.Summary(found.Targets)
	bind.counts()
	for i := range found.Groups {
		bind.out.Causes = append(bind.out.Causes, bind.cause(i, &found.Groups[i]))
	}
	bind.pods()
	for _, text := range bind.words.Unread(found) {
		bind.out.Unread = append(bind.out.Unread, bind.counted(text))
	}
	return bind.out
}

// clean brings a text on one line, neutral and without secrets, which it counts.
func (b *binder) clean(text string) string { return b.counted(b.words.Cell(text)) }

// redact takes secrets out of a text without counting them; nil leaves them.
func (b *binder) redact() func(string) string {
	if b.Redactor == nil {
		return nil
	}
	return b.Redactor.Text
}

// cleanLines is clean for a text of several lines, whose number it keeps.
func (b *binder) cleanLines(text string) string {
	if b.Redactor != nil {
		text = b.Redactor.Log(text)
	}
	return b.counted(report.Escape(text))
}

// counted counts the placeholders of a text.
func (b *binder) counted(text string) string {
	for _, span := range Spans(text) {
		if span.Redacted {
			b.out.Redactions++
		}
	}
	return text
}

// title names the one pod, the one namespace, or how many namespaces there are.
func (b *binder) title() string {
	namespaces := map[string]bool{}
	for i := range b.found.Targets {
		namespaces[b.found.Targets[i].Pod.Namespace] = true
	}
	args := message.Args{"Pod": "", "Namespace": "", "Number": len(namespaces)}
	if len(b.found.Targets) > 0 {
		args["Namespace"] = b.found.Targets[0].Pod.Namespace
	}
	if len(b.found.Targets) == 1 {
		args["Pod"] = b.found.Targets[0].Pod.Name
	}
	return report.Escape(b.words.Text("report.title", args))
}

func (b *binder) counts() {
	before := 0.0
	for _, verdict := range diagnosis.Verdicts() {
		count := Count{Verdict: verdict, Symbol: report.Symbol(verdict), Word: b.words.VerdictWord(verdict), Before: before}
		for i := range b.found.Targets {
			if b.found.Targets[i].Verdict == verdict {
				count.Number++
			}
		}
		if count.Number == 0 {
			continue
		}
		count.Share = float64(count.Number) / float64(len(b.found.Targets))
		before += count.Share
		b.out.Counts = append(b.out.Counts, count)
	}
}

// pods lists the pods that are not well, or the only one.
func (b *binder) pods() {
	for i := range b.found.Targets {
		target := &b.found.Targets[i]
		if target.Verdict == diagnosis.Healthy && len(b.found.Targets) > 1 {
			continue
		}
		if len(b.out.Pods) == maxPods {
			b.out.More++
			continue
		}
		b.out.Pods = append(b.out.Pods, b.pod(target))
	}
}

func (b *binder) pod(target *diagnosis.Target) Pod {
	columns := podstate.ColumnsOf(target.Pod, b.file.TakenAt)
	pod := Pod{
		Verdict: target.Verdict, Symbol: report.Symbol(target.Verdict), Word: b.words.VerdictWord(target.Verdict),
		Namespace: target.Pod.Namespace, Name: target.Pod.Name, Ready: report.Escape(columns.Ready), Status: b.clean(columns.Status),
		Text: b.clean(report.StateText(target, b.Messages)),
	}
	if columns.Restarts != "0" {
		pod.Restarts = report.Escape(b.words.Text("report.restarts", message.Args{"Restarts": columns.Restarts}))
	}
	if !target.Workload.Bare() {
		pod.Workload = report.Escape(target.Workload.String())
	}
	if !target.Since.IsZero() {
		pod.Since = duration.HumanDuration(b.file.TakenAt.Sub(target.Since))
	}
	if root := target.Root(); root != nil {
		pod.Cause, pod.Text = root.ID, b.counted(b.words.Sentence(root))
		pod.Anchor = b.anchor(target)
	}
	return pod
}

// anchor is where the cause of a pod is told.
func (b *binder) anchor(target *diagnosis.Target) string {
	at := slices.IndexFunc(b.found.Groups, func(g diagnosis.Group) bool { return belongs(&g, target) })
	if at < 0 {
		return ""
	}
	return anchor(at)
}

func anchor(group int) string { return fmt.Sprintf("cause-%d", group+1) }

// belongs reports whether a pod is one of a group's.
func belongs(group *diagnosis.Group, target *diagnosis.Target) bool {
	root := target.Root()
	return root != nil && root.Key() == group.Root.Key() && target.Pod.Namespace == group.Namespace && slices.Contains(group.Targets, target.Pod.Name)
}

// line neutralises a text and brings it on one line.
func line(text string) string { return report.Escape(strings.Join(strings.Fields(text), " ")) }
