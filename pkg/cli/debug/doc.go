// Package debug is the command that walks the reader through a workflow: it runs a step, shows it, asks what next, and so
// on to the end.
//
// What the steps do is in repertoire, where they lead is pkg/workflow's business, how they look is report.Transcript's.
// Here is the loop between them (guide.go); the ways of asking are in prompt. Start reading at guide.run.
package debug
