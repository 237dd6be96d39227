package signature

import (
	"strings"
	"time"
)

// entry is one thing that a log says: a line, or all lines of a stack trace.
type entry struct {
	first, last int
	at          time.Time
	level       level
	// message is what it says, without time and level; of a trace, what was logged before it.
	message string
	place   string
	// below is true for a line that is indented: a part of what stands above it.
	below bool
	trace trace
}

// link is one exception of a chain of causes.
type link struct {
	kind, message, place string
	// frames are the lines below it, for what only they tell.
	frames string
}

// text is the link as its runtime writes it.
func (l link) text() string { return joined(l.kind, l.message) }

// trace is a stack trace.
type trace struct {
	// length is how many lines it takes; 0 when there is none.
	length int
	// chain are the exceptions, the one that decides first.
	chain []link
	// ends is true when a runtime wrote it because the process ended.
	ends bool
	// loggable is true when a logger writes it in the same words as a runtime does that ends the process.
	loggable bool
	// soft is true when what the outer exceptions say must not be taken for the cause of a bug in the inner ones.
	soft bool
}

// traced reports whether the entry has a stack trace.
func (e *entry) traced() bool { return e.trace.length > 0 }

// final reports whether a process says this only as it ends.
func (e *entry) final() bool { return e.trace.ends || e.level == fatal }

// failing reports whether the entry is about something that went wrong.
func (e *entry) failing() bool { return e.level >= failure || e.traced() }

// single is the entry of one line.
func single(l line, i int) entry {
	e := entry{first: i, last: i, at: l.at, below: indented(l.text)}
	if r, ok := structured(l.text); ok {
		e.level, e.message, e.place = r.level, r.message, r.place
		if r.trace != "" {
			e.trace = parse(strings.Split(middleOut(r.trace, longest), "\n"))
			e.trace.ends = e.level == fatal
		}
		if e.level == unknown {
			e.level = guessLevel(e.message)
		}
		return e
	}
	e.level, e.message = guessLevel(l.text), words(l.text)
	return e
}
