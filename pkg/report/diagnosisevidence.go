package report

import (
	"fmt"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// evidenceLines is how many lines one piece of evidence may take where not all is asked for.
const evidenceLines = 3

// sourceLabels are the ids of the words for where evidence was read.
var sourceLabels = map[diagnosis.Source]string{
	diagnosis.LogEnd: "diagnose.log", diagnosis.Status: "diagnose.state", diagnosis.Spec: "diagnose.spec",
	diagnosis.Events: "diagnose.event", diagnosis.Other: "diagnose.object",
}

// evidence writes facts in columns: where each was read, and what stands there.
func (w *diagnosisWriter) evidence(target *diagnosis.Target, evidence []diagnosis.Evidence) {
	places := make([]string, len(evidence))
	column := 0
	left := len(indent) + w.label
	limit := (w.width - left) * 2 / 5
	for i := range evidence {
		places[i] = oneCell(w.placeOf(target, &evidence[i]))
		if width := widthOf(places[i]); width <= limit {
			column = max(column, width)
		}
	}
	gap := 2
	if column == 0 {
		gap = 0
	}
	for i := range evidence {
		head := w.labelled(sourceLabels[evidence[i].Source])
		blank := strings.Repeat(" ", left+column+gap)
		if widthOf(places[i]) > column {
			w.Line(head + w.inks.faint.Render(ansiCut(places[i], w.width-left)))
			head = blank
		} else {
			head += w.inks.faint.Render(places[i]) + strings.Repeat(" ", column+gap-widthOf(places[i]))
		}
		for _, line := range w.evidenceText(&evidence[i], w.width-left-column-gap) {
			w.Line(head + line)
			head = blank
		}
	}
}

// placeOf says of what a piece of evidence is: the container and its instance, or another object than the pod, and when.
func (w *diagnosisWriter) placeOf(target *diagnosis.Target, evidence *diagnosis.Evidence) string {
	var parts []string
	object := evidence.Object
	if object.Name != "" && (object.Kind != "Pod" || object.Name != target.Pod.Name) {
		parts = append(parts, strings.ToLower(object.Kind)+"/"+object.Name)
	}
	if evidence.Reason != "" {
		parts = append(parts, evidence.Reason)
	}
	if evidence.Container != "" {
		parts = append(parts, evidence.Container)
	}
	if evidence.Previous {
		parts = append(parts, w.text("diagnose.previous", nil))
	}
	if evidence.Times > 1 {
		parts = append(parts, fmt.Sprintf("x%d", evidence.Times))
	}
	if !evidence.At.IsZero() {
		parts = append(parts, w.clock(evidence.At))
	}
	return strings.Join(parts, w.text("diagnose.comma", nil))
}

// clock is a moment as logs and YAML tell it, in UTC; of another day its age is more telling.
func (w *diagnosisWriter) clock(at time.Time) string {
	if age := w.now.Sub(at); age > 24*time.Hour {
		return w.text("diagnose.ago", message.Args{"Ago": duration.HumanDuration(age)})
	}
	return at.UTC().Format("15:04:05Z")
}

// evidenceText is what was read, in lines of at most width columns.
func (w *diagnosisWriter) evidenceText(evidence *diagnosis.Evidence, width int) []string {
	var lines []string
	if evidence.Says != "" {
		lines = wrapProse(oneCell(w.text(evidence.Says, evidence.Args)), width)
	}
	value := strings.Split(strings.TrimRight(evidence.Value, "\n"), "\n")
	if evidence.Source == diagnosis.LogEnd && !w.view.Verbose {
		value = telling(value)
	}
	if field := w.fieldOf(evidence); field != "" {
		value[0] = strings.TrimRight(field+": "+value[0], ": ")
	}
	for _, line := range value {
		if strings.TrimSpace(line) == "" {
			continue
		}
		line = Escape(strings.ReplaceAll(line, "\r", ""))
		if !w.view.Verbose && evidence.Source != diagnosis.LogEnd {
			line = elide(oneLine(line), width*evidenceLines-len(hanging)*(evidenceLines-1)-width/3)
		}
		lines = append(lines, fold(line, width)...)
	}
	if !w.view.Verbose && len(lines) > evidenceLines {
		last := ansiCut(lines[evidenceLines-1]+" "+strings.TrimSpace(lines[evidenceLines]), width)
		lines = append(lines[:evidenceLines-1], last)
	}
	if len(lines) == 0 {
		return []string{""}
	}
	return lines
}

// fieldOf is the path of a field below its container; what a label and a container tell already is left out of a state.
func (w *diagnosisWriter) fieldOf(evidence *diagnosis.Evidence) string {
	if evidence.Field == "" {
		return ""
	}
	_, below, found := strings.Cut(evidence.Field, "["+evidence.Container+"].")
	switch {
	case w.view.Verbose, evidence.Container == "" || !found:
		return evidence.Field
	case evidence.Source == diagnosis.Status && (strings.HasPrefix(below, "state") || strings.HasPrefix(below, "lastState")):
		return ""
	}
	return below
}

// ansiCut brings a line to a width, and shows that there was more.
func ansiCut(line string, width int) string {
	if widthOf(line) <= width {
		return line
	}
	head, _ := cut(line, max(width-1, 1))
	return strings.TrimRight(head, " ") + "…"
}

// elide shortens a text in its middle: errors begin with where they were met and end with their cause.
func elide(text string, width int) string {
	if widthOf(text) <= width {
		return text
	}
	head, rest := cut(text, width/3)
	for widthOf(rest) > width-width/3-3 {
		_, rest = cut(rest, 1)
	}
	return strings.TrimRight(head, " ") + " … " + strings.TrimLeft(rest, " ")
}
