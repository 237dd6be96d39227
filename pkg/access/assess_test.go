package access

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAssess(t *testing.T) {
	get, list := Right{"get", "", "pods"}, Right{"list", "", "pods"}
	exec, events := Right{"create", "", "pods/exec"}, Right{"list", "", "events"}
	command := Command{"exec", []Need{
		{get, There, Either, "a"}, {list, There, Either, "b"}, {exec, There, Vital, "c"}, {events, NodeEvents, Helpful, "d"},
	}}
	tests := map[string]struct {
		states  map[Right]Allowance // What is not named is allowed.
		verdict Verdict
		missing []string
	}{
		"everything":             {nil, Works, nil},
		"helpful refused":        {map[Right]Allowance{events: Refused}, Degraded, []string{"d"}},
		"helpful unknown":        {map[Right]Allowance{events: Unknown}, Works, nil},
		"one of two":             {map[Right]Allowance{list: Refused}, Degraded, []string{"b"}},
		"neither":                {map[Right]Allowance{list: Refused, get: Refused}, Fails, []string{"a", "b"}},
		"neither for certain":    {map[Right]Allowance{list: Refused, get: Unknown}, Undecided, []string{"b"}},
		"vital refused":          {map[Right]Allowance{exec: Refused, events: Refused}, Fails, []string{"c", "d"}},
		"vital unknown":          {map[Right]Allowance{exec: Unknown, events: Refused}, Undecided, []string{"d"}},
		"refused beside unknown": {map[Right]Allowance{exec: Refused, get: Unknown, list: Unknown}, Fails, []string{"c"}},
		"nothing could be asked": {map[Right]Allowance{exec: Unknown, get: Unknown, list: Unknown, events: Unknown}, Undecided, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Assess(command, func(asked Asked) Allowance {
				if state, named := test.states[asked.Right]; named {
					return state
				}
				return Allowed
			})
			var missing []string
			for _, need := range got.Missing {
				missing = append(missing, need.Lost)
			}
			if diff := cmp.Diff(test.missing, missing); diff != "" || got.Verdict != test.verdict {
				t.Errorf("got %s, want %s; missing (-want +got):\n%s", got.Verdict, test.verdict, diff)
			}
		})
	}
}

// A command without needs of either kind is not taken to lack them.
func TestAssessWithoutAlternatives(t *testing.T) {
	command := Command{"proxy", []Need{{Right{"get", "", "pods/proxy"}, There, Helpful, "a"}}}
	if got := Assess(command, func(Asked) Allowance { return Refused }); got.Verdict != Degraded {
		t.Errorf("got %s", got.Verdict)
	}
}
