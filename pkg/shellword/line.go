package shellword

import "strings"

// Refusal is why there is no line for a command; its text is the id of the message that says so. Empty, there is one.
type Refusal string

// The refusals.
const (
	// Characters are in a word that cannot be pasted, since they are not seen, or end the line.
	Characters Refusal = "command.characters"
	// Option is what the program would take a name for.
	Option Refusal = "command.option"
	// Dots are segments of a path that lead to another one.
	Dots Refusal = "command.dots"
	// Unfinished is a line with a placeholder that does not end in one, or one that lacks a value: podkit makes none.
	Unfinished Refusal = "command.unfinished"
)

// Line is the command as it is pasted into bash, dash, zsh or fish, or why it cannot be. A line that has placeholders ends in
// one: a > at the end is no command for any of these shells, so that none of them runs the line, or makes a file, before the
// reader has replaced them.
func (c Command) Line() (string, Refusal) {
	if c.IsZero() {
		return "", ""
	}
	if refusal := c.refusal(); refusal != "" {
		return "", refusal
	}
	words := []string{program(c.name())}
	for _, word := range c.words {
		words = append(words, word.write())
	}
	if len(c.rest) > 0 {
		words = append(words, "--")
	}
	for _, word := range c.rest {
		words = append(words, word.write())
	}
	return strings.Join(words, " "), ""
}

func (c Command) refusal() Refusal {
	if c.broken {
		return Unfinished
	}
	if !pasteable(c.name()) {
		return Characters
	}
	var last Word
	open := false
	for _, word := range c.words {
		if word.value && strings.HasPrefix(word.String(), "-") {
			return Option
		}
		last, open = word.Word, open || word.has(placeholder)
		if !word.isPasteable() {
			return Characters
		}
		if word.strays() {
			return Dots
		}
	}
	for _, word := range c.rest {
		last = word
		if !word.isPasteable() {
			return Characters
		}
	}
	if open && !last.ends(placeholder) {
		return Unfinished
	}
	return ""
}

// InProse is a line for the middle of a sentence, `between backquotes` it may be: one that has a backquote itself is refused.
func (c Command) InProse() (string, Refusal) {
	line, refusal := c.Line()
	if strings.Contains(line, "`") {
		return "", Characters
	}
	return line, refusal
}

// program writes the first word. With a = it would set a variable, unless it is quoted.
func program(name string) string {
	if strings.Contains(name, "=") && plain.MatchString(name) {
		return "'" + name + "'"
	}
	return quote(name)
}
