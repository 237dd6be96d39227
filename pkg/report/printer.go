package report

import (
	"errors"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/printers"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Printer returns the printer that -o and --template ask for, or nil for the table; wide is set for -o wide.
func Printer(flags *genericclioptions.PrintFlags) (printer printers.ResourcePrinter, wide bool, err error) {
	output := *flags.OutputFormat
	if output == "wide" {
		return nil, true, nil
	}
	if output == "" && *flags.TemplatePrinterFlags.TemplateArgument == "" {
		return nil, false, nil
	}
	printer, err = flags.ToPrinter()
	if err != nil {
		return nil, false, message.Errorf(err, "error.printer", message.Args{"Cause": err.Error()})
	}
	return printer, false, nil
}

// Untouched returns what a printer is given: the only object as itself when it was named alone, else a v1 List, as
// kubectl does.
func Untouched(items []unstructured.Unstructured, alone bool) runtime.Object {
	if alone && len(items) == 1 {
		return &items[0]
	}
	return &unstructured.UnstructuredList{
		Object: map[string]any{"apiVersion": "v1", "kind": "List", "metadata": map[string]any{"resourceVersion": ""}},
		Items:  items,
	}
}

// Sentence is an error in the reader's language, neutralised, on one line.
func Sentence(err error, messages *message.Catalog) string {
	text := err.Error()
	var told *message.Error
	if errors.As(err, &told) {
		text = messages.Text(told.ID, told.Args)
	}
	return Escape(strings.Join(strings.Fields(text), " "))
}
