package signature

import (
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// Strength is how much a match says about the death.
type Strength int

// The strengths.
const (
	// Mention: a line says so in passing, in a retry or a warning.
	Mention Strength = iota + 1
	// Near: an error shortly before the end.
	Near
	// Last: the last words, or words that a runtime says only when it ends the process.
	Last
)

// Match is what a part of a log says about why a process died.
type Match struct {
	// ID is that of a finding: log-missing-env.
	ID string
	// Form is another wording of it, where the same thing shows in several ways.
	Form string
	// Args are the values that the log names, as they stand there: Name, Path, Peer, Type, Message, Place ...
	Args map[string]string
	// First and Last are the indices of the lines that belong to it.
	First, Last int
	// Text is these lines, of which the middle is left out when they are many.
	Text     string
	Strength Strength
}

// most is how many lines are read, counted from the end.
const most = 2000

// Read returns what the end of a log says about the death of its process, the more telling first; of each id one.
func Read(lines []casefile.LogLine) []Match {
	clean := make([]line, len(lines))
	for i := max(0, len(lines)-most); i < len(lines); i++ {
		clean[i] = line{at: lines[i].At, text: plain(lines[i].Text)}
	}
	matches := rank(fold(clean))
	for i := range matches {
		matches[i].Text = shorten(clean[matches[i].First : matches[i].Last+1])
	}
	return matches
}

// How much of an entry is kept as text: the head has the message, the tail the innermost cause.
const (
	keptHead, keptTail = 14, 10
	keptLine           = 2000
)

func shorten(lines []line) string {
	texts := make([]string, 0, keptHead+keptTail+1)
	for i := range lines {
		switch fromEnd := len(lines) - i; {
		case i < keptHead || fromEnd <= keptTail:
			texts = append(texts, middleOut(strings.TrimRight(lines[i].text, " \t"), keptLine))
		case i == keptHead:
			texts = append(texts, ellipsis)
		}
	}
	return strings.TrimRight(strings.Join(texts, "\n"), "\n")
}

const ellipsis = "…"

// middleOut leaves out the middle of a long text, at borders of runes.
func middleOut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	head, tail := limit*2/3, limit/3
	return strings.ToValidUTF8(text[:head], "") + ellipsis + strings.ToValidUTF8(text[len(text)-tail:], "")
}
