package report

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// Markdown writes a guided run as a document that can be shown to others: the same as a Transcript, with times and notes.
// Prose is never wrapped, so that the document does not depend on a terminal. Text of the cluster stays text: it can make
// no link, no picture, no HTML and no heading.
type Markdown struct {
	messages *message.Catalog
	now      func() time.Time
	text     strings.Builder
}

// NewMarkdown returns an empty document; now dates its parts.
func NewMarkdown(messages *message.Catalog, now func() time.Time) *Markdown {
	return &Markdown{messages: messages, now: now}
}

// String is the document so far.
func (m *Markdown) String() string { return m.text.String() }

// Append adds what was written before, as it is.
func (m *Markdown) Append(text string) { m.text.WriteString(text) }

// Err is always nil: a document in memory can be written to.
func (m *Markdown) Err() error { return nil }

// Opening writes what the run is and what it is about.
func (m *Markdown) Opening(title, summary, about string) {
	m.block("# " + prose(title))
	m.stamp()
	m.block(prose(summary))
	m.block(prose(about))
}

// Found writes how the pod does and why.
func (m *Markdown) Found(found Conclusion) {
	m.block("**" + prose(found.Verdict) + "**")
	if found.Cause != "" {
		m.block(prose(found.Cause))
	}
}

// Say writes a paragraph between two steps.
func (m *Markdown) Say(text string) { m.block(prose(text)) }

// Note writes what the reader noted.
func (m *Markdown) Note(text string) {
	m.block("> **" + m.messages.Text("debug.label.note") + "** (" + m.time() + "): " + prose(text))
}

// Step writes one step.
func (m *Markdown) Step(step Step) {
	m.block("## " + prose(m.messages.Text("debug.step", message.Args{
		"Number": strconv.Itoa(step.Number), "Total": strconv.Itoa(step.Total), "Title": step.Title,
	})))
	m.stamp()
	m.block(prose(step.Purpose))
	m.commands("debug.label.commands", step.Commands)
	m.label("debug.label.output")
	if len(step.Output) > 0 {
		m.fence("text", step.Output)
	}
	if step.LeftOut != "" {
		m.block(prose(step.LeftOut))
	}
	if step.Skipped != "" {
		m.block("– " + prose(m.messages.Text("debug.skipped", message.Args{"Why": step.Skipped})))
	}
	if step.Failure != "" {
		m.block("✗ " + prose(m.messages.Text("debug.failed", message.Args{"Why": step.Failure})))
	}
	if len(step.Meaning) > 0 {
		m.label("debug.label.meaning")
		m.list(step.Meaning)
	}
}

// Plan writes what a step would do.
func (m *Markdown) Plan(title string, plan Plan) {
	m.block("## " + prose(title))
	m.block(prose(plan.Touches))
	m.commands("debug.label.plan", plan.Commands)
	for _, right := range plan.Rights {
		m.block(prose(m.messages.Text("consent.right", message.Args{"Right": right})))
	}
}

// Closing writes how each step ended, and where to go from here.
func (m *Markdown) Closing(title string, endings []Ending, onward []string) {
	m.block("## " + prose(title))
	m.stamp()
	var lines []string
	for _, ending := range endings {
		mark := "–"
		if ending.Good {
			mark = "✓"
		}
		if ending.Bad {
			mark = "✗"
		}
		lines = append(lines, fmt.Sprintf("%s %d  %s · %s", mark, ending.Number, ending.Title, m.messages.Text(ending.Status)))
	}
	m.list(lines)
	if len(onward) > 0 {
		m.label("debug.label.onward")
		m.list(onward)
	}
}

// Remedies writes the verdict, and what to do next.
func (m *Markdown) Remedies(found Conclusion) {
	m.Found(found)
	if len(found.Remedies) > 0 {
		m.label("debug.label.remedies")
	}
	for _, remedy := range found.Remedies {
		m.block("- " + prose(remedy.Note))
		m.command(remedy.Command)
	}
}

func (m *Markdown) commands(label string, commands []Command) {
	if len(commands) == 0 {
		return
	}
	m.label(label)
	for _, command := range commands {
		if command.Note != "" {
			m.block(prose(command.Note))
		}
		m.command(command.Command)
	}
}

// command writes a command in a block of its own, or why there is no line for it.
func (m *Markdown) command(command shellword.Command) {
	line, refusal := command.Line()
	if refusal != "" {
		m.block(prose(m.messages.Refusal(refusal)))
	} else if line != "" {
		m.fence("sh", []string{line})
	}
}

func (m *Markdown) label(id string) { m.block("**" + m.messages.Text(id) + "**") }

func (m *Markdown) list(items []string) {
	lines := make([]string, 0, len(items))
	for _, item := range items {
		lines = append(lines, "- "+prose(item))
	}
	m.block(strings.Join(lines, "\n"))
}

func (m *Markdown) block(text string) { m.text.WriteString(text + "\n\n") }

func (m *Markdown) stamp() { m.block("*" + m.time() + "*") }

func (m *Markdown) time() string { return m.now().UTC().Format(time.RFC3339) }

var ticks = regexp.MustCompile("`+")

// fence writes lines as they are, in a fence that none of them can end.
func (m *Markdown) fence(language string, lines []string) {
	text := Escape(strings.Join(lines, "\n"))
	fence := "```"
	for _, run := range ticks.FindAllString(text, -1) {
		if len(run) >= len(fence) {
			fence = run + "`"
		}
	}
	m.block(fence + language + "\n" + text + "\n" + fence)
}

// marks are the characters that mean something in Markdown or HTML.
var marks = regexp.MustCompile("[\\\\`*_{}\\[\\]<>#|!&~]")

// prose is a text on one line in which only `code` is more than text.
func prose(text string) string {
	text = oneCell(Escape(text))
	parts := strings.Split(text, "`")
	for i, part := range parts {
		if i%2 == 0 || len(parts)%2 == 0 { // Outside of code, or nothing is code since a tick has no partner.
			parts[i] = marks.ReplaceAllString(part, `\$0`)
		}
	}
	if len(parts)%2 == 0 {
		return strings.Join(parts, "\\`")
	}
	return strings.Join(parts, "`")
}
