// Package recording is a cluster written down: the objects, log tails, refusals and answers that were read from an API
// server, in one file that can be sent to somebody. docs/recording.md describes the file.
//
// Writer streams one in bounded memory; Read and Open read it back, and trust nothing in it. The package knows the file
// and nothing of HTTP: package server serves a recording as the API server that it was taken from. Start reading at
// Recording, then Writer.
package recording
