package podstate

import (
	"strings"
	"testing"
)

func TestShort(t *testing.T) {
	long := strings.Repeat("é", longest)
	tests := map[string]string{
		"":                   "",
		"  a\tb \n c ":       "a b c",
		long:                 long,
		long + "x":           strings.Repeat("é", longest-1) + "…",
		long + " " + "\n\t ": long,
	}
	for text, want := range tests {
		if got := short(text); got != want {
			t.Errorf("short(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestInnermost(t *testing.T) {
	cause := `dial tcp: lookup registry.example on 10.96.0.10:53: no such host`
	long := strings.Repeat("x", longest)
	tests := map[string]struct{ text, want string }{
		"empty":                       {"", ""},
		"no chain":                    {"permission denied", "permission denied"},
		"as many links as say enough": {"a: b: c: permission denied", "a: b: c: permission denied"},
		"a cause that stands alone":   {"pulling: " + strings.Repeat("because ", 7), strings.TrimSpace(strings.Repeat("because ", 7))},
		"outer links are dropped":     {"failed to pull and unpack image: failed to resolve reference: " + cause, "lookup registry.example on 10.96.0.10:53: no such host"},
		"the runtime's last word":     {"exec format error: unknown", "exec format error"},
		"the kubelet's pod":           {`configmap "a" not found (pod: "x/y")`, `configmap "a" not found`},
		"a long link is not taken in": {long + ": no such file", "no such file"},
		"a long cause is cut":         {"a: " + long + "y", strings.Repeat("x", longest-1) + "…"},
		"lines are joined":            {"rpc error: code = Unknown\ndesc = bad", "rpc error: code = Unknown desc = bad"},
	}
	for name, test := range tests {
		if got := innermost(test.text); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestFirstSentence(t *testing.T) {
	tests := map[string]string{
		"":                  "",
		"One.":              "One",
		"One":               "One",
		"One. Two. Three.":  "One",
		"v1.2 is new. Next": "v1.2 is new",
	}
	for text, want := range tests {
		if got := firstSentence(text); got != want {
			t.Errorf("firstSentence(%q) = %q, want %q", text, got, want)
		}
	}
}
