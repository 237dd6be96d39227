// Package publication is how a command's diagnosis leaves the terminal: the flags --report and --redact, and what writes the
// files that they ask for. Every command that writes reports shares it, so that a report is the same whichever command it
// comes from. Start reading at Flags.
package publication
