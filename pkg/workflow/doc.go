// Package workflow is guided debugging as data: a workflow is a list of steps, each an action with the message ids of
// what it is for and of what its result means, and Next says where a run goes from here.
//
// It performs nothing. What an action does, how a step looks and what the reader is asked are the caller's business; the
// package knows no cluster, no terminal, no clock and no prose, so that a run can be replayed and every branch of it
// tested as a table. A new workflow is a file in builtin/ and its messages, no Go.
//
// Start reading at Workflow, then Workflow.Next.
package workflow
