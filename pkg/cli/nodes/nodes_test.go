package nodes

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/kubectl/pkg/scheme"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

var now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

// double is a cluster of two nodes, one of them lost, and one pod on the other.
type double struct {
	t         *testing.T
	refused   error
	refusePod error
	asked     []casefile.Query
}

func (d *double) Nodes(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Node] {
	if d.refused != nil {
		return casefile.Unanswered[[]corev1.Node](casefile.Denied, d.refused)
	}
	node := func(name string, ready corev1.ConditionStatus) corev1.Node {
		return corev1.Node{
			ObjectMeta: metav1.ObjectMeta{Name: name, CreationTimestamp: metav1.NewTime(now.Add(-48 * time.Hour))},
			Status: corev1.NodeStatus{
				Allocatable: corev1.ResourceList{
					corev1.ResourceCPU: resource.MustParse("2"), corev1.ResourceMemory: resource.MustParse("4Gi"), corev1.ResourcePods: resource.MustParse("110"),
				},
				Conditions: []corev1.NodeCondition{{
					Type: corev1.NodeReady, Status: ready,
					LastTransitionTime: metav1.NewTime(now.Add(-time.Minute)), LastHeartbeatTime: metav1.NewTime(now.Add(-2 * time.Minute)),
				}},
				NodeInfo: corev1.NodeSystemInfo{KubeletVersion: "v1.36.3", ContainerRuntimeVersion: "containerd://1.6.20"},
			},
		}
	}
	all := []corev1.Node{node("node1", corev1.ConditionTrue), node("node2", corev1.ConditionUnknown)}
	if len(query.Names) == 1 {
		all = all[:1]
	}
	return casefile.Answered(all)
}

func (d *double) Pods(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Pod] {
	d.asked = append(d.asked, query)
	if d.refusePod != nil {
		return casefile.Unanswered[[]corev1.Pod](casefile.Denied, d.refusePod)
	}
	return casefile.Answered([]corev1.Pod{{Spec: corev1.PodSpec{NodeName: "node1", Containers: []corev1.Container{{
		Resources: corev1.ResourceRequirements{Requests: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("500m")}},
	}}}}})
}

func (d *double) Objects(_ context.Context, resource string, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	if resource != "nodes" {
		d.t.Errorf("asked for %s", resource)
	}
	if d.refused != nil {
		return casefile.Unanswered[[]unstructured.Unstructured](casefile.Denied, d.refused)
	}
	object := func(name string) unstructured.Unstructured {
		return unstructured.Unstructured{Object: map[string]any{
			"apiVersion": "v1", "kind": "Node", "metadata": map[string]any{"name": name}, "newer": true,
		}}
	}
	all := []unstructured.Unstructured{object("node1"), object("node2")}
	return casefile.Answered(all[:len(all)-len(query.Names)])
}

// run shows the nodes of a double and returns what was printed.
func run(t *testing.T, d *double, change func(*Options)) (out, errOut string, err error) {
	t.Helper()
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	o := &Options{
		Cluster: d, Messages: messages, Streams: genericiooptions.IOStreams{Out: &stdout, ErrOut: &stderr},
		Now: func() time.Time { return now },
	}
	change(o)
	err = o.Run(t.Context())
	return stdout.String(), stderr.String(), err
}

const lost = "lost: its kubelet stopped reporting, last heartbeat 2m ago (unknown for 60s)"

func TestTable(t *testing.T) {
	d := &double{t: t}
	out, errOut, err := run(t, d, func(*Options) {})
	if err != nil || errOut != "" {
		t.Fatalf("%v, stderr %q", err, errOut)
	}
	want := `NAME    STATUS     PODS    CPU            MEMORY            KUBELET   RUNTIME               AGE   WHY
node2   NotReady   0/110   0/2 (0%)       0Mi/4096Mi (0%)   v1.36.3   containerd://1.6.20   2d    ` + lost + `
node1   Ready      1/110   500m/2 (25%)   0Mi/4096Mi (0%)   v1.36.3   containerd://1.6.20   2d
`
	if diff := cmp.Diff(want, out); diff != "" {
		t.Errorf("stdout (-want +got):\n%s", diff)
	}
	// Ended pods need not be sent at all: they hold nothing.
	if diff := cmp.Diff([]casefile.Query{{Fields: "status.phase!=Succeeded,status.phase!=Failed"}}, d.asked); diff != "" {
		t.Errorf("pods asked for (-want +got):\n%s", diff)
	}
}

func TestOneNodeReadsItsPodsAlone(t *testing.T) {
	d := &double{t: t}
	if _, _, err := run(t, d, func(o *Options) { o.Query.Names = []string{"node1"} }); err != nil {
		t.Fatal(err)
	}
	want := []casefile.Query{{Fields: "status.phase!=Succeeded,status.phase!=Failed,spec.nodeName=node1"}}
	if diff := cmp.Diff(want, d.asked); diff != "" {
		t.Errorf("pods asked for (-want +got):\n%s", diff)
	}
}

func TestNodesWithoutTheRightToReadPods(t *testing.T) {
	out, errOut, err := run(t, &double{t: t, refusePod: errors.New("not allowed")}, func(o *Options) { o.table.NoHeaders = true })
	if err != nil {
		t.Fatal(err)
	}
	want := "node2   NotReady   ?/110   ?/2   ?/4096Mi   v1.36.3   containerd://1.6.20   2d    " + lost + "\n" +
		"node1   Ready      ?/110   ?/2   ?/4096Mi   v1.36.3   containerd://1.6.20   2d\n"
	if diff := cmp.Diff(want, out); diff != "" {
		t.Errorf("stdout (-want +got):\n%s", diff)
	}
	if want := "what is requested of the nodes is unknown, since the pods could not be read: not allowed\n"; errOut != want {
		t.Errorf("stderr %q, want %q", errOut, want)
	}
}

func TestUntouched(t *testing.T) {
	tests := map[string]struct {
		output string
		names  []string
		want   string
	}{
		"names":     {"name", nil, "node/node1\nnode/node2\n"},
		"all":       {"jsonpath={.kind} {.items[*].newer}", nil, "List true true"},
		"one alone": {"jsonpath={.kind} {.newer}", []string{"node1"}, "Node true"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := &double{t: t}
			out, _, err := run(t, d, func(o *Options) {
				flags := genericclioptions.NewPrintFlags("").WithTypeSetter(scheme.Scheme)
				*flags.OutputFormat = test.output
				printer, _, err := report.Printer(flags, report.Terminal{Piped: true})
				if err != nil {
					t.Fatal(err)
				}
				o.Printer, o.Query.Names = printer, test.names
			})
			if out != test.want || err != nil {
				t.Errorf("got %q, %v; want %q", out, err, test.want)
			}
			if len(d.asked) != 0 {
				t.Errorf("the pods were read in vain")
			}
		})
	}
}

func TestErrors(t *testing.T) {
	refused := errors.New("refused")
	if _, _, err := run(t, &double{t: t, refused: refused}, func(*Options) {}); !errors.Is(err, refused) {
		t.Errorf("got %v, want the refusal", err)
	}
}

func TestCommandLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kubeconfig")
	config := `{apiVersion: v1, kind: Config, current-context: c, contexts: [{name: c, context: {cluster: c}}], clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]}`
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("KUBECONFIG", path)
	options := func(line string) (*Options, error) {
		env := environment.New(genericiooptions.NewTestIOStreamsDiscard(), func(string) string { return "" })
		flags := &Flags{Print: genericclioptions.NewPrintFlags("").WithTypeSetter(scheme.Scheme)}
		cmd := &cobra.Command{}
		flags.AddFlags(cmd)
		if err := cmd.ParseFlags(strings.Fields(line)); err != nil {
			t.Fatal(err)
		}
		return flags.ToOptions(env, cmd.Flags().Args())
	}
	tests := map[string]struct {
		query     casefile.Query
		untouched bool
		wide      bool
		bare      bool
	}{
		"":                      {query: casefile.Query{Names: []string{}}},
		"a b -o wide":           {query: casefile.Query{Names: []string{"a", "b"}}, wide: true},
		"-l x=y --no-headers":   {query: casefile.Query{Names: []string{}, Labels: "x=y"}, bare: true},
		"a -o jsonpath={.kind}": {query: casefile.Query{Names: []string{"a"}}, untouched: true},
	}
	for line, test := range tests {
		o, err := options(line)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.query, o.Query); diff != "" || (o.Printer != nil) != test.untouched || o.table.Wide != test.wide || o.table.NoHeaders != test.bare {
			t.Errorf("%q: printer %T, %+v, query (-want +got):\n%s", line, o.Printer, o.table, diff)
		}
	}
	for line, id := range map[string]string{"a -l x=y": "error.names-and-selector", "-o nonsense": "error.printer"} {
		var told *message.Error
		if _, err := options(line); !errors.As(err, &told) || told.ID != id {
			t.Errorf("%q: got %v, want %s", line, err, id)
		}
	}
}
