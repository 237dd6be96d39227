// Package cluster is the seam between podkit and an API server: bounded, counted, cancellable reads, each answered
// with a state, and failures told as one sentence with the next step.
//
// It reads and never writes, and it never asks for the data of a Secret. It does not know whether the server is live or
// a replayed recording, nor what its answers are used for. Start reading at Cluster and Cluster.Pods.
package cluster
