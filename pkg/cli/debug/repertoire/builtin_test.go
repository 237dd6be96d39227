package repertoire

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/internal/scenario"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// pickedFor is which workflow is taken for each root cause of the catalogue, about a pod that has its node.
var pickedFor = map[string][]string{
	"image": {
		"image-not-found", "image-pull-unauthorized", "image-pull-secret-missing", "image-registry-unreachable", "image-registry-tls",
		"image-pull-rate-limited", "image-platform-mismatch", "image-exec-format", "image-never-pull", "image-invalid-name",
		"image-volume-failed", "image-no-space", "image-pulling-slowly",
	},
	"config": {
		"configmap-missing", "secret-missing", "configmap-key-missing", "secret-key-missing", "run-as-non-root", "command-not-found",
		"command-not-executable", "working-dir-invalid", "mount-path-conflict", "security-profile-missing", "host-device-missing",
		"lifecycle-hook-failed", "container-created-not-started",
	},
	"crash": {
		"app-signal", "app-exit", "exits-zero-restarts", "init-failed", "init-stuck", "sidecar-failed", "restarts-high",
		"log-missing-env", "log-file-missing", "log-permission-denied", "log-read-only-fs", "log-address-in-use", "log-disk-full",
		"log-connection-refused", "log-dns-failed", "log-timeout", "log-tls-error", "log-auth-failed", "log-config-parse",
		"log-migration-lock", "log-panic", "log-exec-format", "log-forbidden",
	},
	"oom": {"oom-killed", "oom-node", "log-out-of-memory"},
	"not-ready": {
		"liveness-killed", "startup-killed", "readiness-failing", "liveness-failing", "startup-failing", "probe-connection-refused",
		"probe-timeout", "probe-http-status", "probe-exec-failed", "probe-grpc-failed", "probe-dns", "probe-tls", "probe-port-mismatch",
		"probe-too-tight", "readiness-gate-unmet",
	},
	// What nobody can explain is explored.
	"": {diagnosis.Unexplained},
}

// TestPicks holds for every cause of the catalogue: a new one must be given its workflow here.
func TestPicks(t *testing.T) {
	all, wanted := builtins(t), map[string]string{}
	for name, ids := range pickedFor {
		for _, id := range ids {
			wanted[id] = name
		}
	}
	for _, entry := range causes.Entries(causes.Families()) {
		want, known := wanted[entry.ID]
		if !known {
			t.Errorf("%s: say in pickedFor which workflow it leads to", entry.ID)
		}
		state := workflow.State{About: []string{"scheduled"}, Case: workflow.Case{
			Verdict: string(diagnosis.Failing), Root: workflow.Finding{ID: entry.ID, Family: entry.Family}, Target: workflow.Target{Kind: "pod"},
		}}
		if got := name(pick(all, "", state)); got != want {
			t.Errorf("%s: %q is picked, want %q", entry.ID, got, want)
		}
		delete(wanted, entry.ID)
	}
	for id := range wanted {
		t.Errorf("%s is no cause of the catalogue any more", id)
	}
}

func TestPicksByTheTarget(t *testing.T) {
	all := builtins(t)
	tests := map[string]struct {
		about []string
		known workflow.Case
		want  string
	}{
		"a pod without a node": {
			known: workflow.Case{Verdict: "Failing", Root: workflow.Finding{ID: diagnosis.Unexplained, Family: causes.Other}}, want: "pending",
		},
		"a young pod without a node": {known: workflow.Case{Verdict: "Progressing"}, want: "pending"},
		"a Service whose pods are well": {
			about: []string{"scheduled", "running", "ready"},
			known: workflow.Case{Verdict: "Healthy", Target: workflow.Target{Kind: "owner", Name: "svc/web", Pods: 1}}, want: "unreachable",
		},
		"a Service whose pods crash": {
			about: []string{"scheduled"},
			known: workflow.Case{Verdict: "Failing", Root: workflow.Finding{ID: "app-exit", Family: "crash"}, Target: workflow.Target{Kind: "owner", Name: "svc/web", Pods: 1}},
			want:  "crash",
		},
		"a Deployment that is well": {
			about: []string{"scheduled", "running", "ready"}, known: workflow.Case{Verdict: "Healthy", Target: workflow.Target{Kind: "owner", Name: "deploy/svc"}},
		},
		"a Service that finds no pods": {known: workflow.Case{Target: workflow.Target{Kind: "owner", Name: "service/web"}}, want: "selector"},
		"a Deployment without pods":    {known: workflow.Case{Target: workflow.Target{Kind: "owner", Name: "deploy/svc"}}},
		"nothing at all":               {},
	}
	for title, test := range tests {
		t.Run(title, func(t *testing.T) {
			if got := name(pick(all, "", workflow.State{About: test.about, Case: test.known})); got != test.want {
				t.Errorf("%q is picked, want %q", got, test.want)
			}
		})
	}
}

func name(w *workflow.Workflow) string {
	if w == nil {
		return ""
	}
	return w.Name
}

// worlds are all scenarios of the rules and of this package, each as it is and with what can stand in the way inside of pods.
func worlds(t *testing.T) []world {
	t.Helper()
	folders, err := filepath.Glob("../../../diagnosis/*/testdata")
	if err != nil || len(folders) < 5 {
		t.Fatalf("scenarios in %v: %v", folders, err)
	}
	var all []world
	for _, folder := range append(folders, "testdata/scenarios") {
		scenarios, err := scenario.Load(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range scenarios {
			w := worldOf(s, strings.TrimSuffix(filepath.Base(s.File), ".txtar"))
			if strings.HasPrefix(w.name, "service-") && w.stage.Objects(t.Context(), "svc", casefile.Query{Names: []string{"web"}}).State == casefile.Known {
				w.spec.Names = []target.Name{{Resource: "svc", Name: "web"}}
			}
			all = append(all, variants(w)...)
		}
	}
	return all
}

// varied are the scenarios that are walked with other things inside of their pods, too; for all of them it would take minutes.
var varied = []string{
	"service-well", "service-target-port", "http-unwell", "liveness-exec", "exec-absent", "grpc-connect", "missing-env", "exit-no-log", "oom-killed",
	"sigkill", "startup-killed", "liveness-killed",
	"address-in-use", "init-waits-young", "init-waits", "not-ready-young", "not-ready", "ready-after-restart", "ready-since-long", "slow-starter",
}

// variants are a world with other things inside of its pods.
func variants(w world) []world {
	if w.name == "service-selector" {
		empty := w
		empty.name, empty.stage.pods = w.name+", no Pods", nil
		return []world{w, empty}
	}
	if !slices.Contains(varied, w.name) {
		return []world{w}
	}
	with := func(name string, change func(*inside)) world {
		other := w
		other.name += ", " + name
		change(&other.inside)
		return other
	}
	failing := func(action, id string) func(*inside) {
		return func(i *inside) {
			i.errors = map[string]error{action: message.Errorf(nil, id, message.Args{
				"Pod": "web-0", "Namespace": "shop", "Port": "8080", "Cause": "connection refused", "Ports": "8080", "Service": "web", "Command": "cat",
				"Container": "app", "State": "Waiting", "Node": "node1",
			})}
		}
	}
	broken := fmt.Errorf("the connection broke off")
	revealed := with("in clear", func(*inside) {})
	revealed.revealed = true
	return []world{
		w, revealed,
		with("refused", func(i *inside) { i.errors = refusals() }),
		with("broken", func(i *inside) {
			i.errors = map[string]error{"fetch": broken, "service": broken, "log": broken, "exec": broken}
		}),
		with("mute", func(i *inside) { i.log, i.sockets = "", sockets0() }),
		with("previous log", func(i *inside) { i.previous = true }),
		with("on the loopback", func(i *inside) { i.sockets, i.status = sockets0("0100007F:1F90"), 503 }),
		with("on another port", func(i *inside) { i.sockets, i.status = sockets0("00000000:0050"), 404 }),
		with("login", func(i *inside) { i.status = 401 }),
		with("teapot", func(i *inside) { i.status = 418 }),
		with("no program", failing("exec", "exec.no-program")),
		with("exit code", failing("exec", "debug.exit-code")),
		with("nobody listens", failing("fetch", "curl.refused")),
		with("no way", failing("fetch", "curl.unreachable")),
		with("no HTTP", failing("fetch", "curl.no-http")),
		with("no endpoint", failing("service", "curl.service-empty")),
		with("wrong port", failing("service", "curl.service-refused")),
		with("several lines", func(i *inside) { i.environment = "PATH=/bin\nNOTE=one\ntwo\n" }),
		withheld(w),
		withheld(with("nobody listens", failing("fetch", "curl.refused"))),
		withheld(with("wrong port", failing("service", "curl.service-refused"))),
	}
}

// withheld is a world in which nobody agrees to what reaches into a pod.
func withheld(w world) world {
	w.name, w.withheld = w.name+"-withheld", true
	return w
}

// TestEveryBranch walks through all of these, and wants each remark to be said and each branch to be taken at least once.
func TestEveryBranch(t *testing.T) {
	all, reached := builtins(t), map[string]bool{}
	walked := map[string]int{}
	for _, w := range worlds(t) {
		r := walk(t, all, w, message.English, "", "no")
		for at := range r.reached {
			reached[at] = true
		}
		walked[r.picked]++
		if r.picked != "" && r.root != "" && !slices.Contains(pickedFor[r.picked], r.root) && r.picked != "pending" {
			t.Errorf("%s: %s is picked for %s", w.name, r.picked, r.root)
		}
	}
	for _, w := range append(worldsRepaired(t), worldsByName(t)...) {
		for at := range walk(t, all, w.world, message.Chinese, w.workflow, w.answer).reached {
			reached[at] = true
		}
	}
	t.Logf("walks: %v", walked)
	for _, name := range workflow.Names() {
		if name == "explore" {
			continue
		}
		w := pick(all, name, workflow.State{})
		for i := range w.Steps {
			for j := range w.Steps[i].Means {
				missing(t, reached, fmt.Sprintf("%s/%s/means/%d", name, w.Steps[i].ID, j), w.Steps[i].Means[j].Say.EN)
			}
			for j := range w.Steps[i].Next {
				missing(t, reached, fmt.Sprintf("%s/%s/next/%d", name, w.Steps[i].ID, j), "to "+w.Steps[i].Next[j].To)
			}
		}
		for i := range w.Closing {
			missing(t, reached, fmt.Sprintf("%s/closing/%d", name, i), w.Closing[i].Say.EN)
		}
	}
}

func missing(t *testing.T, reached map[string]bool, at, what string) {
	t.Helper()
	if !reached[at] {
		t.Errorf("no scenario reaches %s: %s", at, what)
	}
}

// told is a walk that is asked for.
type told struct {
	world
	workflow, answer string
}

// golden scenarios, one workflow after the other, whose transcripts are kept in both languages.
func goldens() map[string]string {
	return map[string]string{
		"not-found": "image", "missing-env": "crash", "oom-killed": "oom", "configmap-missing-env": "config", "http-unwell": "not-ready",
		"pending-cpu": "pending", "service-selector": "selector", "service-target-port": "unreachable",
		"http-unwell-withheld": "not-ready", "service-target-port, wrong port-withheld": "unreachable",
	}
}

func TestTranscripts(t *testing.T) {
	all := builtins(t)
	for _, w := range worlds(t) {
		if _, kept := goldens()[w.name]; !kept {
			continue
		}
		for _, language := range message.Languages() {
			t.Run(w.name+"/"+string(language), func(t *testing.T) {
				r := walk(t, all, w, language, "", "no")
				if want := goldens()[w.name]; r.picked != want {
					t.Fatalf("%q is picked, want %q", r.picked, want)
				}
				golden(t, strings.NewReplacer(", ", "-", " ", "-").Replace(w.name)+"."+string(language)+".txt", r.text)
			})
		}
	}
}

// golden compares an output with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with: go test ./pkg/cli/debug/repertoire -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; rewrite with -update):\n%s", path, diff)
	}
}

// worldsRepaired are walks whose reader says that it has been repaired, through a cluster that has changed since.
func worldsRepaired(t *testing.T) []told {
	t.Helper()
	var all []told
	for _, w := range worlds(t) {
		if _, kept := goldens()[w.name]; !kept && !slices.Contains(alsoChanged, w.name) {
			continue
		}
		all = append(all, told{w, "", "yes"})
		for _, later := range []Cluster{
			refusing{stage: w.stage},
			refusing{stage: w.stage, broken: true},
			lonely{w.stage},
			stocked{w.stage},
			stage{Library: w.stage.Library},
			inTrouble(w.stage),
			selected(w.stage), selected(inTrouble(w.stage)), selected(young(w.stage, w.now)),
		} {
			w.later = later
			all = append(all, told{w, "", "yes"})
		}
	}
	return all
}

// alsoChanged are scenarios beside the golden ones that are walked through changed clusters.
var alsoChanged = []string{
	"secret-missing-volume", "unauthorized", "platform-mismatch", "security-profile-seccomp", "pending-claim-unbound", "liveness-exec", "service-well",
	"run-as-non-root",
}

// worldsByName are walks through workflows that nobody picked: a healthy pod, a pod that is well by now.
func worldsByName(t *testing.T) []told {
	t.Helper()
	var all []told
	for _, w := range worlds(t) {
		if strings.HasPrefix(w.name, "service-") || strings.HasPrefix(w.name, "pending-") {
			for _, name := range workflow.Names() {
				all = append(all, told{w, name, "yes"})
			}
			pod := w // The same, asked about by the name of its pod.
			if len(w.stage.pods) > 0 {
				pod.spec.Names = []target.Name{{Name: w.stage.pods[0].Name}}
			}
			all = append(all, told{pod, "unreachable", "yes"})
		}
	}
	return all
}
