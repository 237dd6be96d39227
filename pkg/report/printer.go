package report

import (
	"errors"
	"io"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/printers"
	"sigs.k8s.io/yaml/kyaml"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Printer returns the printer that -o and --template ask for, or nil for the table; wide is set for -o wide. What it prints is
// exact in files and pipes, and neutral on a terminal.
func Printer(flags *genericclioptions.PrintFlags, terminal Terminal) (printer printers.ResourcePrinter, wide bool, err error) {
	output := *flags.OutputFormat
	if output == "wide" {
		return nil, true, nil
	}
	if output == "" && *flags.TemplatePrinterFlags.TemplateArgument == "" {
		return nil, false, nil
	}
	asked := *flags
	format := strings.ToLower(output)
	if format == "yaml" || format == "kyaml" {
		form := "json"
		asked.OutputFormat = &form
	}
	printer, err = asked.ToPrinter()
	if err != nil {
		return nil, false, message.Errorf(err, "error.printer", message.Args{"Cause": err.Error()})
	}
	return &exactPrinter{ResourcePrinter: printer, format: format, terminal: terminal}, false, nil
}

// exactPrinter prints through another printer: YAML by way of JSON, since kubectl's printer fails on control characters, and
// everything so that a terminal can show it.
type exactPrinter struct {
	printers.ResourcePrinter
	format   string
	terminal Terminal
	printed  bool
}

// PrintObj prints one object. Documents of YAML are kept apart, as kubectl does (cli-runtime pkg/printers/yaml.go).
func (p *exactPrinter) PrintObj(object runtime.Object, out io.Writer) error {
	var text strings.Builder
	if err := p.ResourcePrinter.PrintObj(object, &text); err != nil {
		return err
	}
	again := p.printed
	p.printed = true
	switch {
	case p.format == "yaml":
		document, err := toYAML(text.String(), p.terminal)
		if err == nil && again {
			document = "---\n" + document
		}
		if err == nil {
			_, err = io.WriteString(out, document)
		}
		return err
	case p.format == "kyaml":
		var document strings.Builder
		if err := new(kyaml.Encoder).FromYAML(strings.NewReader(escapeQuoted(text.String())), &document); err != nil {
			return err
		}
		return writeExact(out, document.String(), p.terminal, escapeQuoted)
	case p.format == "json" || strings.HasPrefix(p.format, "jsonpath-as-json"):
		return writeExact(out, text.String(), p.terminal, seenJSON)
	}
	return writeExact(out, text.String(), p.terminal, Escape)
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
	return Escape(Told(err, messages))
}

// Told is an error in the reader's language on one line as it is, for who takes secrets out of it before it is neutralised.
func Told(err error, messages *message.Catalog) string {
	text := err.Error()
	var told *message.Error
	if errors.As(err, &told) {
		text = messages.Text(told.ID, told.Args)
	}
	return oneLine(text)
}
