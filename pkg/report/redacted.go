package report

import "github.com/kubectl-podkit/podkit/pkg/shellword"

// Redacted is why there is no line for a command that holds a secret.
const Redacted shellword.Refusal = "command.redacted"

// PublicLine is the line of a command for what leaves the terminal, or why there is none. One with a secret is refused: with a
// placeholder in its place it would not do what it says, and quotes that a redactor changes might not hold.
func PublicLine(command shellword.Command, redact func(string) string) (string, shellword.Refusal) {
	line, refusal := command.Line()
	if refusal == "" && redact != nil && redact(line) != line {
		return "", Redacted
	}
	return line, refusal
}
