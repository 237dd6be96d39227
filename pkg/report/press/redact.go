package press

import (
	"github.com/kubectl-podkit/podkit/pkg/report/document"
	"github.com/kubectl-podkit/podkit/pkg/report/dossier"
)

// redact takes secrets out of the texts of a document that SARIF and JUnit show.
func redact(made *document.Diagnosis, redactor dossier.Redactor) {
	clean := func(texts ...*string) {
		for _, text := range texts {
			*text = redactor.Log(*text)
		}
	}
	for i := range made.Targets {
		target := &made.Targets[i]
		clean(&target.State)
		if target.RootCause != nil {
			clean(&target.RootCause.Summary)
		}
		for j := range target.Findings {
			redactFinding(&target.Findings[j], clean)
		}
	}
	for i := range made.Unknowns {
		clean(&made.Unknowns[i].Message)
	}
}

func redactFinding(finding *document.Finding, clean func(...*string)) {
	clean(&finding.Summary)
	for i := range finding.Evidence {
		evidence := &finding.Evidence[i]
		clean(&evidence.Text, &evidence.Value, &evidence.Field)
		if evidence.Object != nil {
			clean(&evidence.Object.Kind, &evidence.Object.Name)
		}
		if evidence.Event != nil {
			clean(&evidence.Event.Message, &evidence.Event.Reason)
		}
		if evidence.Log != nil {
			clean(&evidence.Log.Text)
		}
	}
	for i := range finding.Remedies {
		clean(&finding.Remedies[i].Text) // A command with a secret is none: document.Builder leaves it out.
	}
}
