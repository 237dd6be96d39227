package table

import (
	"encoding/json"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/duration"
)

// Printer prints the objects of one resource.
type Printer struct {
	Columns []metav1.TableColumnDefinition
	cells   func(raw []byte, now time.Time) ([]any, error)
}

// Of returns the printer of a resource.
func Of(resource schema.GroupResource) Printer {
	if printer, known := printers()[resource]; known {
		return printer
	}
	return plain
}

// Cells are the cells of one object, as many as there are columns.
func (p Printer) Cells(raw []byte, now time.Time) []any {
	cells, err := p.cells(raw, now)
	if err != nil || len(cells) != len(p.Columns) {
		// An object of another shape than its kind has: name and age are all that is sure.
		basic, err := plain.cells(raw, now)
		if err != nil {
			basic = []any{unknown, unknown}
		}
		cells = make([]any, len(p.Columns))
		for i := range cells {
			cells[i] = unknown
		}
		cells[0] = basic[0]
	}
	return cells
}

// What stands for nothing.
const (
	none    = "<none>"
	unset   = "<unset>"
	unknown = "<unknown>"
)

// columns reads the names of columns: "Name Age IP*", where * is shown with -o wide alone and _ stands for a blank.
func columns(names string) []metav1.TableColumnDefinition {
	var definitions []metav1.TableColumnDefinition
	for name := range strings.FieldsSeq(names) {
		definition := metav1.TableColumnDefinition{Type: "string"}
		name, wide := strings.CutSuffix(name, "*")
		if wide {
			definition.Priority = 1
		}
		definition.Name = strings.ReplaceAll(name, "_", " ")
		if definition.Name == "Name" {
			definition.Format = "name"
		}
		definitions = append(definitions, definition)
	}
	return definitions
}

// printer makes a printer of a function of the typed object.
func printer[T any](names string, cells func(object *T, now time.Time) []any) Printer {
	return Printer{Columns: columns(names), cells: func(raw []byte, now time.Time) ([]any, error) {
		object := new(T)
		if err := json.Unmarshal(raw, object); err != nil {
			return nil, err
		}
		return cells(object, now), nil
	}}
}

// plain is what every object can be printed with.
var plain = printer("Name Age", func(object *metav1.PartialObjectMetadata, now time.Time) []any {
	return []any{object.Name, age(object.CreationTimestamp, now)}
})

func age(since metav1.Time, now time.Time) string {
	if since.IsZero() {
		return unknown
	}
	return duration.HumanDuration(now.Sub(since.Time))
}

// or is the text, or what stands for none.
func or(text, absent string) string {
	if text == "" {
		return absent
	}
	return text
}

func list(texts []string) string { return or(strings.Join(texts, ","), none) }

// printers are all that are known.
func printers() map[schema.GroupResource]Printer {
	all := map[schema.GroupResource]Printer{}
	for _, family := range []map[string]Printer{corePrinters(), nodePrinters(), workloadPrinters(), servicePrinters(), storagePrinters(), policyPrinters()} {
		for name, printer := range family {
			all[schema.ParseGroupResource(name)] = printer
		}
	}
	return all
}
