// Package diagnosis leads from pods to the causes of their trouble. A Rule is a pure function of a Case: one pod and what
// is known around it. What a rule asks and nobody has read yet is NotYet; Diagnose gathers the questions of all rules
// about all pods, has them read at once, and runs the rules again, until nobody asks. Then findings are linked to chains
// (a cause explains its symptoms), ranked, and grouped over replicas.
//
// A finding is data: an id, arguments, evidence, remedies. Its words are in the catalogue under finding.ID.*, and are put
// together by package report. The rules are in the folders below, one family each; package causes lists them all.
//
// The package does no I/O and knows no clock. Start reading at Rule, Case and Diagnose.
package diagnosis
