package report_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/kubectl/pkg/scheme"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// printFlags returns -o and --template as typed.
func printFlags(output, template string) *genericclioptions.PrintFlags {
	flags := genericclioptions.NewPrintFlags("").WithTypeSetter(scheme.Scheme)
	*flags.OutputFormat, *flags.TemplatePrinterFlags.TemplateArgument = output, template
	return flags
}

func TestPrinter(t *testing.T) {
	tests := map[string]struct {
		output, template string
		table, wide      bool
	}{
		"nothing asked":  {table: true},
		"wide":           {output: "wide", table: true, wide: true},
		"json":           {output: "json"},
		"jsonpath":       {output: "jsonpath={.items}"},
		"template alone": {template: "{{.kind}}"},
	}
	for name, test := range tests {
		printer, wide, err := report.Printer(printFlags(test.output, test.template), report.Terminal{Piped: true})
		if err != nil || (printer == nil) != test.table || wide != test.wide {
			t.Errorf("%s: got %T, wide %v, %v", name, printer, wide, err)
		}
	}
	var told *message.Error
	if _, _, err := report.Printer(printFlags("nonsense", ""), report.Terminal{Piped: true}); !errors.As(err, &told) || told.ID != "error.printer" {
		t.Errorf("-o nonsense: got %v", err)
	}
}

func TestUntouched(t *testing.T) {
	item := func(name string) unstructured.Unstructured {
		return unstructured.Unstructured{Object: map[string]any{
			"apiVersion": "v1", "kind": "Pod", "metadata": map[string]any{"name": name}, "spec": map[string]any{"newer": true},
		}}
	}
	two := []unstructured.Unstructured{item("a"), item("b")}
	tests := []struct {
		items            []unstructured.Unstructured
		alone            bool
		output, template string
		want             string
	}{
		{two[:1], true, "name", "", "pod/a\n"},
		{two[:1], true, "jsonpath={.kind} {.spec.newer}", "", "Pod true"},
		{two[:1], false, "jsonpath={.kind} {.items[*].spec.newer}", "", "List true"},
		{two, false, "name", "", "pod/a\npod/b\n"},
		{two, false, "go-template", `{{range .items}}{{.metadata.name}}{{"\n"}}{{end}}`, "a\nb\n"},
		{nil, false, "name", "", ""},
		{nil, false, "json", "", "{\n    \"apiVersion\": \"v1\",\n    \"items\": [],\n    \"kind\": \"List\",\n    \"metadata\": {\n        \"resourceVersion\": \"\"\n    }\n}\n"},
		{two[:1], true, "yaml", "", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  newer: true\n"},
	}
	for _, test := range tests {
		printer, _, err := report.Printer(printFlags(test.output, test.template), report.Terminal{Piped: true})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := printer.PrintObj(report.Untouched(test.items, test.alone), &out); err != nil {
			t.Errorf("-o %s of %d: %v", test.output, len(test.items), err)
		}
		if out.String() != test.want {
			t.Errorf("-o %s of %d: got %q, want %q", test.output, len(test.items), out.String(), test.want)
		}
	}
}

func TestSentence(t *testing.T) {
	told := message.Errorf(nil, "error.flag", message.Args{"Cause": "no\nflag \x1b[2J", "Command": "kubectl podkit"})
	tests := []struct {
		err      error
		language message.Language
		want     string
	}{
		{errors.New("raw\n\terror\a"), message.English, "raw error<U+0007>"},
		{told, message.English, "no flag ^[[2J; see kubectl podkit --help"},
		{fmt.Errorf("outer: %w", told), message.English, "no flag ^[[2J; see kubectl podkit --help"},
		{told, message.Chinese, "no flag ^[[2J；参见 kubectl podkit --help"},
	}
	for _, test := range tests {
		if got := report.Sentence(test.err, catalog(t, test.language)); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}
