// Package schema makes the JSON schemas that docs/ publishes, from the types of the documents and their comments, and holds
// documents to them.
//
// It is for tests only. Start reading at Text.
package schema

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/invopop/jsonschema"
	checker "github.com/santhosh-tekuri/jsonschema/v6"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Document is what a schema describes.
type Document struct {
	// Type is a pointer to the type.
	Type any
	// Package is the import path of the type's package, which is the test's own folder.
	Package          string
	Title            string
	APIVersion, Kind string
	// Amend, if set, adds to the definitions what the types do not tell.
	Amend func(jsonschema.Definitions)
}

// Text is the schema, as docs/ has it.
func Text(t testing.TB, document Document) string {
	t.Helper()
	reflector := jsonschema.Reflector{Anonymous: true, Mapper: times}
	if err := reflector.AddGoComments(document.Package, "."); err != nil {
		t.Fatal(err)
	}
	for id, comment := range reflector.CommentMap {
		reflector.CommentMap[id] = strings.Join(strings.Fields(comment), " ")
	}
	described := reflector.Reflect(document.Type)
	described.Title = document.Title + ", " + document.APIVersion
	top := described.Definitions[reflect.TypeOf(document.Type).Elem().Name()]
	for name, value := range map[string]string{"apiVersion": document.APIVersion, "kind": document.Kind} {
		top.Properties.Set(name, &jsonschema.Schema{Type: "string", Const: value})
	}
	for _, name := range []string{"kind", "apiVersion"} {
		if !slices.Contains(top.Required, name) {
			top.Required = slices.Insert(top.Required, 0, name)
		}
	}
	if document.Amend != nil {
		document.Amend(described.Definitions)
	}
	data, err := json.MarshalIndent(described, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data) + "\n"
}

// times are texts in JSON.
func times(kind reflect.Type) *jsonschema.Schema {
	if kind == reflect.TypeFor[metav1.Time]() {
		return &jsonschema.Schema{Type: "string", Format: "date-time"}
	}
	return nil
}

// Checker returns what validates a document, in JSON, against a schema.
func Checker(t testing.TB, schema string) func(document string) error {
	t.Helper()
	parsed, err := checker.UnmarshalJSON(strings.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := checker.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return func(document string) error {
		instance, err := checker.UnmarshalJSON(strings.NewReader(document))
		if err != nil {
			return err
		}
		return compiled.Validate(instance)
	}
}
