// Package casefile holds what is known of the targets at one moment: objects, events, owners, nodes and log tails, each
// with the state of the answer (Known, Absent, Denied, Failed, NotYet), and the time at which they were read. Ages are
// measured against that time, so that a recording read next year says the same.
//
// A File is immutable: Gather returns another one, which knows the answers to more questions. It folds the questions into
// few requests; what it needs to read comes through Reader and Library, so the package does no I/O of its own. Start
// reading at File, then Gather.
package casefile
