package report_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/cli-runtime/pkg/printers"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/nodestate"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

var errBroken = errors.New("broken pipe")

// broken is a writer that nobody reads from any more.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestPodTable(t *testing.T) {
	narrow := report.Terminal{Width: 90, Interactive: true}
	tests := map[string]struct {
		language message.Language
		options  printers.PrintOptions
		terminal report.Terminal
	}{
		"pipe":          {message.English, printers.PrintOptions{WithNamespace: true}, report.Terminal{}},
		"wide":          {message.English, printers.PrintOptions{Wide: true}, narrow},
		"labels":        {message.English, printers.PrintOptions{ShowLabels: true, ColumnLabels: []string{"tier"}}, report.Terminal{}},
		"no-headers":    {message.English, printers.PrintOptions{NoHeaders: true}, report.Terminal{}},
		"narrow":        {message.English, printers.PrintOptions{}, narrow},
		"narrow-bare":   {message.English, printers.PrintOptions{NoHeaders: true}, narrow},
		"narrow-zh":     {message.Chinese, printers.PrintOptions{}, narrow},
		"too-narrow":    {message.English, printers.PrintOptions{}, report.Terminal{Width: 60, Interactive: true}},
		"wide-terminal": {message.English, printers.PrintOptions{}, report.Terminal{Width: 400, Interactive: true}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			table := report.PodTable(glance(pods(t)), now, catalog(t, test.language))
			if err := report.PrintTable(&out, table, test.options, test.terminal); err != nil {
				t.Fatal(err)
			}
			golden.Equal(t, "podtable/"+name+".txt", out.String())
		})
	}
}

func TestRowsThatFollowAlignWithThoseAbove(t *testing.T) {
	for name, terminal := range map[string]report.Terminal{"pipe": {}, "terminal": {Width: 200, Interactive: true}} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			rows := report.NewTableWriter(&out, printers.PrintOptions{}, terminal)
			all := pods(t)
			for _, step := range [][]corev1.Pod{all[:2], all[2:3], all[3:]} {
				if err := rows.Print(report.PodTable(glance(step), now, catalog(t, message.English))); err != nil {
					t.Fatal(err)
				}
			}
			lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
			if len(lines) != 5 || strings.Count(out.String(), "NAME") != 1 {
				t.Fatalf("want one header and four rows:\n%s", out.String())
			}
			at := strings.Index(lines[0], "READY")
			for _, line := range lines[1:] {
				if line[at-1] != ' ' || line[at] == ' ' {
					t.Errorf("READY is not below its header:\n%s\n%s", lines[0], line)
				}
			}
		})
	}
}

func TestTableWithoutRowsHasNoHeader(t *testing.T) {
	for _, terminal := range []report.Terminal{{}, {Width: 90, Interactive: true}} {
		var out bytes.Buffer
		if err := report.PrintTable(&out, report.PodTable(nil, now, catalog(t, message.English)), printers.PrintOptions{}, terminal); err != nil || out.Len() > 0 {
			t.Errorf("got %q, %v", out.String(), err)
		}
	}
}

func TestTableTellsErrors(t *testing.T) {
	table := report.PodTable(glance(pods(t)), now, catalog(t, message.English))
	if err := report.PrintTable(broken{}, table, printers.PrintOptions{}, report.Terminal{}); !errors.Is(err, errBroken) {
		t.Errorf("got %v, want the writer's error", err)
	}
}

// glance is what the status of pods tells, without any rule: why is their state then.
func glance(pods []corev1.Pod) []diagnosis.Target { return diagnosis.Glance(pods, now, nil) }

// A root cause takes the place of the state in WHY.
func TestWhyIsTheRootCause(t *testing.T) {
	target := glance(pods(t))[1]
	target.Findings = []diagnosis.Finding{{
		ID: diagnosis.Unexplained, Form: "container", Severity: diagnosis.Error, Args: message.Args{"Container": "app", "Reason": "Odd", "Message": ""},
	}}
	state := report.WhyText(&target, catalog(t, message.English))
	if strings.Contains(state, "Odd") {
		t.Errorf("what nobody explains is told by the state, not by %q", state)
	}
	target.Findings[0].ID = "app-exit"
	if got := report.WhyText(&target, catalog(t, message.English)); got == state {
		t.Errorf("why is still the state: %q", got)
	}
}

func TestNodeTable(t *testing.T) {
	node := func(name string, ready corev1.ConditionStatus) corev1.Node {
		return corev1.Node{
			ObjectMeta: metav1.ObjectMeta{Name: name, CreationTimestamp: ago(48 * time.Hour)},
			Status: corev1.NodeStatus{
				Conditions:  []corev1.NodeCondition{{Type: corev1.NodeReady, Status: ready, LastTransitionTime: ago(time.Minute), LastHeartbeatTime: ago(2 * time.Minute), Message: "why \x1b[2J"}},
				Allocatable: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("2"), corev1.ResourceMemory: resource.MustParse("3Gi"), corev1.ResourcePods: resource.MustParse("110")},
				NodeInfo:    corev1.NodeSystemInfo{KubeletVersion: "v1.36.3", ContainerRuntimeVersion: "containerd://1.6.20", OSImage: "Debian", KernelVersion: "6.1", Architecture: "amd64"},
				Addresses:   []corev1.NodeAddress{{Type: corev1.NodeHostName, Address: name}, {Type: corev1.NodeInternalIP, Address: "10.0.0.1"}},
			},
		}
	}
	bare := corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: "bare", CreationTimestamp: ago(time.Second)}}
	nodes := []corev1.Node{node("b-well", corev1.ConditionTrue), node("c-lost", corev1.ConditionUnknown), node("a-well", corev1.ConditionTrue), bare}
	nodes[1].Spec.Unschedulable = true
	running := corev1.Pod{Spec: corev1.PodSpec{NodeName: "b-well", Containers: []corev1.Container{{Resources: corev1.ResourceRequirements{
		Requests: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("250m"), corev1.ResourceMemory: resource.MustParse("512Mi")},
	}}}}}
	tests := map[string]struct {
		language message.Language
		known    bool
		wide     bool
	}{
		"table": {message.English, true, false}, "wide-zh": {message.Chinese, true, true}, "pods-unread": {message.English, false, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var counted []corev1.Pod
			if test.known {
				counted = []corev1.Pod{running}
			}
			table := report.NodeTable(nodestate.Of(nodes, counted), test.known, now, catalog(t, test.language))
			var out bytes.Buffer
			if err := report.PrintTable(&out, table, printers.PrintOptions{Wide: test.wide}, report.Terminal{}); err != nil {
				t.Fatal(err)
			}
			golden.Equal(t, "nodetable/"+name+".txt", out.String())
		})
	}
}

// Cells are aligned as they are shown: what is not seen has a name, and a width.
func TestTableAlignsWhatIsShown(t *testing.T) {
	table := &metav1.Table{
		ColumnDefinitions: []metav1.TableColumnDefinition{{Name: "Name", Type: "string"}, {Name: "Why", Type: "string"}},
		Rows:              []metav1.TableRow{{Cells: []any{"a\u200bb", "x"}}, {Cells: []any{"ab", "y\u202e"}}},
	}
	var out bytes.Buffer
	if err := report.PrintTable(&out, table, printers.PrintOptions{}, report.Terminal{}); err != nil {
		t.Fatal(err)
	}
	if want := "NAME         WHY\na<U+200B>b   x\nab           y<U+202E>\n"; out.String() != want {
		t.Errorf("got\n%s, want\n%s", out.String(), want)
	}
	if table.Rows[0].Cells[0] != "a\u200bb" {
		t.Error("the caller's table was changed")
	}
}
