package mutation_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/internal/mutation"
)

func tree() map[string]any {
	return map[string]any{
		"a": map[string]any{"b": []any{"x", map[string]any{"c": 1}}, "name": "n"},
		"d": map[string]any{"e": 2}, "f": 3,
	}
}

func TestPlaces(t *testing.T) {
	got := fmt.Sprint(mutation.Places(tree()))
	if want := "[[a] [a b] [a b 0] [a b 1] [a b 1 c] [a name] [d] [d e] [f]]"; got != want {
		t.Errorf("places are %s, want %s", got, want)
	}
}

func TestChanges(t *testing.T) {
	at := mutation.Place{"a", "b", 1, "c"}
	tests := map[string]struct {
		change func(any)
		want   any
	}{
		"drop a field": {
			func(t any) { mutation.Drop(t, mutation.Place{"a"}) }, map[string]any{"d": map[string]any{"e": 2}, "f": 3},
		},
		"drop an element": {
			func(t any) { mutation.Drop(t, at[:3]); mutation.Drop(t, mutation.Place{"d"}) },
			map[string]any{"a": map[string]any{"b": []any{"x", nil}, "name": "n"}, "f": 3},
		},
		"set, and nothing where there is no way": {
			func(t any) {
				mutation.Drop(t, mutation.Place{"a"})
				mutation.Set(t, mutation.Place{"d", "e"}, "y")
				mutation.Set(t, at, "z")
				mutation.Set(t, mutation.Place{"f", "g"}, "z")
			},
			map[string]any{"d": map[string]any{"e": "y"}, "f": 3},
		},
		"alone": {
			func(t any) { mutation.Alone(t, at) },
			map[string]any{"a": map[string]any{"b": []any{"x", map[string]any{"c": 1}}, "name": "n"}, "f": 3},
		},
	}
	for name, test := range tests {
		got := tree()
		test.change(got)
		if diff := cmp.Diff(test.want, any(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if got := mutation.Get(tree(), at); got != 1 {
		t.Errorf("at %v stands %v", at, got)
	}
}
