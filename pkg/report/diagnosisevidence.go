package report

import (
	"fmt"
	"slices"
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
	if column > 0 {
		column += 2
	}
	for i := range evidence {
		head, text := w.labelled(sourceLabels[evidence[i].Source]), left+column
		if widthOf(places[i])+2 > column {
			w.Line(head + w.inks.faint.Render(shorten(places[i], w.width-left)))
			text = left + len(indent)
			head = strings.Repeat(" ", text)
		} else {
			head += w.inks.faint.Render(places[i]) + strings.Repeat(" ", column-widthOf(places[i]))
		}
		for _, line := range w.evidenceText(&evidence[i], w.width-text) {
			w.Line(head + line)
			head = strings.Repeat(" ", text)
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

// evidenceText is what was read, in lines of at most width columns, none of which begins like a command.
func (w *diagnosisWriter) evidenceText(evidence *diagnosis.Evidence, width int) []string {
	var lines []string
	if evidence.Says != "" {
		lines = w.terminal.wrapValue(w.terminal.unposed(oneCell(w.text(evidence.Says, evidence.Args)), width), width)
	}
	value := w.value(evidence)
	left := evidenceLines - len(lines)
	switch {
	case w.view.Verbose:
		lines = append(lines, w.whole(value, evidence.Source, width)...)
	case evidence.Source == diagnosis.LogEnd:
		told := telling(value)
		for _, line := range told {
			most := max(evidenceLines/len(told), 1)
			line = w.terminal.unposed(oneLine(clip(line)), width)
			lines = append(lines, w.terminal.wrapValue(shorten(line, width*most-width/4*(most-1)), width)...)
		}
	case len(value) > 0 && left > 0:
		lines = append(lines, w.terminal.squeeze(w.terminal.unposed(oneLine(strings.Join(value, " ")), width), width, left)...)
	}
	if len(lines) == 0 {
		return []string{""}
	}
	if !w.view.Verbose && len(lines) > evidenceLines {
		lines = append(lines[:evidenceLines-1], shorten(lines[evidenceLines-1]+" …", width))
	}
	return lines
}

// whole is all of what was read; the lines of a log keep their indentation.
func (w *diagnosisWriter) whole(value []string, source diagnosis.Source, width int) []string {
	var lines []string
	for _, line := range value {
		line = w.terminal.unposed(clip(line), width)
		if source != diagnosis.LogEnd {
			lines = append(lines, w.terminal.wrapValue(oneLine(line), width)...)
			continue
		}
		for _, folded := range w.terminal.fold(line, width) {
			lines = append(lines, strings.TrimRight(folded, " "))
		}
	}
	return lines
}

// value is the lines of what was read, neutral, without empty ones, and behind the field that it stands in.
func (w *diagnosisWriter) value(evidence *diagnosis.Evidence) []string {
	if evidence.Value == "" && evidence.Says != "" && !w.view.Verbose {
		return nil // What is said names the field.
	}
	text := strings.ReplaceAll(evidence.Value, "\r", "")
	if field := w.fieldOf(evidence); field != "" {
		text = strings.TrimSuffix(field+": "+text, ": ")
	}
	if w.redactor != nil {
		text = w.redactor.Log(text)
	}
	return slices.DeleteFunc(strings.Split(Escape(text), "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
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
