package document_test

import (
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/internal/schema"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/document"
)

// schemaFile is the published schema, beside the rest of the documentation.
const schemaFile = "../../../../docs/diagnosis.schema.json"

func text(t *testing.T) string {
	t.Helper()
	return schema.Text(t, schema.Document{
		Type: &document.Diagnosis{}, Package: "github.com/kubectl-podkit/podkit/pkg/report/document",
		Title: "What kubectl podkit diagnose -o json prints", APIVersion: document.APIVersion, Kind: document.Kind,
	})
}

func TestSchemaIsThatOfTheTypes(t *testing.T) { golden.Equal(t, schemaFile, text(t)) }

// TestDocumentsKeepToTheSchema: those of every scenario, one with every part there is, and an empty one.
func TestDocumentsKeepToTheSchema(t *testing.T) {
	check := schema.Checker(t, text(t))
	all := documents(t)
	all["every part"] = build(t, diagnosed(), message.Chinese)
	all["nothing"] = build(t, &diagnosis.Diagnosis{File: casefile.New(nil, now)}, message.English)
	for name, found := range all {
		if err := check(encode(t, found)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSchemaRefuses what is none of these documents.
func TestSchemaRefuses(t *testing.T) {
	check := schema.Checker(t, text(t))
	good := encode(t, build(t, diagnosed(), message.English))
	for name, replaced := range map[string][2]string{
		"another version":        {document.APIVersion, "podkit.dev/v1"},
		"a verdict of no kind":   {`"Failing"`, `"Broken"`},
		"a severity of no kind":  {`"error"`, `"fatal"`},
		"a field of no type":     {`"takenAt"`, `"taken"`},
		"a time that is none":    {"2026-03-14T15:09:26Z", "today"},
		"a cause that is a text": {`"rootCause": null`, `"rootCause": "none"`},
	} {
		bad := strings.Replace(good, replaced[0], replaced[1], 1)
		if bad == good {
			t.Errorf("%s: %s is not in the document", name, replaced[0])
		}
		if err := check(bad); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}
