package report

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// Step is one step of a guided run as it is shown.
type Step struct {
	// Number counts from 1 to Total.
	Number, Total int
	Title         string
	// Purpose says what the step is for.
	Purpose string
	// Commands do the same by hand.
	Commands []Command
	// Output is what came of it, line by line; LeftOut says what of it is not shown, empty when all is.
	Output  []string
	LeftOut string
	// Unbroken are the lines of the output that are commands: they stay whole, however long they are.
	Unbroken []string
	// Skipped says why the step was not run, Failure why it failed; at most one of them is set.
	Skipped, Failure string
	// Meaning says what the outcome means.
	Meaning []string
}

// Command is what can be pasted into a shell.
type Command struct {
	// Note says where or what for, when that is not plain; it may be empty.
	Note    string
	Command shellword.Command
}

// Step writes one step.
func (t *Transcript) Step(step Step) {
	t.heading(t.messages.Text("debug.step", message.Args{
		"Number": strconv.Itoa(step.Number), "Total": strconv.Itoa(step.Total), "Title": step.Title,
	}))
	t.paragraph("", step.Purpose)
	t.commands("debug.label.commands", step.Commands)
	t.outcome(step)
	if len(step.Meaning) > 0 {
		t.label("debug.label.meaning")
	}
	for _, meaning := range step.Meaning {
		t.paragraph("  • ", meaning)
	}
}

// commands writes lines to paste under a label. They are never broken: a broken line could not be pasted.
func (t *Transcript) commands(label string, commands []Command) {
	if len(commands) == 0 {
		return
	}
	t.label(label)
	for _, command := range commands {
		if command.Note != "" {
			t.paragraph("  ", command.Note)
		}
		t.command(command.Command)
	}
}

// command writes a command on a line of its own, or why there is no line for it.
func (t *Transcript) command(command shellword.Command) {
	line, refusal := command.Line()
	if refusal != "" {
		t.paragraph("    ", t.messages.Refusal(refusal))
	} else if line != "" {
		t.line("    " + t.inks.command.Render(line))
	}
}

// outcome writes what a step brought, or why it brought nothing. A step that failed may have brought something first.
func (t *Transcript) outcome(step Step) {
	t.label("debug.label.output")
	for _, line := range step.Output {
		parts := []string{Escape(line)}
		if !slices.Contains(step.Unbroken, line) {
			parts = t.terminal.fold(t.terminal.unposed(parts[0], t.output), t.output)
		}
		for _, part := range parts {
			t.line(t.inks.faint.Render("  │ ") + part)
		}
	}
	if step.LeftOut != "" {
		t.paragraph("  ", step.LeftOut)
	}
	if step.Skipped != "" {
		t.trouble(t.inks.label.Render("–"), "debug.skipped", step.Skipped)
	}
	if step.Failure != "" {
		t.trouble(t.inks.bad.Render("✗"), "debug.failed", step.Failure)
	}
}

func (t *Transcript) trouble(mark, id, why string) {
	t.paragraph("  "+mark+" ", t.messages.Text(id, message.Args{"Why": why}))
}

// Notes writes what the reader noted, where it is kept in no file.
func (t *Transcript) Notes(notes []string) {
	t.label("debug.label.notes")
	for _, note := range notes {
		t.paragraph("  • ", note)
	}
	t.paragraph("  ", t.messages.Text("debug.notes-unkept"))
}

// Ending is how one step of a run ended, for the closing list.
type Ending struct {
	Number int
	Title  string
	// Status is a message id: debug.status.done, debug.status.failed, ...
	Status string
	// Good and Bad choose the mark; a step that is neither was skipped or never reached.
	Good, Bad bool
}

// Closing writes how each step ended, and where to go from here.
func (t *Transcript) Closing(title string, endings []Ending, onward []string) {
	t.heading(title)
	for _, ending := range endings {
		mark := t.inks.faint.Render("–")
		if ending.Good {
			mark = t.inks.good.Render("✓")
		}
		if ending.Bad {
			mark = t.inks.bad.Render("✗")
		}
		t.paragraph("  "+mark+" ", fmt.Sprintf("%d  %s · %s", ending.Number, ending.Title, t.messages.Text(ending.Status)))
	}
	if len(onward) > 0 {
		t.label("debug.label.onward")
	}
	for _, way := range onward {
		t.paragraph("  • ", way)
	}
}
