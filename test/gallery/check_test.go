package gallery

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const found = `{
  "targets": [
    {"object": {"kind": "Pod", "name": "oom-killed"}, "verdict": "Failing",
     "rootCause": {"id": "configmap-missing", "severity": "error", "summary": "ConfigMap web does not exist",
       "object": {"kind": "ConfigMap", "name": "web"}},
     "findings": [
       {"id": "configmap-missing", "severity": "error", "summary": "ConfigMap web does not exist",
        "object": {"kind": "ConfigMap", "name": "web"},
        "evidence": [{"source": "event", "object": {"kind": "Pod", "name": "oom-killed"}, "event": {"message": "configmap \"web\" not found"}}]},
       {"id": "image-not-found", "severity": "error", "summary": "the registry has no image worker", "container": "worker",
        "evidence": [{"object": {"kind": "Pod", "name": "oom-killed"}, "log": {"text": "manifest unknown"}}]}]},
    {"object": {"kind": "Pod", "name": "other"}, "verdict": "Healthy", "rootCause": null, "findings": []}],
  "groups": [{"id": "configmap-missing-1", "rootCause": {"id": "configmap-missing"}, "targets": ["a", "b"]}]
}`

func answer(t *testing.T, text string) Answer {
	t.Helper()
	read, err := Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func TestCheckIsContentWithTheRightAnswer(t *testing.T) {
	right := Case{
		Wrong: "x.", Finding: "configmap-missing", Verdicts: []string{"Failing"}, Object: "ConfigMap/web",
		Says: []string{`configmap "web" not found`, "does not exist"}, Also: []string{"image-not-found"},
		Never: []string{"oom-killed", "secret-missing"}, Group: 2,
	}
	if differences := Check(&right, answer(t, found)); len(differences) > 0 {
		t.Errorf("differences: %q", differences)
	}
}

func TestCheckTellsEveryDifference(t *testing.T) {
	right := Case{Wrong: "x.", Finding: "configmap-missing", Verdicts: []string{"Failing"}}
	for name, change := range map[string]struct {
		change func(*Case)
		want   string
	}{
		"verdict":   {func(c *Case) { c.Verdicts = []string{"Degraded"} }, "verdict Failing, want Degraded"},
		"root":      {func(c *Case) { c.Finding = "oom-killed" }, "root cause configmap-missing, want oom-killed: ConfigMap web does not exist"},
		"meanwhile": {func(c *Case) { c.Meanwhile = "unexplained" }, "root cause configmap-missing, want unexplained"},
		"object":    {func(c *Case) { c.Object = "ConfigMap/api" }, "the root cause is about ConfigMap/web, want ConfigMap/api"},
		"says":      {func(c *Case) { c.Says = []string{"no such key"} }, `does not say "no such key"`},
		"also":      {func(c *Case) { c.Also = []string{"app-exit"} }, "no finding app-exit"},
		"never":     {func(c *Case) { c.Never = []string{"manifest unknown"} }, `finding image-not-found says "manifest unknown"`},
		"never id":  {func(c *Case) { c.Never = []string{"image-not-found"} }, "finding image-not-found"},
		"group":     {func(c *Case) { c.Group = 3 }, "no group of 3"},
		"well":      {func(c *Case) { c.Wrong, c.Well = "", "y." }, "false alarm configmap-missing"},
	} {
		c := right
		change.change(&c)
		differences := Check(&c, answer(t, found))
		if !strings.Contains(strings.Join(differences, "\n"), change.want) {
			t.Errorf("%s: differences are %q, want one like %q", name, differences, change.want)
		}
	}
}

func TestCheckOfNobody(t *testing.T) {
	nobody := answer(t, `{"targets": []}`)
	for _, row := range []struct {
		c    Case
		want []string
	}{
		{Case{Wrong: "x.", Finding: "oom-killed"}, []string{"no Pod was diagnosed"}},
		{Case{Well: "x.", Shows: []string{None}}, nil},
		{Case{Well: "x.", Shows: []string{"Running"}}, []string{"0 Pods were diagnosed"}},
	} {
		if diff := cmp.Diff(row.want, Check(&row.c, nobody)); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", row.c, diff)
		}
	}
}

func TestAnInfoIsNoAlarm(t *testing.T) {
	well := Case{Well: "x.", Shows: []string{"Running"}, Verdicts: []string{"Progressing"}}
	starting := `{"targets": [{"verdict": "Progressing", "findings": [{"id": "startup-failing", "severity": "SEVERITY", "summary": "s"}]}]}`
	if differences := Check(&well, answer(t, strings.Replace(starting, "SEVERITY", "info", 1))); len(differences) > 0 {
		t.Errorf("an info: %q", differences)
	}
	want := []string{"false alarm startup-failing: s"}
	if diff := cmp.Diff(want, Check(&well, answer(t, strings.Replace(starting, "SEVERITY", "warning", 1)))); diff != "" {
		t.Errorf("a warning (-want +got):\n%s", diff)
	}
}
