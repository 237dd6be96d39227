package workflow_test

import (
	"strings"
	"testing"

	"github.com/invopop/jsonschema"
	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/internal/schema"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// schemaFile is the published schema, beside the rest of the documentation.
const schemaFile = "../../../docs/workflow.schema.json"

func text(t *testing.T) string {
	t.Helper()
	return schema.Text(t, schema.Document{
		Type: &workflow.Workflow{}, Package: "github.com/kubectl-podkit/podkit/pkg/workflow",
		Title: "A guided workflow of podkit", APIVersion: workflow.APIVersion, Kind: workflow.Kind,
		Amend: func(definitions jsonschema.Definitions) {
			consent, _ := definitions["Step"].Properties.Get("consent")
			for _, class := range workflow.Consents() {
				consent.Enum = append(consent.Enum, class)
			}
		},
	})
}

func TestSchemaIsThatOfTheTypes(t *testing.T) { golden.Equal(t, schemaFile, text(t)) }

// check validates a document in YAML.
func check(t *testing.T, document string) error {
	t.Helper()
	data, err := yaml.YAMLToJSON([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Checker(t, text(t))(string(data))
}

func TestSchema(t *testing.T) {
	if err := check(t, branching); err != nil {
		t.Errorf("a good workflow is refused: %v", err)
	}
	for name, replaced := range map[string][2]string{
		"another version":        {workflow.APIVersion, "podkit.dev/v1"},
		"a field of no type":     {"priority:", "prio:"},
		"a text in one language": {"title: {en: t, zh: 题}", "title: {en: t}"},
		"a consent of no class":  {"action: ask", "action: ask\n    consent: none"},
	} {
		bad := strings.Replace(branching, replaced[0], replaced[1], 1)
		if bad == branching {
			t.Errorf("%s: %s is not in the document", name, replaced[0])
		}
		if err := check(t, bad); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}
