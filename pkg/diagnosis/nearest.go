package diagnosis

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the candidate that a missing name was most likely meant to be, or "" when none is near: names that
// differ by a few letters or by separators and case, or of which one begins or ends with the other.
func Nearest(missing string, candidates []string) string {
	best, least := "", min(len(missing)/3, max(len(missing)/5, 2))+1
	for _, candidate := range candidates {
		distance := levenshtein.ComputeDistance(plain(missing), plain(candidate))
		if affix(plain(missing), plain(candidate)) {
			distance = min(distance, 1)
		}
		if candidate != missing && distance < least {
			best, least = candidate, distance
		}
	}
	return best
}

// plain drops what people mix up: case and separators.
func plain(name string) string {
	return strings.NewReplacer("-", "", "_", "", ".", "").Replace(strings.ToLower(name))
}

// affix reports whether one name is the other with something before or after it; short names are part of too many.
func affix(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	const telling = 4
	return len(a) >= telling && (strings.HasPrefix(b, a) || strings.HasSuffix(b, a))
}
