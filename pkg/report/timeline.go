package report

import (
	"bytes"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/timeline"
)

// Timeline writes what happened to a pod, its owners and its node, the oldest first, and what could not be read of it.
func (p *Page) Timeline(file *casefile.File, pod *corev1.Pod) {
	p.Section("timeline.title")
	var text bytes.Buffer
	rows := tabwriter.NewWriter(&text, 0, 8, 2, ' ', 0)
	fmt.Fprintln(rows, "  AGE\tTYPE\tOBJECT\tREASON\tFROM\tMESSAGE")
	for _, entry := range timeline.Of(file, pod) {
		fmt.Fprintln(rows, "  "+strings.Join(p.timelineRow(&entry, file.TakenAt), "\t"))
	}
	if err := rows.Flush(); err != nil && p.err == nil {
		p.err = err
	}
	p.Line(strings.TrimRight(text.String(), "\n"))
	for _, err := range file.UnreadEvents() {
		p.Line("  " + p.text("timeline.unread", message.Args{"Cause": Sentence(err, p.messages)}))
	}
}

// timelineRow is the cells of one entry. kubectl's words for repetition are kept: "5s (x3 over 2m)".
func (p *Page) timelineRow(entry *timeline.Entry, now time.Time) []string {
	age := duration.HumanDuration(now.Sub(entry.Last))
	if entry.Times > 1 {
		age = fmt.Sprintf("%s (x%d over %s)", age, entry.Times, duration.HumanDuration(now.Sub(entry.First)))
	}
	kind := "Normal"
	if entry.Warning {
		kind = "Warning"
	}
	text := entry.Text
	if text == "" {
		text = p.text(entry.ID, entry.Args)
	}
	object := strings.ToLower(entry.Kind) + "/" + entry.Name
	return []string{age, kind, oneCell(object), oneCell(entry.Reason), oneCell(entry.Source), oneCell(text)}
}

// oneCell neutralises a text and brings it on one line without tabs, as a cell of a table must be.
func oneCell(text string) string { return Escape(oneLine(text)) }

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
