package markdown

import (
	"regexp"
	"strings"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/report/dossier"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// scribe writes the parts of a record. Every text passes through its redactor first.
type scribe struct {
	messages *message.Catalog
	redactor dossier.Redactor
	// at is when the part that is being written was told.
	at   time.Time
	text strings.Builder
}

// clean takes secrets out of a text, which may have several lines.
func (s *scribe) clean(text string) string {
	if s.redactor == nil {
		return text
	}
	return s.redactor.Log(text)
}

func (s *scribe) said(text string) string   { return said(s.clean(text)) }
func (s *scribe) inline(text string) string { return inline(s.clean(text)) }
func (s *scribe) block(markdown string)     { s.text.WriteString(markdown + "\n\n") }
func (s *scribe) stamp()                    { s.block("*" + s.time() + "*") }
func (s *scribe) time() string              { return s.at.UTC().Format(time.RFC3339) }
func (s *scribe) label(id string)           { s.block("**" + inline(s.messages.Text(id)) + "**") }

func (s *scribe) fence(language string, lines []string) {
	s.block(fence(language, []string{s.clean(strings.Join(lines, "\n"))}))
}

func (s *scribe) found(found report.Conclusion) {
	s.block("**" + s.inline(found.Verdict) + "**")
	if found.Cause != "" {
		s.block(s.inline(found.Cause))
	}
}

func (s *scribe) commands(label string, commands []report.Command) {
	if len(commands) == 0 {
		return
	}
	s.label(label)
	for _, command := range commands {
		if command.Note != "" {
			s.block(s.said(command.Note))
		}
		s.command(command.Command)
	}
}

// command writes a command in a block of its own, or why there is no line for it.
func (s *scribe) command(command shellword.Command) {
	line, refusal := report.PublicLine(command, s.clean)
	if refusal != "" {
		s.block(inline(s.messages.Refusal(refusal)))
	} else if line != "" {
		s.block(fence("sh", []string{line}))
	}
}

func (s *scribe) list(items []string) {
	lines := make([]string, 0, len(items))
	for _, item := range items {
		lines = append(lines, "- "+s.said(item))
	}
	s.block(strings.Join(lines, "\n"))
}

// fences matches the line that opens or closes a fence of ours.
var fences = regexp.MustCompile("^(`{3,})([a-z]*)$")

// again takes out of what was written before what has become known as a secret since. The inside of a fence is cleaned as a
// whole and stays inside; a line of prose whose code would be torn apart is written anew, as text.
func (s *scribe) again(text string) string {
	if s.redactor == nil || text == "" {
		return text
	}
	var written, inside []string
	mark, language := "", ""
	for line := range strings.SplitSeq(text, "\n") {
		at := fences.FindStringSubmatch(line)
		switch {
		case mark == "" && at != nil:
			mark, language = at[1], at[2]
		case mark == "":
			written = append(written, s.line(line))
		case line == mark:
			written = append(written, fence(language, []string{s.clean(strings.Join(inside, "\n"))}))
			mark, inside = "", nil
		default:
			inside = append(inside, line)
		}
	}
	if mark != "" { // It was cut off by hand.
		written = append(written, fence(language, []string{s.clean(strings.Join(inside, "\n"))}))
	}
	return strings.Join(written, "\n")
}

func (s *scribe) line(line string) string {
	clean := s.clean(line)
	if clean == line {
		return line
	}
	if strings.Count(clean, "`") != strings.Count(line, "`") || strings.Count(clean, `\`) != strings.Count(line, `\`) {
		return inline(clean)
	}
	return clean
}
