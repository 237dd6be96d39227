package rights

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-logr/logr"
	"golang.org/x/tools/txtar"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/klog/v2"
	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/access"
	"github.com/kubectl-podkit/podkit/pkg/cli"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

func TestMain(m *testing.M) {
	klog.SetLogger(logr.Discard())
	os.Exit(m.Run())
}

// owners are all that can be named in place of pods.
var owners = []string{
	"deployments.apps/deployment-a", "replicasets.apps/replicaset-a", "statefulsets.apps/statefulset-a", "daemonsets.apps/daemonset-a",
	"jobs.batch/job-a", "cronjobs.batch/cronjob-a", "replicationcontrollers/replicationcontroller-a", "services/svc", "nodes/node1",
}

// pods are one of each kind of owner.
var pods = []string{"pod-of-replicaset-a", "pod-of-statefulset-a", "pod-of-daemonset-a", "pod-of-job-a", "pod-of-replicationcontroller-a"}

// lines are the command lines with which each command asks for everything that it can ask for. A new command of podkit
// needs an entry here: none when it asks no cluster at all.
// "FOLDER" in a line is a folder of the test's own.
func lines() map[string][]string {
	lines := map[string][]string{
		"get":        {"get", "get -w"},
		"describe":   {"describe"},
		"diagnose":   {"diagnose", "diagnose --report FOLDER/report.md --report FOLDER/report.html"},
		"logs":       {"logs -l app=web"},
		"debug":      {"debug --pod-running-timeout=0 --yes", "workflow run explore --yes --pod-running-timeout=0", "workflow test explore pod-of-job-a --want FOLDER/want.md --update"},
		"exec":       {"exec pod-of-job-a -- true"},
		"curl":       {"curl pod-of-job-a -X POST", "curl pod-of-job-a -X PUT", "curl pod-of-job-a -X PATCH", "curl pod-of-job-a -X DELETE"},
		"nodes":      {"nodes", "nodes node1"},
		"doctor":     {"doctor"},
		"completion": {"__complete get "},
		"findings":   {"findings", "findings unexplained"},
		"explain":    {"explain", "explain probe", "explain deploy/deployment-a"},
		"version":    {"version"},
		"capture":    {"capture -o FOLDER/1 --allow active", "capture -A -o FOLDER/2"},
		// These three read recordings. replay goes on until it is stopped; see TestReplayAsksNoCluster.
		"demo":            {"demo --yes --allow active", "demo --save FOLDER/shop.podkit"},
		"diff-recordings": {"diff-recordings " + demo + " " + demo},
		"replay":          nil,
		// proxy asks for what is asked of it; see TestProxyAsksForWhatIsAskedOfIt.
		"proxy": nil,
	}
	for _, target := range slices.Concat(pods, owners) {
		for _, command := range []string{"get", "describe", "diagnose", "logs", "curl"} {
			lines[command] = append(lines[command], command+" "+target)
		}
		lines["debug"] = append(lines["debug"], "debug --pod-running-timeout=0 --yes "+target)
		lines["capture"] = append(lines["capture"], "capture -o FOLDER/3 "+target)
		lines["exec"] = append(lines["exec"], "exec "+target+" -- true")
		lines["completion"] = append(lines["completion"], "__complete logs "+target+" -c ")
	}
	for _, name := range workflow.Names() {
		lines["debug"] = append(lines["debug"], "debug --pod-running-timeout=0 --yes --allow active --workflow "+name+" pod-of-job-a")
	}
	return lines
}

// TestListIsTrue runs all lines and compares what was asked of the server with the list of pkg/access.
func TestListIsTrue(t *testing.T) {
	for command, lines := range lines() {
		t.Run(command, func(t *testing.T) {
			if command == "proxy" || command == "replay" {
				t.Skip("it goes on until it is stopped, and has a test of its own")
			}
			s, folder := serve(t, made()), t.TempDir()
			s.kubeconfig(t, namespace)
			for _, line := range lines {
				s.everywhere = strings.Contains(line, " -A")
				s.run(t, arguments(strings.ReplaceAll(line, "FOLDER", folder))...)
			}
			switch command {
			case "diagnose", "describe":
				s.add(scenarios(t, causes, command))
			case "debug":
				s.picks(t)
				s.add(scenarios(t, causes, "debug --pod-running-timeout=0 --yes --allow active"))
				s.add(scenarios(t, pending, "debug --pod-running-timeout=0 --yes --workflow pending"))
				s.add(scenarios(t, services, "debug --pod-running-timeout=0 --yes --allow active --workflow unreachable"))
			case "capture":
				s.refusing = true
				s.run(t, arguments("capture "+alone+" -o "+filepath.Join(folder, "refused"))...)
			}
			compare(t, command, s.asked)
		})
	}
}

// arguments splits a line; a blank at its end is an empty last argument, as the shell's completion gives it.
func arguments(line string) []string {
	words := strings.Fields(line)
	if strings.HasSuffix(line, " ") {
		words = append(words, "")
	}
	return words
}

// compare tells, of one command, what lacks in the list and what is in it for nothing.
func compare(t *testing.T, command string, asked map[access.Asked]bool) {
	t.Helper()
	listed := map[access.Asked]bool{}
	for _, known := range access.Commands() {
		if known.Name == command {
			for _, need := range known.Needs {
				listed[access.Asked{Right: need.Right, Place: need.Place}] = true
			}
		}
	}
	places := map[access.Place]string{
		access.There: "There", access.NodeEvents: "NodeEvents", access.ClusterDNS: "ClusterDNS", access.Heartbeats: "Heartbeats", access.Everywhere: "Everywhere",
	}
	line := func(a access.Asked) string {
		return fmt.Sprintf("{Right{%q, %q, %q}, %s, ...}", a.Verb, a.Group, a.Resource, places[a.Place])
	}
	var unlisted, unasked []string
	for a := range asked {
		if !listed[a] {
			unlisted = append(unlisted, line(a))
		}
	}
	for a := range listed {
		if !asked[a] {
			unasked = append(unasked, line(a))
		}
	}
	slices.Sort(unlisted)
	slices.Sort(unasked)
	if len(unlisted) > 0 {
		t.Errorf("%s asks for what pkg/access/list.go does not name; add there, with what is lost without it, and run make update:\n%s", command, strings.Join(unlisted, "\n"))
	}
	if len(unasked) > 0 {
		t.Errorf("pkg/access/list.go names what %s did not ask for; remove it there, or add a line to lines() that makes it ask:\n%s", command, strings.Join(unasked, "\n"))
	}
}

// TestEveryCommandIsRun: a command that nobody has looked at asks for nobody knows what.
func TestEveryCommandIsRun(t *testing.T) {
	known := lines()
	root := cli.NewCommand(environment.New(genericiooptions.NewTestIOStreamsDiscard(), func(string) string { return "" }))
	for _, command := range root.Commands() {
		if _, found := known[command.Name()]; !found && command.Runnable() {
			t.Errorf("the command %s is new: add it to lines() in test/rights with the command lines that make it ask for all that it can ask for, and see what the test says", command.Name())
		}
	}
	for _, command := range access.Commands() {
		if _, found := known[command.Name]; !found {
			t.Errorf("pkg/access/list.go names the command %s, which lines() does not", command.Name)
		}
	}
}

// Where scenarios are: those of the causes, and those of steps of workflows that ask for more.
const (
	causes   = "../../pkg/diagnosis/*/testdata/*.txtar"
	pending  = "../../pkg/cli/debug/repertoire/testdata/scenarios/pending-*.txtar"
	services = "../../pkg/cli/debug/repertoire/testdata/scenarios/service-*.txtar"
)

// scenarios runs a line over the objects of every scenario, and returns what was asked for. The engine folds GETs of a kind
// into one LIST when several pods ask, so that who is asked to get is asked to list as well.
func scenarios(t *testing.T, pattern, line string) map[access.Asked]bool {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) < 10 {
		t.Fatalf("%d scenarios, %v: the search is broken", len(files), err)
	}
	asked := map[access.Asked]bool{}
	for _, file := range files {
		objects, logs, in := scenario(t, file)
		s := serve(t, objects)
		s.logs = logs
		s.kubeconfig(t, in)
		s.run(t, arguments(line)...)
		maps.Copy(asked, s.asked)
	}
	for a := range maps.Clone(asked) {
		if a.Verb == "get" && !strings.Contains(a.Resource, "/") {
			a.Verb = "list"
			asked[a] = true
		}
	}
	return asked
}

// scenario reads the objects and logs of a scenario, and the namespace of its pods.
func scenario(t *testing.T, file string) (objects []unstructured.Unstructured, logs map[string]string, namespace string) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	logs = map[string]string{}
	for _, part := range archive.Files {
		if name, found := strings.CutPrefix(part.Name, "log "); found {
			logs[name] = string(part.Data)
		}
		if part.Name != "objects.yaml" {
			continue
		}
		for document := range strings.SplitSeq(string(part.Data), "\n---\n") {
			object := unstructured.Unstructured{}
			if err := yaml.Unmarshal([]byte(document), &object.Object); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			items := []unstructured.Unstructured{object}
			if object.IsList() {
				list, err := object.ToList()
				if err != nil {
					t.Fatalf("%s: %v", file, err)
				}
				items = list.Items
			}
			for _, item := range items {
				if len(item.Object) > 0 {
					fill(item.Object)
					objects = append(objects, item)
				}
				if item.GetKind() == "Pod" {
					namespace = item.GetNamespace()
				}
			}
		}
	}
	if namespace == "" {
		t.Fatalf("%s has no pod in a namespace", file)
	}
	return objects, logs, namespace
}

// fill gives probes of gRPC the empty service that the API gives them, on which kubectl's description relies
// (kubernetes pkg/apis/core/v1/defaults.go, SetDefaults_Probe; kubectl pkg/describe, DescribeProbe).
func fill(value any) {
	switch value := value.(type) {
	case map[string]any:
		if grpc, ok := value["grpc"].(map[string]any); ok && grpc["service"] == nil {
			grpc["service"] = ""
		}
		for _, inner := range value {
			fill(inner)
		}
	case []any:
		for _, inner := range value {
			fill(inner)
		}
	}
}
