package authoring

import "regexp"

// normalize replaces what differs from one run of a workflow to the next. The order matters: a time holds what looks like
// an age.
func normalize(text string) string {
	for _, each := range []struct {
		what *regexp.Regexp
		with string
	}{
		{regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?`), "TIME"},
		{regexp.MustCompile(`\b\d{1,3}(\.\d{1,3}){3}\b`), "IP"},
		{regexp.MustCompile(`-[bcdfghjklmnpqrstvwxz2456789]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}\b`), "-HASH"},
		{regexp.MustCompile(`\b(\d+(\.\d+)?(ms|µs|ns|[smhdy]))+\b`), "AGE"},
		{regexp.MustCompile(`  +`), " "},
	} {
		text = each.what.ReplaceAllString(text, each.with)
	}
	return text
}
