package document

import (
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

func (b Builder) finding(found *diagnosis.Finding) Finding {
	finding := Finding{
		ID: found.ID, Severity: found.Severity.String(), Confidence: found.Confidence.String(),
		Title: b.Messages.Text("finding."+found.ID+".title", nil), Summary: b.Messages.Text(found.Summary(), found.Args),
		Object: Object(found.Object), Container: found.Container, Args: found.Args,
		Evidence: []Evidence{}, Because: []Reference{}, Remedies: []Remedy{},
	}
	for i := range found.Evidence {
		finding.Evidence = append(finding.Evidence, b.evidence(&found.Evidence[i]))
	}
	for _, cause := range found.Because {
		finding.Because = append(finding.Because, Reference(cause))
	}
	for _, remedy := range found.Remedies {
		finding.Remedies = append(finding.Remedies, b.remedy(remedy))
	}
	return finding
}

func (b Builder) evidence(found *diagnosis.Evidence) Evidence {
	evidence := Evidence{Source: string(found.Source), Container: found.Container}
	if found.Object.Kind != "" {
		object := Object(found.Object)
		evidence.Object = &object
	}
	if found.Says != "" {
		evidence.Text = b.Messages.Text(found.Says, found.Args)
	}
	switch found.Source {
	case diagnosis.Events:
		evidence.Event = &Event{Reason: found.Reason, Message: found.Value, Count: max(found.Times, 1), LastSeen: moment(found.At)}
	case diagnosis.LogEnd:
		evidence.Log = &Log{
			Container: found.Container, Previous: found.Previous, Line: found.Line, Text: found.Value, Time: moment(found.At),
		}
	default:
		evidence.Field, evidence.Value, evidence.Time = found.Field, found.Value, moment(found.At)
	}
	return evidence
}

func (b Builder) remedy(found diagnosis.Remedy) Remedy {
	remedy := Remedy{Text: b.Messages.Text(found.ID, found.Args), Effect: string(found.Effect)}
	line, refusal := report.PublicLine(found.Command.Called(b.Kubectl), b.Redact)
	if refusal != "" {
		remedy.Text = b.Messages.Text("diagnose.aside", message.Args{"Text": remedy.Text, "Tag": b.Messages.Refusal(refusal)})
	}
	remedy.Command = line
	return remedy
}
