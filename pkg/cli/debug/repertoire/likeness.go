package repertoire

import (
	"cmp"
	"maps"
	"slices"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// near is the least likeness of labels that were most likely meant to match a selector, and do not by a slip.
const near = 2

// likeness is how much labels that a selector does not match look as if it should: they have what it asks for, or nearly so,
// or under another name. The same name with quite another value, as two apps have, is hardly alike.
func likeness(selector, have map[string]string) int {
	score := 0
	for name, value := range selector {
		got, has := have[name]
		switch {
		case has && got == value:
			score += 4
		case has && alike(value, got):
			score += 3
		case elsewhere(have, value) != "":
			score += near
		case has:
			score++
		}
	}
	return score
}

// alike reports whether a value differs from another by a slip: a few letters, or letters that changed places.
func alike(a, b string) bool {
	return diagnosis.Nearest(a, []string{b}) != "" || slices.Equal(slices.Sorted(slices.Values([]rune(a))), slices.Sorted(slices.Values([]rune(b))))
}

// elsewhere is the first name under which labels have a value.
func elsewhere(have map[string]string, value string) string {
	for _, name := range slices.Sorted(maps.Keys(have)) {
		if have[name] == value {
			return name
		}
	}
	return ""
}

// mended is a selector as it would match these labels: with their values, and their names for values that it has.
func mended(selector, have map[string]string) map[string]string {
	right := map[string]string{}
	for name, value := range selector {
		got, has := have[name]
		if other := elsewhere(have, value); !has && other != "" {
			name, got = other, value
		}
		right[name] = cmp.Or(got, value)
	}
	return right
}

// lacking is what a selector asks for that labels do not have.
func lacking(selector, have map[string]string) map[string]string {
	lacks := maps.Clone(selector)
	maps.DeleteFunc(lacks, func(name, value string) bool {
		got, has := have[name]
		return has && got == value
	})
	return lacks
}
