package gallery

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

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
# Meanwhile: unexplained
# Verdict: Degraded, Progressing
# Object: ConfigMap/settings
# Says: not found
# Says: 42
# Also: one, two
# Never: three, a word
# Group: 3
# Within: 2m
# Needs: two nodes
# Then: kubectl delete pod a
# Undo: kubectl patch pod a
kind: Pod
`)},
		"healthy-c.yaml": {Data: []byte("# Well: it only looks bad.\n# Shows: none\nkind: Pod\n")},
		"README.md":      {Data: []byte("no case")},
	}
	want := []Case{
		{
			ID: "a-full", File: "a-full.yaml", Why: "app ended: exit 1", Finding: "other-id", Needs: "two nodes",
			Meanwhile: "unexplained", Verdicts: []string{"Degraded", "Progressing"}, Object: "ConfigMap/settings",
			Says: []string{"not found", "42"}, Also: []string{"one", "two"}, Never: []string{"three", "a word"}, Group: 3, Within: 2 * time.Minute,
			Wrong: "it is broken in a way that takes two lines to tell.",
			Shows: []string{"Running", "CrashLoopBackOff"}, Note: "RESTARTS grows",
			Then: []string{"kubectl delete pod a"}, Undo: []string{"kubectl patch pod a"},
		},
		{
			ID: "b-plain", File: "b-plain.yaml", Finding: "b-plain", Wrong: "it is broken.", Shows: []string{"Pending"},
			Verdicts: []string{"Failing"}, Within: within,
		},
		{
			ID: "healthy-c", File: "healthy-c.yaml", Well: "it only looks bad.", Shows: []string{"none"},
			Verdicts: []string{"Healthy"}, Within: within,
		},
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
		"# Wrong: x.\n# Well: x.\n# Shows: Pending\n":   "one of",
		"# Well: x.\n# Shows: x\n# Finding: oom\n":      "root cause",
		"# Wrong: x.\n# Shows: x\n# Within: soon\n":     "soon",
		"# Wrong: x.\n# Shows: x\n# Group: many\n":      "many",
		"kind: Pod\n": "Wrong",
	} {
		_, err := Load(fstest.MapFS{"a.yaml": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "a.yaml") {
			t.Errorf("%q: error is %v, want one about %s in a.yaml", text, err, want)
		}
	}
}
