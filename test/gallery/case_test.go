package gallery

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestLoad(t *testing.T) {
	fsys := fstest.MapFS{
		"b-plain.yaml": {Data: []byte("# Wrong: it is broken.\n# Shows: Pending\nkind: Pod\n# Wrong: not the header\n")},
		"a-full.yaml": {Data: []byte(`# Wrong: it is broken in a way that takes
#   two lines to tell.
# Shows: Running, CrashLoopBackOff; RESTARTS grows
# Why: app ended: exit 1
# Finding: other-id
# Needs: two nodes
# Then: kubectl delete pod a
# Undo: kubectl patch pod a
kind: Pod
`)},
		"README.md": {Data: []byte("no case")},
	}
	want := []Case{
		{
			ID: "a-full", File: "a-full.yaml", Why: "app ended: exit 1", Finding: "other-id", Needs: "two nodes",
			Wrong: "it is broken in a way that takes two lines to tell.",
			Shows: []string{"Running", "CrashLoopBackOff"}, Note: "RESTARTS grows",
			Then: []string{"kubectl delete pod a"}, Undo: []string{"kubectl patch pod a"},
		},
		{ID: "b-plain", File: "b-plain.yaml", Finding: "b-plain", Wrong: "it is broken.", Shows: []string{"Pending"}},
	}
	got, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cases (-want +got):\n%s", diff)
	}
}

func TestLoadRefusesABadHeader(t *testing.T) {
	for text, want := range map[string]string{
		"# Shows: Pending\n":                            "Wrong",
		"# Wrong: it is broken.\n":                      "Shows",
		"# Wrong: x.\n# Shows: Pending\n# Cause: x\n":   `"Cause"`,
		"# Wrong: x.\n# Shows: Pending\n# free words\n": "free words",
		"kind: Pod\n":                                   "Wrong",
	} {
		_, err := Load(fstest.MapFS{"a.yaml": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "a.yaml") {
			t.Errorf("%q: error is %v, want one about %s in a.yaml", text, err, want)
		}
	}
}
