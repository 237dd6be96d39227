// Package workflow is guided debugging as data: a workflow is a document with a list of steps, each an action with the
// texts that say what it is for and what its result means, in both languages; Next says where a run goes from here.
//
// It performs nothing. What an action does, how a step looks and how the reader is asked are the caller's business; the
// package knows no cluster, no terminal and no clock, so that a run can be replayed and every branch of it tested as a
// table. Parse refuses a document that speaks of what is not there, with the place of everything that is wrong.
// Conditions (CEL) and texts (templates) are compiled once and bounded: a document may come from anyone.
//
// Start reading at Workflow, then Parse and Workflow.Next.
package workflow
