// Package faults runs the real podkit against an API server that is ill: one that says nothing, stops in the middle, answers
// with what it was not asked for, refuses a part or dies. Each command meets each fault; how long it takes, with what exit
// code it ends and what it says is held to laws (law_test.go) and written down in docs/reliability.md.
//
// Behind the faults is a good server, the recording of the demo, so that whatever goes wrong is the fault's doing.
// `make test` runs a part of the matrix with a short time-out, `make faults` all of it. Start reading at TestFaults.
package faults
