package signature

import "testing"

// TestEveryPatternCompiles: they are compiled when they are needed, which must not be the first time that anybody tries.
func TestEveryPatternCompiles(t *testing.T) {
	for i := range table {
		if s := &table[i]; s.pattern() == nil || len(s.hints) == 0 {
			t.Errorf("signature %d of %s has no pattern or no hint", i, s.id)
		}
	}
}
