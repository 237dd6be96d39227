// Package authoring is the command for those who write workflows: it lists, shows, checks, runs and tests them.
//
// What a workflow may say is pkg/workflow's business, and a run is debug's. Start reading at NewCommand.
package authoring
