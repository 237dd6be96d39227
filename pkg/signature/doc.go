// Package signature reads the end of a log and says why the process died: an environment variable that is not set, a
// database that refuses, a stack trace. It knows no Kubernetes objects; it is given lines and returns matches.
//
// A log becomes entries (fold.go): a stack trace with all its frames is one, and so is a line of JSON or logfmt. Each entry
// is held against the signatures (table.go), the more specific ones first. Then the matches are weighed by how near to the
// death and how fatal they are (rank.go): what the app survived must not win over its last words. Start reading at Read.
package signature
