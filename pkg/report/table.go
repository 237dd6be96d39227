package report

import (
	"bytes"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/cli-runtime/pkg/printers"
)

// leastForLast is how many columns must be left for the last cell of a row before rows are cut at the terminal's edge.
const leastForLast = 24

// PrintTable writes a table with kubectl's printer, which neutralises cells. On a terminal whose width is known rows
// are cut at its edge, so that a long last cell costs no second line; -o wide and pipes show all of it.
func PrintTable(out io.Writer, table *metav1.Table, options printers.PrintOptions, terminal Terminal) error {
	var text bytes.Buffer
	if err := printers.NewTablePrinter(options).PrintObj(table, &text); err != nil {
		return err
	}
	if !terminal.Interactive || options.Wide {
		_, err := text.WriteTo(out)
		return err
	}
	lines := strings.SplitAfter(text.String(), "\n")
	header := strings.TrimRight(lines[0], "\n")
	lastCell := strings.LastIndex(strings.TrimRight(header, " "), " ") + 1
	if terminal.Width-lastCell < leastForLast {
		_, err := text.WriteTo(out)
		return err
	}
	for _, line := range lines {
		if line == "" {
			continue
		}
		cut := ansi.Truncate(strings.TrimRight(line, "\n"), terminal.Width, "…")
		if _, err := io.WriteString(out, cut+"\n"); err != nil {
			return err
		}
	}
	return nil
}
