package document_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/invopop/jsonschema"
	checker "github.com/santhosh-tekuri/jsonschema/v6"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/document"
)

// schemaFile is the published schema, beside the rest of the documentation.
const schemaFile = "../../../../docs/diagnosis.schema.json"

// schema describes the document by its types and their comments.
func schema(t *testing.T) string {
	t.Helper()
	reflector := jsonschema.Reflector{
		Anonymous: true,
		Mapper: func(kind reflect.Type) *jsonschema.Schema {
			if kind == reflect.TypeFor[metav1.Time]() {
				return &jsonschema.Schema{Type: "string", Format: "date-time"}
			}
			return nil
		},
	}
	if err := reflector.AddGoComments("github.com/kubectl-podkit/podkit/pkg/report/document", "."); err != nil {
		t.Fatal(err)
	}
	for id, comment := range reflector.CommentMap {
		reflector.CommentMap[id] = strings.Join(strings.Fields(comment), " ")
	}
	described := reflector.Reflect(&document.Diagnosis{})
	described.Title = "What kubectl podkit diagnose -o json prints, " + document.APIVersion
	properties := described.Definitions["Diagnosis"].Properties
	properties.Set("apiVersion", &jsonschema.Schema{Type: "string", Const: document.APIVersion})
	properties.Set("kind", &jsonschema.Schema{Type: "string", Const: document.Kind})
	described.Definitions["Diagnosis"].Required = append([]string{"apiVersion", "kind"}, described.Definitions["Diagnosis"].Required...)
	data, err := json.MarshalIndent(described, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data) + "\n"
}

func TestSchemaIsThatOfTheTypes(t *testing.T) { golden.Equal(t, schemaFile, schema(t)) }

func compiled(t *testing.T) *checker.Schema {
	t.Helper()
	parsed, err := checker.UnmarshalJSON(strings.NewReader(schema(t)))
	if err != nil {
		t.Fatal(err)
	}
	compiler := checker.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("diagnosis.schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("diagnosis.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func check(t *testing.T, schema *checker.Schema, text string) error {
	t.Helper()
	instance, err := checker.UnmarshalJSON(bytes.NewReader([]byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(instance)
}

// TestDocumentsKeepToTheSchema: those of every scenario, one with every part there is, and an empty one.
func TestDocumentsKeepToTheSchema(t *testing.T) {
	schema := compiled(t)
	all := documents(t)
	all["every part"] = build(t, diagnosed(), message.Chinese)
	all["nothing"] = build(t, &diagnosis.Diagnosis{File: casefile.New(nil, now)}, message.English)
	for name, found := range all {
		if err := check(t, schema, encode(t, found)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSchemaRefuses what is none of these documents.
func TestSchemaRefuses(t *testing.T) {
	schema := compiled(t)
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
		if err := check(t, schema, bad); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}
