package get

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/kubectl/pkg/scheme"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// run lists the pods of a double and returns what was printed.
func run(t *testing.T, d *double, change func(*Options)) (out, errOut string, err error) {
	t.Helper()
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	o := &Options{
		Spec: target.Spec{Namespace: "shop"}, List: true, Cluster: d, Messages: messages,
		Streams: genericiooptions.IOStreams{Out: &stdout, ErrOut: &stderr}, Now: func() time.Time { return now },
	}
	change(o)
	err = o.Run(t.Context())
	return stdout.String(), stderr.String(), err
}

// as asks for the format of -o.
func as(t *testing.T, o *Options, output string) {
	t.Helper()
	flags := genericclioptions.NewPrintFlags("").WithTypeSetter(scheme.Scheme)
	*flags.OutputFormat = output
	printer, wide, err := report.Printer(flags, report.Terminal{Piped: true})
	if err != nil {
		t.Fatal(err)
	}
	o.Printer, o.table.Wide = printer, wide
}

func named(names ...string) []target.Name {
	var all []target.Name
	for _, name := range names {
		all = append(all, target.Name{Name: name})
	}
	return all
}

const header = "NAME   READY   STATUS              RESTARTS   AGE   WHY\n"

const (
	rowBad = "bad    0/1     ErrImageNeverPull   0          5m    image-never-pull: Container app cannot start: image app:v1 is not on the node, and imagePullPolicy is Never\n"
	rowWeb = "web    1/1     Running             0          5m\n"
)

func TestTable(t *testing.T) {
	tests := map[string]struct {
		change      func(*Options)
		out, errOut string
	}{
		"the unhealthy first": {change: func(*Options) {}, out: header + rowBad + rowWeb},
		"unhealthy alone":     {change: func(o *Options) { o.Unhealthy = true }, out: header + rowBad},
		"one by name":         {change: func(o *Options) { o.Spec.Names = named("bad") }, out: header + rowBad},
		"a Service's pods":    {change: func(o *Options) { o.Spec.Names = []target.Name{{Resource: "svc", Name: "web"}} }, out: "NAME   READY   STATUS    RESTARTS   AGE   WHY\nweb    1/1     Running   0          5m\n"},
		"named twice": {change: func(o *Options) {
			o.Spec.Names = append(named("web", "bad"), target.Name{Resource: "svc", Name: "web"})
		}, out: header + rowBad + rowWeb},
		"all namespaces": {
			change: func(o *Options) { o.Spec.Namespace, o.table.WithNamespace = "", true },
			out: "NAMESPACE   NAME   READY   STATUS              RESTARTS   AGE   WHY\n" +
				"ops         bad    0/1     ErrImageNeverPull   0          5m    image-never-pull: Container app cannot start: image app:v1 is not on the node, and imagePullPolicy is Never\n" +
				"shop        bad    0/1     ErrImageNeverPull   0          5m    image-never-pull: Container app cannot start: image app:v1 is not on the node, and imagePullPolicy is Never\n" +
				"shop        web    1/1     Running             0          5m\n",
		},
		"wide": {
			change: func(o *Options) { o.Spec.Names, o.table.Wide = named("web"), true },
			out: "NAME   READY   STATUS    RESTARTS   AGE   IP       NODE    OWNER    NOMINATED NODE   READINESS GATES   WHY\n" +
				"web    1/1     Running   0          5m    <none>   node1   <none>   <none>           <none>\n",
		},
		"nothing there":       {change: func(o *Options) { o.Spec.Namespace = "empty" }, errOut: "No pods found in namespace empty; to look everywhere: kubectl podkit get pods -A\n"},
		"nothing unhealthy":   {change: func(o *Options) { o.Unhealthy, o.Spec.Names = true, named("web") }, errOut: "None of 1 pod is unhealthy in namespace shop.\n"},
		"none with the label": {change: func(o *Options) { o.Spec.Labels = "app=none" }, errOut: "No pods found in namespace shop; to look everywhere: kubectl podkit get pods -A\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			out, errOut, err := run(t, trouble(t), test.change)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.out, out); diff != "" {
				t.Errorf("stdout (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.errOut, errOut); diff != "" {
				t.Errorf("stderr (-want +got):\n%s", diff)
			}
		})
	}
}

// trouble is a cluster with a pod that is well and two that are not.
func trouble(t *testing.T) *double {
	return &double{t: t, pods: []unstructured.Unstructured{
		pod(t, "shop", "web", fine), pod(t, "shop", "bad", pulling), pod(t, "ops", "bad", pulling),
	}}
}

func TestUntouched(t *testing.T) {
	tests := map[string]struct {
		output string
		change func(*Options)
		want   string
	}{
		"a field that podkit does not know": {"jsonpath={.items[*].spec.newer.field}", func(*Options) {}, "1 1"},
		"names, in the server's order":      {"name", func(*Options) {}, "pod/web\npod/bad\n"},
		"the tutorial's template":           {`go-template={{range .items}}{{.metadata.name}}{{"\n"}}{{end}}`, func(*Options) {}, "web\nbad\n"},
		"a named pod is itself":             {"jsonpath={.kind}", func(o *Options) { o.Spec.Names = named("web") }, "Pod"},
		"two named pods are a list":         {"jsonpath={.kind}", func(o *Options) { o.Spec.Names = named("web", "bad") }, "List"},
		"a Service's only pod is a list":    {"jsonpath={.kind}", func(o *Options) { o.Spec.Names = []target.Name{{Resource: "svc", Name: "web"}} }, "List"},
		"each pod once":                     {"name", func(o *Options) { o.Spec.Names = append(named("web"), target.Name{Resource: "svc", Name: "web"}) }, "pod/web\n"},
		"the unhealthy":                     {"name", func(o *Options) { o.Unhealthy = true }, "pod/bad\n"},
		"nothing is an empty list":          {"jsonpath={.kind} {.items}", func(o *Options) { o.Spec.Namespace = "empty" }, "List []"},
		"all of one": {
			"yaml", func(o *Options) { o.Spec.Names = named("bad") },
			"apiVersion: v1\nkind: Pod\nmetadata:\n  creationTimestamp: \"2026-03-14T15:04:26Z\"\n  labels:\n    app: bad\n  name: bad\n  namespace: shop\n" +
				"spec:\n  containers:\n  - image: app:v1\n    name: app\n  newer:\n    field: 1\n  nodeName: node1\n" +
				"status:\n  containerStatuses:\n  - name: app\n    state:\n      waiting:\n        reason: ErrImageNeverPull\n  phase: Pending\n",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			out, errOut, err := run(t, trouble(t), func(o *Options) {
				as(t, o, test.output)
				test.change(o)
			})
			if err != nil || errOut != "" {
				t.Fatalf("%v, stderr %q", err, errOut)
			}
			if diff := cmp.Diff(test.want, out); diff != "" {
				t.Errorf("stdout (-want +got):\n%s", diff)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	formats := map[string]func(*Options){"table": func(*Options) {}, "json": func(o *Options) { as(t, o, "json") }}
	for format, choose := range formats {
		d := trouble(t)
		_, _, err := run(t, d, func(o *Options) { choose(o); o.Spec.Names = named("nobody") })
		if told := sentence(err); told != "error.not-found" {
			t.Errorf("%s of an unknown pod: %v", format, err)
		}
		_, _, err = run(t, d, func(o *Options) { choose(o); o.Spec.Names = named("deploy") })
		if told := sentence(err); told != "error.type-alone" {
			t.Errorf("%s of a type: %v", format, err)
		}
		d.refused = errDenied
		if _, _, err = run(t, d, choose); !errors.Is(err, errDenied) {
			t.Errorf("%s when refused: %v", format, err)
		}
	}
}

func sentence(err error) string {
	var told *message.Error
	if !errors.As(err, &told) {
		return ""
	}
	return told.ID
}

func TestWatch(t *testing.T) {
	change := func(kind watch.EventType, name, status string) watch.Event {
		changed := pod(t, "shop", name, status)
		return watch.Event{Type: kind, Object: &changed}
	}
	changes := []watch.Event{change(watch.Modified, "bad", fine), change(watch.Added, "new", pulling), change(watch.Deleted, "web", fine)}
	const (
		fixed = "bad    1/1     Running             0          5m\n"
		added = "new    0/1     ErrImageNeverPull   0          5m    image-never-pull: Container app cannot start: image app:v1 is not on the node, and imagePullPolicy is Never\n"
	)
	tests := map[string]struct {
		change func(*Options)
		want   string
	}{
		"list and watch":                    {func(*Options) {}, header + rowBad + rowWeb + fixed + added + rowWeb},
		"watch only":                        {func(o *Options) { o.List = false }, "NAME   READY   STATUS    RESTARTS   AGE   WHY\nbad    1/1     Running   0          5m\nnew    0/1     ErrImageNeverPull   0          5m    image-never-pull: Container app cannot start: image app:v1 is not on the node, and imagePullPolicy is Never\n" + rowWeb},
		"those named, of all that are sent": {func(o *Options) { o.Spec.Names = named("bad", "web") }, header + rowBad + rowWeb + fixed + rowWeb},
		"the unhealthy":                     {func(o *Options) { o.Unhealthy = true }, header + rowBad + added},
		"none unhealthy at first":           {func(o *Options) { o.Unhealthy, o.Spec.Labels = true, "app=web" }, header + added},
		"objects":                           {func(o *Options) { as(t, o, "name") }, "pod/web\npod/bad\npod/bad\npod/new\npod/web\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := trouble(t)
			d.changes = changes
			out, _, err := run(t, d, func(o *Options) {
				o.Watch = true
				test.change(o)
			})
			if !isWatchEnd(err) {
				t.Errorf("ended with %v", err)
			}
			if diff := cmp.Diff(test.want, out); diff != "" {
				t.Errorf("stdout (-want +got):\n%s", diff)
			}
			if len(d.watched) != 1 {
				t.Errorf("watched %v, want one watch", d.watched)
			}
		})
	}
}

func TestWatchThatIsRefused(t *testing.T) {
	d := trouble(t)
	_, _, err := run(t, d, func(o *Options) {
		o.Watch = true
		o.Cluster = refusedWatch{d}
	})
	if !errors.Is(err, errDenied) {
		t.Errorf("got %v, want the refusal", err)
	}
}
