package sarif

import (
	"encoding/json"
	"io"
	"strings"
	"time"

	format "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/report/document"
)

// project is where the tool and its causes are described.
const project = "https://github.com/kubectl-podkit/podkit"

// Writer writes diagnoses in one language.
type Writer struct {
	// Explain gives what podkit knows of a cause.
	Explain func(id string) report.Explanation
	// Language is that of the texts, as a BCP 47 tag; Version is podkit's.
	Language, Version string
}

// Write writes the log of one run. The same diagnosis gives the same bytes.
func (w Writer) Write(out io.Writer, found *document.Diagnosis) error {
	run := format.NewRunWithInformationURI("podkit", project).WithLanguage(w.Language)
	run.Tool.Driver.WithVersion(w.Version)
	run.AddInvocation(invocation(found))
	results := newResults(found)
	for _, id := range results.rules() {
		run.Tool.Driver.AddRule(w.rule(id))
	}
	for _, result := range results.list {
		run.AddResult(result.sarif(run.GetRuleIndex(result.finding.ID)))
	}
	log := format.NewReport().AddRun(run)
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(log)
}

// rule describes a cause.
func (w Writer) rule(id string) *format.ReportingDescriptor {
	about := w.Explain(id)
	plain := func(text string) *format.MultiformatMessageString {
		return format.NewMultiformatMessageString().WithText(literal(strings.ReplaceAll(text, "`", "")))
	}
	help := strings.Join([]string{about.Meaning, about.Decided, about.Confirm, about.Fix}, "\n\n")
	rule := format.NewRule(id).WithName(camel(id)).WithHelpURI(project + "/blob/main/docs/findings/" + id + ".md")
	rule.WithShortDescription(plain(about.Title)).WithFullDescription(plain(about.Meaning)).WithHelp(plain(help))
	rule.WithDefaultConfiguration(format.NewReportingConfiguration().WithLevel(level(about.Severity)))
	return rule.WithProperties(format.NewPropertyBag().WithTags([]string{"kubernetes", about.Family}))
}

// camel is an id as SARIF's viewers show the names of rules: ConfigmapMissing.
func camel(id string) string {
	var name strings.Builder
	for word := range strings.SplitSeq(id, "-") {
		name.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return name.String()
}

// invocation tells when the cluster was read, and what could not be read.
func invocation(found *document.Diagnosis) *format.Invocation {
	run := format.NewInvocation().WithExecutionSuccessful(true).WithEndTimeUtc(found.TakenAt.UTC().Format(time.RFC3339))
	for _, unknown := range found.Unknowns {
		text := strings.TrimSpace(unknown.Verb + " " + unknown.What + ": " + unknown.Reason + " " + unknown.Message)
		run.AddToolExecutionNotification(format.NewNotification().WithLevel(format.LevelWarning).WithMessage(message(text)))
	}
	return run
}

// level is SARIF's word for a severity.
func level(severity string) string {
	switch severity {
	case "error":
		return format.LevelError
	case "warning":
		return format.LevelWarning
	}
	return format.LevelNote
}

// message is a text of the cluster as the text of a message.
func message(text string) *format.Message { return format.NewTextMessage(literal(clean(text))) }

// clean neutralises a text and bounds it.
func clean(text string) string { return report.Escape(strings.ReplaceAll(report.Clip(text), "\r", "")) }

// literal escapes what means something in the text of a message: an embedded [link](target) and a {placeholder} (SARIF 2.1.0,
// 3.11.5 and 3.11.6).
func literal(text string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "{", "{{", "}", "}}").Replace(text)
}
