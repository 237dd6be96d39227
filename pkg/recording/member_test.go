package recording

import (
	"strings"
	"testing"
)

// TestJoin: what may be a part of a member's name, and what would leave its folder or is longer than any name.
func TestJoin(t *testing.T) {
	for part, want := range map[string]bool{
		"web-0": true, "a": true, strings.Repeat("a", componentLimit): true, strings.Repeat("a", componentLimit+1): false,
		"": false, "..": false, "a/b": false, ".hidden": false, "a-": false,
	} {
		if _, ok := join("logs", part); ok != want {
			t.Errorf("%q is taken: %v, want %v", part, ok, want)
		}
	}
}
