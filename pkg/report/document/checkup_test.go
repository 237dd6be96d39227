package document_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/invopop/jsonschema"
	checker "github.com/santhosh-tekuri/jsonschema/v6"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/access"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/report/document"
)

// checkupSchema describes what doctor prints by its types and their comments.
func checkupSchema(t *testing.T) string {
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
	described := reflector.Reflect(&document.Checkup{})
	described.Title = "What kubectl podkit doctor -o json prints, " + document.APIVersion
	top := described.Definitions["Checkup"]
	top.Properties.Set("apiVersion", &jsonschema.Schema{Type: "string", Const: document.APIVersion})
	top.Properties.Set("kind", &jsonschema.Schema{Type: "string", Const: document.CheckupKind})
	top.Required = append([]string{"apiVersion", "kind"}, top.Required...)
	data, err := json.MarshalIndent(described, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data) + "\n"
}

func TestCheckupSchema(t *testing.T) {
	schema := checkupSchema(t)
	golden.Equal(t, "../../../../docs/checkup.schema.json", schema)
	parsed, err := checker.UnmarshalJSON(strings.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := checker.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("checkup.schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("checkup.schema.json")
	if err != nil {
		t.Fatal(err)
	}
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
		instance, err := checker.UnmarshalJSON(strings.NewReader(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(instance); err != nil {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
	}
	wrong, err := checker.UnmarshalJSON(strings.NewReader(`{"apiVersion": "podkit.dev/v1alpha1", "kind": "Checkup", "works": "yes"}`))
	if err != nil {
		t.Fatal(err)
	}
	if compiled.Validate(wrong) == nil {
		t.Error("the schema takes anything for a checkup")
	}
}
