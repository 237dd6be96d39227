package process

import (
	"testing"
)

func TestRunsComparesTheWholeCommandLine(t *testing.T) {
	s, p := newSupervisor(t, "part")
	spec := shell(p, "part", ": >READY; while :; do sleep 0.05; done")
	if err := s.Ensure(t.Context(), spec); err != nil {
		t.Fatal(err)
	}
	running := pid(t, s, "part")
	if !runs(running, spec) {
		t.Error("the part is not recognised")
	}
	other := spec
	other.Args = append([]string{}, spec.Args...)
	other.Args[1] += " "
	for name, s := range map[string]Spec{"another argument": other, "no arguments": {Program: spec.Program}} {
		if runs(running, s) {
			t.Errorf("%s: a process of another part is taken for this one", name)
		}
	}
}
