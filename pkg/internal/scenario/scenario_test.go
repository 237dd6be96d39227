package scenario_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/internal/scenario"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// whole is a scenario of a pod that crashes, with everything that one can hold.
const whole = `The app does not find its setting.
Not: never, never-more
-- objects.yaml --
apiVersion: v1
kind: Pod
metadata: {name: web-0, namespace: shop, uid: u1}
spec: {nodeName: n1, containers: [{name: app, image: web}]}
status:
  phase: Running
  conditions: [{type: Ready, status: "False"}]
  containerStatuses:
  - name: app
    state: {waiting: {reason: CrashLoopBackOff, message: back-off}}
    lastState: {terminated: {exitCode: 1, reason: Error, finishedAt: "2026-03-14T15:09:00Z"}}
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ConfigMap, metadata: {name: web, namespace: shop}, data: {a: b}}
- {apiVersion: v1, kind: ConfigMap, metadata: {name: web, namespace: other}, data: {a: c}}
- {apiVersion: v1, kind: Secret, metadata: {name: tls, namespace: shop}}
- {apiVersion: v1, kind: Node, metadata: {name: n1, uid: n1-uid}}
- {apiVersion: v1, kind: Event, metadata: {name: e1, namespace: shop}, reason: BackOff, involvedObject: {kind: Pod, uid: u1}}
- {apiVersion: v1, kind: Event, metadata: {name: e2, namespace: default}, reason: Rebooted, involvedObject: {kind: Node, uid: n1-uid}}
-- now --
2026-03-14T15:09:26Z
-- refused --
failed serviceaccounts
-- log web-0 app previous --
2026-03-14T15:08:59.5Z KeyError: 'DSN'
-- want --
`

// looks is a rule that finds unexplained what it sees of everything that can be asked.
func looks(seen *string) diagnosis.Rule {
	return diagnosis.Rule{
		Name: "looks", Causes: []diagnosis.Cause{{ID: "x", Severity: diagnosis.Error}},
		Check: func(c *diagnosis.Case) []diagnosis.Finding {
			config, log, node := c.ConfigMap("web"), c.DeathLog("app"), c.Node()
			states := fmt.Sprint(config.State, c.ConfigMap("gone").State, c.Secret("tls").State, c.Names("Secret").Value, node.State, c.ServiceAccount().State)
			if config.State == casefile.Known && log.State == casefile.Known {
				states += fmt.Sprint(" ", config.Value.Data["a"], " ", log.Value.Lines[0].Text, " ", log.Value.Lines[0].At.Format("05.0"))
			}
			states += fmt.Sprint(" ", len(c.Events("BackOff").Value), len(c.NodeEvents().Value), c.Log("app", false).State)
			*seen = states
			return nil
		},
	}
}

// load writes files into a folder and loads them.
func load(t *testing.T, files map[string]string) ([]*scenario.Scenario, error) {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return scenario.Load(folder)
}

func TestAScenarioAnswersAsAClusterDoes(t *testing.T) {
	all, err := load(t, map[string]string{"b.txtar": whole, "a.txtar": whole, "notes.md": "no scenario"})
	if err != nil || len(all) != 2 || filepath.Base(all[0].File) != "a.txtar" {
		t.Fatalf("loaded %v, %v", all, err)
	}
	if diff := cmp.Diff([]string{"never", "never-more"}, all[0].Not); diff != "" {
		t.Errorf("what must not come out (-want +got):\n%s", diff)
	}
	var seen string
	found := all[0].Diagnose(t, []diagnosis.Rule{looks(&seen)})
	if want := "Known Absent Known [tls] Known Failed b KeyError: 'DSN' 59.5 1 1 Absent"; seen != want {
		t.Errorf("seen %q\nwant %q", seen, want)
	}
	want := `web-0 Failing (pod/web-0)
  unexplained error certain app
    Container app is in a state that podkit does not know yet: CrashLoopBackOff: back-off
    status app status.containerStatuses[app].state.waiting: CrashLoopBackOff: back-off
unknown: Failed ServiceAccount/default 
`
	if diff := cmp.Diff(want, scenario.Print(t, found)); diff != "" {
		t.Errorf("printed (-want +got):\n%s", diff)
	}
}

// TestRefusals: a resource that is refused is so in all ways in which it can be asked for.
func TestRefusals(t *testing.T) {
	refused := strings.Replace(whole, "failed serviceaccounts", "denied configmaps\ndenied secrets\ndenied nodes\nfailed events\ndenied pods/log", 1)
	all, err := load(t, map[string]string{"a.txtar": refused})
	if err != nil {
		t.Fatal(err)
	}
	var seen string
	all[0].Diagnose(t, []diagnosis.Rule{looks(&seen)})
	if want := "Denied Denied Denied [] Denied Absent 0 0 Denied"; seen != want {
		t.Errorf("seen %q\nwant %q", seen, want)
	}
}

func TestScenariosThatAreNone(t *testing.T) {
	tests := map[string]struct{ from, to, want string }{
		"no time":              {"-- now --\n2026-03-14T15:09:26Z\n", "", "no time or no pod"},
		"a time that is none":  {"2026-03-14T15:09:26Z\n-- refused", "noon\n-- refused", "now: parsing time"},
		"no pod":               {"kind: Pod\n", "kind: Service\n", "no time or no pod"},
		"a pod that is none":   {"containers: [{name: app, image: web}]", "containers: 1", `pod "web-0"`},
		"no YAML":              {"apiVersion: v1\nkind: Pod", "apiVersion: v1: v2", "objects.yaml: "},
		"another part":         {"-- refused --", "-- refusals --", "refusals: no such part"},
		"an unknown refusal":   {"failed serviceaccounts", "lost serviceaccounts", `line "lost serviceaccounts`},
		"a log of no pod":      {"-- log web-0 app previous --", "-- log web-0 --", "a log is named"},
		"a log without a time": {"2026-03-14T15:08:59.5Z KeyError", "KeyError", "begins with no time"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(whole, test.from, test.to, 1)
			if text == whole {
				t.Fatalf("%q is not in the scenario", test.from)
			}
			if _, err := load(t, map[string]string{"a.txtar": text}); err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "a.txtar") {
				t.Errorf("got %v, want the file and %q", err, test.want)
			}
		})
	}
}

// mistakes are rules with one mistake each, and what Run must say of it; the first has none.
func mistakes() []mistake {
	good := diagnosis.Finding{
		ID: "unexplained", Confidence: diagnosis.Certain, Container: "app", Args: map[string]any{"Reason": "r", "Message": ""},
		Evidence: []diagnosis.Evidence{{Source: diagnosis.Status, Field: "status", Value: "x"}},
		Remedies: []diagnosis.Remedy{{ID: "remedy.see-log", Args: map[string]any{"Container": "app"}, Command: shellword.New("kubectl"), Effect: diagnosis.ReadOnly}},
	}
	with := func(change func(*diagnosis.Finding)) diagnosis.Finding {
		bad := good
		change(&bad)
		return bad
	}
	return []mistake{
		{good, "what came out is not what must"},
		{with(func(f *diagnosis.Finding) { f.ID = "never" }), "never came out, which must not"},
		{with(func(f *diagnosis.Finding) { f.ID = "other" }), "other is a cause of no rule"},
		{with(func(f *diagnosis.Finding) { f.Confidence = 0 }), "unexplained has no confidence or no evidence"},
		{with(func(f *diagnosis.Finding) { f.Evidence = nil }), "unexplained has no confidence or no evidence"},
		{with(func(f *diagnosis.Finding) { f.ID, f.Remedies = "other", nil }), "other has no remedy"},
		{with(func(f *diagnosis.Finding) { f.Args = nil }), "lacks an argument"},
		{with(func(f *diagnosis.Finding) { f.Form = "nonsense" }), `"[finding.unexplained.summary-nonsense]" lacks an argument or has no message`},
		{with(func(f *diagnosis.Finding) {
			f.Remedies = []diagnosis.Remedy{{ID: "remedy.see-log", Args: map[string]any{"Container": "app"}}}
		}), "has no effect"},
		{with(func(f *diagnosis.Finding) {
			f.Remedies = []diagnosis.Remedy{{ID: "remedy.see-log", Args: map[string]any{"Container": "app"}, Command: shellword.New("rm"), Effect: diagnosis.Changes}}
		}), "its command is not kubectl's"},
	}
}

type mistake struct {
	finding diagnosis.Finding
	told    string
}

// chosen names the environment variable by which TestRunBites runs this binary again, for one mistake.
const chosen = "PODKIT_SCENARIO_MISTAKE"

// TestRunBites: Run fails for each mistake and says it. Each runs in a process of its own, since it fails its test.
func TestRunBites(t *testing.T) {
	if at := os.Getenv(chosen); at != "" {
		runMistake(t, at)
		return
	}
	for i, mistake := range mistakes() {
		folder := t.TempDir()
		if err := os.Mkdir(filepath.Join(folder, "testdata"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "testdata", "a.txtar"), []byte(whole), 0o600); err != nil {
			t.Fatal(err)
		}
		again := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestRunBites$")
		again.Dir, again.Env = folder, append(os.Environ(), fmt.Sprint(chosen, "=", i))
		out, err := again.CombinedOutput()
		var failed *exec.ExitError
		if !errors.As(err, &failed) || !strings.Contains(string(out), mistake.told) {
			t.Errorf("mistake %d: %v, want a failure that says %q, got\n%s", i, err, mistake.told, out)
		}
	}
}

func runMistake(t *testing.T, at string) {
	var i int
	if _, err := fmt.Sscan(at, &i); err != nil {
		t.Fatal(err)
	}
	rule := diagnosis.Rule{Check: func(*diagnosis.Case) []diagnosis.Finding { return []diagnosis.Finding{mistakes()[i].finding} }}
	scenario.Run(t, []diagnosis.Rule{rule}, false)
}

// TestUpdate writes what came out as the last part, and leaves the rest as it was.
func TestUpdate(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("testdata", 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"a": whole, "b": strings.TrimSuffix(whole, "-- want --\n")} {
		if err := os.WriteFile(filepath.Join("testdata", name+".txtar"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	scenario.Run(t, nil, true)
	for _, name := range []string{"a", "b"} {
		data, err := os.ReadFile(filepath.Join("testdata", name+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		if text := string(data); !strings.HasPrefix(text, whole+"web-0 Failing (pod/web-0)\n") || strings.Count(text, "-- want --") != 1 {
			t.Errorf("%s: got\n%s", name, text)
		}
	}
	scenario.Run(t, nil, false)
}
