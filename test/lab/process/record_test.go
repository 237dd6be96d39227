package process

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRecordRoundTrip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "processes", "etcd.json")
	want := Record{Identity: Identity{PID: 7, Start: 8, Boot: "b"}, Digest: "d"}
	if err := want.Write(path); err != nil {
		t.Fatal(err)
	}
	got, err := ReadRecord(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestARecordThatSaysNothing(t *testing.T) {
	torn := filepath.Join(t.TempDir(), "torn.json")
	if err := os.WriteFile(torn, []byte(`{"pid": 12`), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{torn, filepath.Join(t.TempDir(), "missing.json")} {
		got, err := ReadRecord(path)
		if err != nil || got != (Record{}) || got.Alive() {
			t.Errorf("%s: got %+v, %v; want an empty record", filepath.Base(path), got, err)
		}
	}
}

func TestDigestFollowsWhatTheProgramReads(t *testing.T) {
	base := Spec{Name: "etcd", Program: "/bin/etcd", Args: []string{"a", "b"}, Inputs: [][]byte{[]byte("x")}}
	if again := base; again.Digest() != base.Digest() {
		t.Fatal("the same description has two digests")
	}
	for name, other := range map[string]Spec{
		"program":              {Program: "/bin/other", Args: base.Args, Inputs: base.Inputs},
		"arguments":            {Program: base.Program, Args: []string{"a b"}, Inputs: base.Inputs},
		"namespace":            {Program: base.Program, Args: base.Args, Inputs: base.Inputs, Namespace: 9},
		"input":                {Program: base.Program, Args: base.Args, Inputs: [][]byte{[]byte("y")}},
		"split between inputs": {Program: base.Program, Args: base.Args, Inputs: [][]byte{[]byte("x"), nil}},
	} {
		if other.Digest() == base.Digest() {
			t.Errorf("another %s does not change the digest", name)
		}
	}
}
