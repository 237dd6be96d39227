// Package cli is the command line: the root command, and the one place where an error becomes words and an exit code.
//
// Each command is a package of its own below, in kubectl's shape Flags → Options → Run. Nothing imports cli but main.
// Start reading at Run.
package cli
