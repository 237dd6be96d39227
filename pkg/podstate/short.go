package podstate

import "strings"

// longest is how many characters of a message fit beside the other columns of a table.
const longest = 120

// short brings a message of the cluster to one line of bounded length.
func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	runes := []rune(text)
	if len(runes) <= longest {
		return text
	}
	return string(runes[:longest-1]) + "…"
}

// innermost returns the end of a chain of errors, "outer: inner: cause", where the cause stands: as many of its last
// links as say something together. The runtimes end theirs in ": unknown", and the kubelet appends the pod in brackets.
func innermost(text string) string {
	text, _, _ = strings.Cut(text, ` (pod: "`)
	text = strings.TrimSuffix(strings.TrimSpace(text), ": unknown")
	links := strings.Split(text, ": ")
	cause := links[len(links)-1]
	for i := len(links) - 2; i >= 0 && len(cause) < enough; i-- {
		longer := links[i] + ": " + cause
		if len([]rune(longer)) > longest {
			break
		}
		cause = longer
	}
	return short(cause)
}

// enough is the length at which the end of a chain of errors is understood alone.
const enough = 48

// firstSentence returns the first sentence of a message: the scheduler's goes on with what preemption would not change.
func firstSentence(text string) string {
	first, _, _ := strings.Cut(text, ". ")
	return short(strings.TrimSuffix(first, "."))
}
