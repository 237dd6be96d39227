package document_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/access"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/internal/schema"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/report/document"
)

func TestCheckupSchema(t *testing.T) {
	published := schema.Text(t, schema.Document{
		Type: &document.Checkup{}, Package: "github.com/kubectl-podkit/podkit/pkg/report/document",
		Title: "What kubectl podkit doctor -o json prints", APIVersion: document.APIVersion, Kind: document.CheckupKind,
	})
	golden.Equal(t, "../../../../docs/checkup.schema.json", published)
	check := schema.Checker(t, published)
	english, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	found := &report.Checkup{
		TakenAt: time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC), Namespace: "shop", User: "jane",
		Checks: []report.Check{{Area: "terminal", Name: "output", State: report.CheckNote, Says: "doctor.piped", Args: message.Args{"Width": 80}}},
	}
	for _, command := range access.Commands() {
		found.Commands = append(found.Commands, access.Assess(command, func(access.Asked) access.Allowance { return access.Refused }))
	}
	for name, checkup := range map[string]*report.Checkup{"nothing allowed": found, "nothing known": {TakenAt: found.TakenAt}} {
		text, err := json.Marshal(document.BuildCheckup(checkup, english))
		if err != nil {
			t.Fatal(err)
		}
		if err := check(string(text)); err != nil {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
	}
	if check(`{"apiVersion": "podkit.dev/v1alpha1", "kind": "Checkup", "works": "yes"}`) == nil {
		t.Error("the schema takes anything for a checkup")
	}
}
