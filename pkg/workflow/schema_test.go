package workflow_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/invopop/jsonschema"
	checker "github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// schemaFile is the published schema, beside the rest of the documentation.
const schemaFile = "../../../docs/workflow.schema.json"

// schema describes the document by its types and their comments.
func schema(t *testing.T) string {
	t.Helper()
	reflector := jsonschema.Reflector{Anonymous: true}
	if err := reflector.AddGoComments("github.com/kubectl-podkit/podkit/pkg/workflow", "."); err != nil {
		t.Fatal(err)
	}
	for id, comment := range reflector.CommentMap {
		reflector.CommentMap[id] = strings.Join(strings.Fields(comment), " ")
	}
	described := reflector.Reflect(&workflow.Workflow{})
	described.Title = "A guided workflow of podkit, " + workflow.APIVersion
	properties := described.Definitions["Workflow"].Properties
	properties.Set("apiVersion", &jsonschema.Schema{Type: "string", Const: workflow.APIVersion})
	properties.Set("kind", &jsonschema.Schema{Type: "string", Const: workflow.Kind})
	consent, _ := described.Definitions["Step"].Properties.Get("consent")
	for _, class := range workflow.Consents() {
		consent.Enum = append(consent.Enum, class)
	}
	data, err := json.MarshalIndent(described, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data) + "\n"
}

func TestSchemaIsThatOfTheTypes(t *testing.T) { golden.Equal(t, schemaFile, schema(t)) }

// check validates a document in YAML.
func check(t *testing.T, document string) error {
	t.Helper()
	parsed, err := checker.UnmarshalJSON(strings.NewReader(schema(t)))
	if err != nil {
		t.Fatal(err)
	}
	compiler := checker.NewCompiler()
	if err := compiler.AddResource("workflow.schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("workflow.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	data, err := yaml.YAMLToJSON([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	instance, err := checker.UnmarshalJSON(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	return compiled.Validate(instance)
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
