// Package casefile holds what is known of the targets at one moment: objects, events, owners and nodes, each with the
// state of the answer (Known, Absent, Denied, Failed, NotYet), and the time at which they were read. Ages are measured
// against that time, so that a recording read next year says the same.
//
// A File is immutable once gathered. The package does no I/O of its own: what it needs comes through Reader. Start
// reading at File.
package casefile
