// Package command is the lab's command line: flags and arguments in, calls of package cluster, words out. It must not
// know how anything is done. Start with [New].
package command
