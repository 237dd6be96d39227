package capture

import (
	"fmt"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/capture"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// told is the summary: what is in the file, what was refused, what was taken out, and how to go on.
func (o *Options) told(summary *capture.Summary, bytes int64) string {
	var text strings.Builder
	say := func(id string, args message.Args) { text.WriteString(o.Messages.Text(id, args) + "\n") }
	say("capture.done", message.Args{
		"File": o.Output, "Size": size(bytes), "Pods": summary.Targets, "Objects": summary.Total(), "Logs": summary.Logs, "Answers": summary.Answers,
	})
	var counts []string
	for _, count := range summary.Objects {
		counts = append(counts, fmt.Sprintf("%s %d", count.Resource, count.Count))
	}
	text.WriteString(wrapped(counts, ", "))
	if len(summary.Refused)+len(summary.Lost) > 0 {
		say("capture.refused", nil)
		for i := range summary.Refused {
			text.WriteString("  " + report.Escape(o.refusal(&summary.Refused[i])) + "\n")
		}
		for _, loss := range summary.Lost {
			text.WriteString("  " + report.Escape(o.loss(loss)) + "\n")
		}
	}
	switch {
	case o.Plain:
		say("capture.plain", nil)
	case len(summary.Redacted) == 0:
		say("capture.nothing-redacted", nil)
	default:
		say("capture.redacted", nil)
		var rules []string
		for _, rule := range summary.Redacted {
			rules = append(rules, fmt.Sprintf("%s %d", rule.Rule, rule.Count))
		}
		text.WriteString(wrapped(rules, ", "))
	}
	if !o.Plain {
		say("capture.net", nil)
	}
	say("capture.next", message.Args{"File": o.Output})
	return text.String()
}

// refusal says what was not read, and which right would have let it.
func (o *Options) refusal(refused *recording.Refusal) string {
	request := refused.Request
	resource := request.Resource
	if request.Subresource != "" {
		resource += "/" + request.Subresource
	}
	args := message.Args{
		"Verb": request.Verb, "Resource": resource, "Group": request.Group, "Namespace": request.Namespace, "Cause": refused.Status.Message,
	}
	halfRead := refused.Status.Details != nil && slices.ContainsFunc(refused.Status.Details.Causes, func(cause metav1.StatusCause) bool {
		return cause.Type == recording.HalfRead
	})
	if refused.Status.Code != 403 || halfRead {
		return o.Messages.Text("capture.failed", args)
	}
	return o.Messages.Text("capture.lacks", args)
}

// loss says which logs could not be read, or only in part.
func (o *Options) loss(loss capture.Loss) string {
	args := message.Args{"Namespace": loss.Namespace, "Logs": loss.Logs, "Cause": loss.Cause}
	if loss.Cut {
		return o.Messages.Text("capture.cut-logs", args)
	}
	return o.Messages.Text("capture.failed-logs", args)
}

// width is that of the lists in the summary.
const width = 100

// wrapped lists words in indented lines.
func wrapped(words []string, between string) string {
	var text strings.Builder
	line := " "
	for i, word := range words {
		if i+1 < len(words) {
			word += strings.TrimRight(between, " ")
		}
		if len(line)+1+len(word) > width {
			text.WriteString(line + "\n")
			line = " "
		}
		line += " " + word
	}
	if len(words) > 0 {
		text.WriteString(line + "\n")
	}
	return text.String()
}
