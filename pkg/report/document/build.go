package document

import (
	"slices"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// Cost is what was asked of the API server.
type Cost struct {
	Requests, Bytes int64
}

// Builder makes documents in one language.
type Builder struct {
	Messages *message.Catalog
	// Kubectl is how kubectl is called in commands.
	Kubectl string
	// Redact takes secrets out of a text; a command that it would change is left out. Nil leaves them.
	Redact func(string) string
}

// Build makes the document of a diagnosis. The same diagnosis gives the same bytes.
func (b Builder) Build(found *diagnosis.Diagnosis, scope Scope, cost Cost) *Diagnosis {
	document := &Diagnosis{
		TypeMeta: metav1.TypeMeta{APIVersion: APIVersion, Kind: Kind},
		TakenAt:  metav1.NewTime(found.File.TakenAt.UTC()),
		Scope:    scope, Targets: []Target{}, Groups: []Group{}, Unknowns: []Unknown{},
		Summary: Summary{Targets: len(found.Targets), Requests: cost.Requests, Bytes: cost.Bytes, Rounds: found.Rounds},
	}
	for i := range found.Targets {
		document.Summary.count(found.Targets[i].Verdict)
		document.Targets = append(document.Targets, b.target(&found.Targets[i]))
	}
	for i := range found.Groups {
		document.Groups = append(document.Groups, b.group(&found.Groups[i]))
	}
	for i := range found.Unknowns {
		document.Unknowns = append(document.Unknowns, b.unknown(&found.Unknowns[i]))
	}
	return document
}

func (s *Summary) count(verdict diagnosis.Verdict) {
	switch verdict {
	case diagnosis.Healthy:
		s.Healthy++
	case diagnosis.Progressing:
		s.Progressing++
	case diagnosis.Degraded:
		s.Degraded++
	case diagnosis.Failing:
		s.Failing++
	case diagnosis.Undecided:
		s.Unknown++
	}
}

func (b Builder) target(found *diagnosis.Target) Target {
	target := Target{
		Object: Object(diagnosis.PodObject(found.Pod)), Workload: Workload(found.Workload), Verdict: string(found.Verdict),
		State: report.StateText(found, b.Messages), Since: moment(found.Since), Until: moment(report.Until(found)),
		Findings: []Finding{},
	}
	if root := found.Root(); root != nil {
		cause := b.rootCause(root)
		target.RootCause = &cause
	}
	for i := range found.Findings {
		target.Findings = append(target.Findings, b.finding(&found.Findings[i]))
	}
	return target
}

func (b Builder) rootCause(root *diagnosis.Finding) RootCause {
	return RootCause{
		ID: root.ID, Severity: root.Severity.String(), Confidence: root.Confidence.String(), Summary: b.Messages.Text(root.Summary(), root.Args),
		Object: Object(root.Object), Container: root.Container,
	}
}

func (b Builder) group(found *diagnosis.Group) Group {
	return Group{
		ID: found.Root.ID, Namespace: found.Namespace, Workload: Workload(found.Workload), RootCause: b.rootCause(&found.Root),
		Targets: append([]string{}, found.Targets...), Of: found.Of, Others: append([]string{}, found.Others...),
	}
}

func (b Builder) unknown(found *diagnosis.Unknown) Unknown {
	right := report.RightFor(found.Question)
	unknown := Unknown{
		What: what(right, found), Verb: right.Verb, Resource: right.Resource, Namespace: found.Namespace, Name: found.Name,
		Container: found.Container, Reason: report.Why(found), Targets: []string{},
	}
	for _, pod := range found.Pods {
		unknown.Targets = append(unknown.Targets, pod.Name)
	}
	slices.Sort(unknown.Targets)
	if found.Err != nil {
		unknown.Message = report.Told(found.Err, b.Messages)
		if b.Redact == nil { // Else it is neutralised once secrets were taken out of it.
			unknown.Message = report.Escape(unknown.Message)
		}
	}
	if unknown.Reason == report.ReasonForbidden {
		unknown.RBAC = &Rule{APIGroups: []string{right.Group}, Resources: []string{right.Resource}, Verbs: []string{right.Verb}}
	}
	return unknown
}

func what(right report.Right, found *diagnosis.Unknown) string {
	words := []string{right.Resource}
	if found.Name != "" {
		words = append(words, found.Name)
	}
	if found.Container != "" {
		words = append(words, "("+found.Container+")")
	}
	return strings.Join(words, " ")
}

// moment is a time as documents have it, or nil when it is not known.
func moment(at time.Time) *metav1.Time {
	if at.IsZero() {
		return nil
	}
	return &metav1.Time{Time: at.UTC()}
}
