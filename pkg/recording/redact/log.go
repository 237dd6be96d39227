package redact

import (
	"regexp"
	"strings"
)

var (
	keyBegins = regexp.MustCompile(`-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----`)
	keyEnds   = regexp.MustCompile(`-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----`)
	// keyLine is a line of a key's body, behind whatever a logger writes before it.
	keyLine = regexp.MustCompile(`[A-Za-z0-9+/]{32,}={0,2}\s*$|^[A-Za-z0-9+/]+={0,2}\s*$|^(?:Proc-Type|DEK-Info): `)
	// stamp is the time that the server writes before each line of a log.
	stamp = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9:]+) `)
)

// Log returns a log, with or without the server's time before each line, without its secrets. It keeps the number of
// lines. A private key is found over several lines, also when the log begins within it, as is what stands below the key of
// a YAML text; what a line lays bare is taken out of those before it as well.
func (r *Redactor) Log(text string) string {
	lines := strings.SplitAfter(text, "\n")
	stamps := make([]string, len(lines))
	bodies := make([]string, len(lines))
	for i, line := range lines {
		if line != "" && line[0] >= '0' && line[0] <= '9' {
			stamps[i] = stamp.FindString(line)
		}
		lines[i] = line[len(stamps[i]):]
		bodies[i] = strings.TrimRight(lines[i], "\r\n")
	}
	before := r.learned()
	keys, places := keyLines(lines), r.keys.blocks(bodies)
	var clean strings.Builder
	clean.Grow(len(text))
	for i, line := range lines {
		clean.WriteString(stamps[i])
		body := bodies[i]
		switch {
		case keys[i]:
			clean.WriteString(r.hide("private-key", body))
		case places != nil && places[i] != nil:
			at := places[i]
			r.remember(at.rule, body[at.start:at.end], false)
			clean.WriteString(r.Text(body[:at.start] + r.hide(at.rule, body[at.start:at.end]) + body[at.end:]))
		default:
			clean.WriteString(r.Text(body))
		}
		clean.WriteString(line[len(body):])
	}
	if r.learned() > before {
		return r.Again(clean.String())
	}
	return clean.String()
}

// keyLines marks the lines that are a private key's.
func keyLines(lines []string) []bool {
	marked := make([]bool, len(lines))
	inside := false
	for i, line := range lines {
		begins, ends := false, false
		if strings.Contains(line, "PRIVATE KEY") {
			begins, ends = keyBegins.MatchString(line), keyEnds.MatchString(line)
		}
		switch {
		case begins && ends: // The patterns see it whole.
		case begins:
			marked[i], inside = true, true
		case ends && !inside:
			marked[i] = true
			for j := i - 1; j >= 0 && !marked[j] && keyLine.MatchString(strings.TrimRight(lines[j], "\r\n")); j-- {
				marked[j] = true
			}
		case ends:
			marked[i], inside = true, false
		case inside:
			inside = keyLine.MatchString(strings.TrimRight(line, "\r\n"))
			marked[i] = inside
		}
	}
	return marked
}
