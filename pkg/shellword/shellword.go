// Package shellword writes commands so that they can be pasted into a POSIX shell.
package shellword

import (
	"regexp"
	"strings"
)

// plain needs no quotes.
var plain = regexp.MustCompile(`^[A-Za-z0-9_./:=,@%+-]+$`)

// Quote makes a word safe: whatever is in it, the shell takes it for one word and runs nothing of it.
func Quote(word string) string {
	if plain.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// Line joins words, each safe.
func Line(words ...string) string {
	safe := make([]string, len(words))
	for i, word := range words {
		safe[i] = Quote(word)
	}
	return strings.Join(safe, " ")
}
