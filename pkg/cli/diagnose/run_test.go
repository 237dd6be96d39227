package diagnose

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/publication"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/document"
	"github.com/kubectl-podkit/podkit/pkg/target"
	"github.com/kubectl-podkit/podkit/test/screen"
)

// run diagnoses a double; change alters what is asked for.
func run(t *testing.T, d *double, change func(*Options)) (out, errOut string, err error) {
	t.Helper()
	english, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	options := &Options{
		Publisher: publication.Publisher{Messages: english, ForScripts: english, Kubectl: "kubectl"},
		Spec:      target.Spec{Namespace: "shop"}, Cluster: d, Messages: english, ForScripts: english, Kubectl: "kubectl",
		Streams: genericiooptions.IOStreams{Out: &stdout, ErrOut: &stderr}, Now: func() time.Time { return now },
	}
	if change != nil {
		change(options)
	}
	err = options.Run(t.Context())
	return stdout.String(), stderr.String(), err
}

// Who waits at a terminal is told for what, until there is something to see.
func TestTellsThatItAsks(t *testing.T) {
	s := screen.New(t, 80, 24)
	_, _, err := run(t, &double{pods: []corev1.Pod{well("web-0")}}, func(o *Options) {
		o.Streams.Out, o.Streams.ErrOut = s.Streams().Out, s.Streams().Out
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Await("Asking the cluster…\r\r\x1b[K")
	s.Await("pod/web-0 (deploy/web) is healthy")
}

// asJSON has the document printed.
func asJSON(t *testing.T) func(*Options) {
	t.Helper()
	return func(o *Options) { o.Printer = printer(t, "json") }
}

// TestRequests keeps a diagnosis cheap: its requests do not grow with the pods.
func TestRequests(t *testing.T) {
	var replicas []corev1.Pod
	for i := range 40 {
		p := desperate()
		p.Name = fmt.Sprintf("web-7c9f-%05d", i)
		p.UID = p.UID + "-" + p.UID
		replicas = append(replicas, p)
	}
	var healthy []corev1.Pod
	for i := range 40 {
		healthy = append(healthy, well(fmt.Sprintf("web-7c9f-%05d", i)))
	}
	tests := map[string]struct {
		pods []corev1.Pod
		spec target.Spec
		most int
	}{
		"one pod with everything wrong": {[]corev1.Pod{desperate()}, target.Spec{Namespace: "shop", Names: []target.Name{{Name: "web-7c9f-worst"}}}, 8},
		"forty of them":                 {replicas, target.Spec{Namespace: "shop"}, 12},
		"forty of a Deployment":         {replicas, target.Spec{Namespace: "shop", Names: []target.Name{{Resource: "deploy", Name: "web"}}}, 12},
		"forty that are well":           {healthy, target.Spec{Namespace: "shop"}, 1},
	}
	for name, test := range tests {
		d := &double{pods: test.pods}
		if _, _, err := run(t, d, func(o *Options) { o.Spec = test.spec }); err != nil {
			t.Fatal(err)
		}
		if len(d.asked) > test.most {
			t.Errorf("%s: %d requests, more than %d:\n%s", name, len(d.asked), test.most, strings.Join(d.asked, "\n"))
		}
		t.Logf("%s: %d requests", name, len(d.asked))
	}
}

func TestText(t *testing.T) {
	out, errOut, err := run(t, &double{pods: []corev1.Pod{well("a"), well("b"), pod("c", waiting("app", "CreateContainerConfigError", `configmap "settings" not found`))}}, nil)
	if err != nil || errOut != "" {
		t.Fatalf("%v, stderr %q", err, errOut)
	}
	if !strings.HasPrefix(out, "✗ Container app cannot start: ConfigMap shop/settings") || !strings.Contains(out, "\n  1 of 3 Pods of deploy/web, failing for 60m: c; not a, b\n") {
		t.Errorf("got\n%s", out)
	}
	if !strings.Contains(out, "\n          kubectl -n shop ") {
		t.Errorf("no command to paste:\n%s", out)
	}
}

// TestViewer: who may read pods alone gets what the status decides, and a list of what could not be read.
func TestViewer(t *testing.T) {
	d := &double{pods: []corev1.Pod{desperate()}, refused: []string{"Event", "Node", "ReplicaSet", "ConfigMap", "Secret", "ServiceAccount", "log"}}
	out, _, err := run(t, d, asJSON(t))
	if err != nil {
		t.Fatal(err)
	}
	var found document.Diagnosis
	if err := json.Unmarshal([]byte(out), &found); err != nil {
		t.Fatal(err)
	}
	if found.Targets[0].RootCause == nil || found.Targets[0].Workload.Name != "web" {
		t.Errorf("without rights: root cause %v of %v", found.Targets[0].RootCause, found.Targets[0].Workload)
	}
	var rules []string
	for _, unknown := range found.Unknowns {
		if unknown.Reason != "forbidden" || unknown.RBAC == nil {
			t.Errorf("%s: reason %s, rule %v", unknown.What, unknown.Reason, unknown.RBAC)
			continue
		}
		rules = append(rules, unknown.RBAC.Verbs[0]+" "+unknown.RBAC.Resources[0])
	}
	for _, want := range []string{"list events", "get pods/log"} {
		if !strings.Contains(strings.Join(rules, ","), want) {
			t.Errorf("the rule to %s is not told; told are %v", want, rules)
		}
	}
	if strings.Contains(out, "does not exist in") {
		t.Errorf("a refusal is taken for absence:\n%s", out)
	}
}

func TestFormats(t *testing.T) {
	d := &double{pods: []corev1.Pod{well("a"), pod("c", crashed("app"))}}
	out, _, err := run(t, d, func(o *Options) { o.Names = true })
	if err != nil || out != "pod/c\n" {
		t.Errorf("-o name: %q, %v", out, err)
	}
	out, _, err = run(t, d, func(o *Options) {
		o.Printer = printer(t, `jsonpath={range .targets[*]}{.object.name} {.verdict}{"\n"}{end}`)
	})
	if err != nil || out != "c Failing\na Healthy\n" {
		t.Errorf("-o jsonpath: %q, %v", out, err)
	}
	out, _, err = run(t, d, asJSON(t))
	var found document.Diagnosis
	if err != nil || json.Unmarshal([]byte(out), &found) != nil || found.Summary.Targets != 2 || found.Scope.Namespace != "shop" || found.Summary.Bytes != 2048 {
		t.Errorf("-o json: %v\n%s", err, out)
	}
}

func TestNoPods(t *testing.T) {
	out, errOut, err := run(t, &double{}, nil)
	if err != nil || out != "" || !strings.HasPrefix(errOut, "No pods found in namespace shop; ") {
		t.Errorf("%v, stdout %q, stderr %q", err, out, errOut)
	}
	if out, errOut, err = run(t, &double{}, asJSON(t)); err != nil || errOut != "" || !strings.Contains(out, `"targets": []`) {
		t.Errorf("as JSON: %v, stdout %q, stderr %q", err, out, errOut)
	}
}

func TestStats(t *testing.T) {
	_, errOut, err := run(t, &double{pods: []corev1.Pod{well("a"), well("b")}}, func(o *Options) { o.Stats = true })
	if want := "1 requests, 2.0 KiB read, rounds of questions: 0, 0s\n"; err != nil || errOut != want {
		t.Errorf("got %q, %v; want %q", errOut, err, want)
	}
	for bytes, want := range map[int64]string{5: "5 bytes", 1536: "1.5 KiB", 3 << 20: "3.0 MiB"} {
		if got := size(bytes); got != want {
			t.Errorf("%d: got %q, want %q", bytes, got, want)
		}
	}
}

func TestFailOn(t *testing.T) {
	restarted := well("c")
	restarted.Status.ContainerStatuses[0].RestartCount = 30
	restarted.Status.ContainerStatuses[0].LastTerminationState = crashed("app").LastTerminationState
	tests := map[string]struct {
		pod    corev1.Pod
		failOn diagnosis.Severity
		fails  bool
	}{
		"an error, not asked":    {pod("c", crashed("app")), 0, false},
		"an error":               {pod("c", crashed("app")), diagnosis.Error, true},
		"an error, on a warning": {pod("c", crashed("app")), diagnosis.Warning, true},
		"a warning, on an error": {restarted, diagnosis.Error, false},
		"a warning":              {restarted, diagnosis.Warning, true},
		"all is well":            {well("c"), diagnosis.Warning, false},
	}
	for name, test := range tests {
		out, _, err := run(t, &double{pods: []corev1.Pod{test.pod}}, func(o *Options) { o.FailOn = test.failOn })
		var status interface{ ExitStatus() int }
		failed := errors.As(err, &status) && status.ExitStatus() == 3
		if failed != test.fails || err != nil && !failed || out == "" {
			t.Errorf("%s: %v, printing\n%s", name, err, out)
		}
	}
}

// TestInterruption: what was found until then would pass for all there is.
func TestInterruption(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	english, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	options := &Options{
		Cluster: &double{pods: []corev1.Pod{pod("c", crashed("app"))}}, Messages: english, ForScripts: english,
		Streams: genericiooptions.IOStreams{Out: &out, ErrOut: &out}, Now: func() time.Time { return now },
	}
	if err := options.Run(ctx); !errors.Is(err, context.Canceled) || out.Len() > 0 {
		t.Errorf("%v, printing %q", err, out.String())
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space") }

func TestOutputThatFails(t *testing.T) {
	for name, change := range map[string]func(*Options){"text": nil, "json": asJSON(t), "name": func(o *Options) { o.Names = true }} {
		_, _, err := run(t, &double{pods: []corev1.Pod{pod("c", crashed("app"))}}, func(o *Options) {
			o.Streams.Out = full{}
			if change != nil {
				change(o)
			}
		})
		if err == nil || !strings.Contains(err.Error(), "no space") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
