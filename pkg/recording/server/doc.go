// Package server serves a recording as the API server that it was taken from: discovery, GET, LIST with selectors and pages,
// tables, WATCH, logs, and what was refused. It is the one implementation of reading a recording: podkit's own commands ask it
// in process (Transport), and kubectl asks it over a port (Handler).
//
// It changes nothing, and claims nothing that the recording does not hold: what is outside of it is answered NotRecorded, a
// 403, and never 404. Ages are measured against the time of the recording. Start reading at Handler.
package server
