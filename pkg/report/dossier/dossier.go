package dossier

import (
	"time"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/timeline"
)

// Dossier is all that a report shows of a diagnosis.
type Dossier struct {
	Messages *message.Catalog
	// Title names what was looked at, Summary says how it does.
	Title, Summary string
	TakenAt        time.Time
	// Tool is which podkit it was.
	Tool   string
	Counts []Count
	Causes []Cause
	// Pods are those that are not well, the worst first; More is how many were left out.
	Pods []Pod
	More int
	// Unread are sentences about what could not be read.
	Unread []string
	// Redactions is how many placeholders of secrets are in the texts.
	Redactions int
	// Redacted is set when secrets were looked for, whether or not there were any: a reader is told that it is a net.
	Redacted bool
}

// Count is how many pods do how. Share is its part of all pods, and Before that of the counts before it.
type Count struct {
	Verdict       diagnosis.Verdict
	Symbol, Word  string
	Number        int
	Share, Before float64
}

// Cause is one root cause and the pods of a workload that share it.
type Cause struct {
	// Anchor is the cause's name within the report: cause-1.
	Anchor  string
	Verdict diagnosis.Verdict
	Symbol  string
	// Word is the verdict in a word, Confidence how sure the cause is.
	ID, Title, Sentence, Word, Confidence string
	// Who tells which pods have it, and since when.
	Who string
	// Links lead from the root cause to what is seen; without symptoms it is the cause alone.
	Links    []Link
	Evidence []Evidence
	// Also are findings that are not on the way to the root cause.
	Also  []Note
	Steps []Step
	// Meaning and Repair are podkit's own prose about the cause, with `code` in backquotes.
	Meaning, Repair string
	Logs            []Log
	Timeline        Timeline
}

// Link is a finding on the way from the root cause to what is seen.
type Link struct {
	ID, Title string
	// Object names what it is about, where that is not the pod.
	Object string
	// Lane is the chain that it was reached by, from 0; Parent is the index of the link before it, -1 for the root.
	Lane, Parent int
	// Seen marks the end of a chain.
	Seen bool
}

// Note is a finding in a sentence.
type Note struct{ ID, Sentence string }

// Evidence is one fact and where it was read.
type Evidence struct {
	// Label is the kind of source; Place says of what container or object, and when.
	Label, Place string
	// Says is podkit's own words about it; Lines are what stands there.
	Says  string
	Lines []string
}

// Step is a next step.
type Step struct {
	Label, Text string
	// Command can be pasted into a shell; it is empty when there is nothing to run.
	Command string
	// Effect says what the command does to the cluster; it is empty when it only reads.
	Effect      string
	Destructive bool
}

// Log is the end of a container's log.
type Log struct {
	Title string
	Lines []LogLine
	// Cut is set when there was more before the first line.
	Cut bool
}

// LogLine is a line of a log. Telling marks those that are evidence.
type LogLine struct {
	Clock, Text string
	Telling     bool
}

// Pod is a line of the table of verdicts.
type Pod struct {
	Verdict                              diagnosis.Verdict
	Symbol, Word                         string
	Namespace, Name, Workload            string
	Ready, Status, Restarts, Since, Text string
	// Cause is the id of the root cause, and Anchor where it is told; both are empty when there is none.
	Cause, Anchor string
}

// Timeline is what happened around one pod, on an axis of ages.
type Timeline struct {
	// Pod is whose it is.
	Pod     string
	Lanes   []timeline.Lane
	Moments []Moment
	Ticks   []Tick
	// Unread are sentences about events that could not be read.
	Unread []string
	// Earlier is how many moments were left out before the first.
	Earlier int
}

// Moment is one thing that happened. From and To are places on the axis: 0 is its oldest end, 1 is now.
type Moment struct {
	Lane     timeline.Lane
	From, To float64
	Warning  bool
	// Lasting marks a state that still holds.
	Lasting                           bool
	Times                             int
	Age, Clock                        string
	Object, Reason, Source, Text, Tag string
}

// Tick is a mark of the axis.
type Tick struct {
	At    float64
	Label string
}

// Text is a message in the reader's language.
func (d *Dossier) Text(id string, args ...message.Args) string { return d.Messages.Text(id, args...) }
