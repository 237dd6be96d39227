package redact

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// mostKnown bounds the values that are looked for again, and with them the time that a text takes.
const mostKnown = 2000

// known are values that were secrets where they stood, and are looked for wherever they may stand. A log that prints the
// password of a pod's environment prints it without a key as often as not.
type known struct {
	rules map[string]string
	// byHead groups the values by their first four bytes, so that a text costs one pass.
	byHead map[string][]string
}

func newKnown() known { return known{map[string]string{}, map[string][]string{}} }

const head = 4

// add remembers a value that cannot be mistaken for a word or a name.
func (k *known) add(rule, value string) {
	if len(k.rules) >= mostKnown || !unmistakable(value) || k.rules[value] != "" {
		return
	}
	k.rules[value] = rule
	values := append(k.byHead[value[:head]], value)
	// The longest first: one value may begin with another.
	slices.SortFunc(values, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	k.byHead[value[:head]] = values
}

// span is a part of a text.
type span struct {
	start, end int
	rule       string
}

// find returns where values stand in a text, in order and without overlaps.
func (k *known) find(text string) []span {
	if len(k.rules) == 0 {
		return nil
	}
	var found []span
	for i := 0; i+head <= len(text); i++ {
		for _, value := range k.byHead[text[i:i+head]] {
			if strings.HasPrefix(text[i:], value) {
				found = append(found, span{i, i + len(value), k.rules[value]})
				i += len(value) - 1
				break
			}
		}
	}
	return found
}

// unmistakable reports whether a value stands for itself alone: it is long, and mixed as words and names of objects are
// not. A password "shop-db-1" taken out everywhere would take the object of that name with it.
func unmistakable(value string) bool {
	if len(value) < 8 || strings.ContainsFunc(value, unicode.IsSpace) {
		return false
	}
	letters, digits, capitals, others, dividers := 0, 0, 0, 0, 0
	for _, r := range value {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		case strings.ContainsRune("-._/:", r):
			dividers++
		default:
			others++
		}
	}
	switch {
	case others > 0, capitals > 0 && digits > 0:
		return digits+letters+capitals > 4
	case dividers > 0:
		return len(value) >= 16 && digits > 3 && !strings.Contains(value, "/") && !strings.Contains(value, ":")
	}
	return digits > 0 && letters > 0 && len(value) >= 10
}
