package report

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/cli-runtime/pkg/printers"
)

// leastForLast is how many columns must be left for the last cell of a row before rows are cut at the terminal's edge.
const leastForLast = 24

// PrintTable writes one table; see TableWriter.
func PrintTable(out io.Writer, table *metav1.Table, options printers.PrintOptions, terminal Terminal) error {
	return NewTableWriter(out, options, terminal).Print(table)
}

// TableWriter writes tables of the same columns one below the other with kubectl's printer, as a watch does: one header,
// and cells aligned with those above. Cells are neutralised. On a terminal whose width is known rows are cut at its edge,
// so that a long last cell costs no second line; -o wide and pipes show all of it.
type TableWriter struct {
	out     io.Writer
	printer printers.ResourcePrinter
	// aligned is kubectl's tab writer, which remembers the widths of columns; it writes to text.
	aligned interface {
		io.Writer
		Flush() error
	}
	text *bytes.Buffer
	// width is where rows are cut; 0 means nowhere. It is settled when the header shows where the last cell begins.
	width   int
	settled bool
	// headless drops the header, which is printed all the same when it has to tell that.
	headless bool
}

// NewTableWriter returns a writer of tables.
func NewTableWriter(out io.Writer, options printers.PrintOptions, terminal Terminal) *TableWriter {
	text := &bytes.Buffer{}
	w := &TableWriter{out: out, text: text, aligned: printers.GetNewTabWriter(text), settled: true}
	if terminal.Interactive && !options.Wide {
		w.width, w.settled, w.headless = terminal.Width, false, options.NoHeaders
		options.NoHeaders = false
	}
	w.printer = printers.NewTablePrinter(options)
	return w
}

// Print writes the rows of a table, and the header when they are the first.
func (w *TableWriter) Print(table *metav1.Table) error {
	if err := w.printer.PrintObj(neutral(table), w.aligned); err != nil {
		return err
	}
	if err := w.aligned.Flush(); err != nil {
		return err
	}
	text := w.text.String()
	w.text.Reset()
	if !w.settled && text != "" {
		header, rows, _ := strings.Cut(text, "\n")
		w.settle(header)
		if w.headless {
			text = rows
		}
	}
	for line := range strings.Lines(text) {
		if _, err := io.WriteString(w.out, w.cut(line)); err != nil {
			return err
		}
	}
	return nil
}

// neutral returns a table whose cells can be shown. It is made before they are aligned: what is neutralised may be wider.
func neutral(table *metav1.Table) *metav1.Table {
	shown := *table
	shown.Rows = slices.Clone(table.Rows)
	for i := range shown.Rows {
		cells := slices.Clone(shown.Rows[i].Cells)
		for j := range cells {
			if text, ok := cells[j].(string); ok {
				cells[j] = Escape(text)
			}
		}
		shown.Rows[i].Cells = cells
	}
	return &shown
}

// settle decides by the header whether the last cell has room enough to be cut.
func (w *TableWriter) settle(header string) {
	w.settled = true
	lastCell := strings.LastIndex(strings.TrimRight(header, " "), " ") + 1
	if w.width-lastCell < leastForLast {
		w.width = 0
	}
}

// cut brings a line to the width. The padding before an empty last cell is left out.
func (w *TableWriter) cut(line string) string {
	line = strings.TrimRight(line, " \n")
	if w.width > 0 {
		line = ansi.Truncate(line, w.width, "…")
	}
	return line + "\n"
}
