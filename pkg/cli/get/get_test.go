package get

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/cli-runtime/pkg/printers"
	"k8s.io/kubectl/pkg/scheme"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// options reads a command line, the connection's flags included.
func options(t *testing.T, argv ...string) (*Options, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kubeconfig")
	config := `{apiVersion: v1, kind: Config, current-context: c, contexts: [{name: c, context: {cluster: c, namespace: shop}}], clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]}`
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("KUBECONFIG", path)
	env := environment.New(genericiooptions.NewTestIOStreamsDiscard(), func(string) string { return "" })
	flags := &Flags{Print: genericclioptions.NewPrintFlags("").WithTypeSetter(scheme.Scheme)}
	cmd := &cobra.Command{}
	env.AddFlags(cmd.Flags())
	flags.AddFlags(cmd)
	if err := cmd.ParseFlags(argv); err != nil {
		t.Fatal(err)
	}
	return flags.ToOptions(env, cmd.Flags(), cmd.Flags().Args())
}

func TestCommandLines(t *testing.T) {
	type asked struct {
		Spec                   target.Spec
		Unhealthy, List, Watch bool
		Untouched              bool
		Table                  printers.PrintOptions
	}
	shop := target.Spec{Namespace: "shop", Names: []target.Name{}}
	manifest := filepath.Join(t.TempDir(), "manifest.yaml")
	text := "{apiVersion: v1, kind: Pod, metadata: {name: a}}\n---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: other}}\n"
	if err := os.WriteFile(manifest, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	inFile := func(namespace string) []target.Name {
		return []target.Name{{Namespace: namespace, Name: "a"}, {Resource: "deployment.apps", Namespace: "other", Name: "web"}}
	}
	tests := map[string]struct {
		argv []string
		want asked
	}{
		"nothing":    {nil, asked{Spec: shop, List: true}},
		"pods":       {[]string{"pods"}, asked{Spec: shop, List: true}},
		"-n":         {[]string{"po", "-n", "x"}, asked{Spec: target.Spec{Namespace: "x", Names: []target.Name{}}, List: true}},
		"-A":         {[]string{"-A"}, asked{Spec: target.Spec{Names: []target.Name{}}, List: true, Table: printers.PrintOptions{WithNamespace: true}}},
		"selectors":  {[]string{"-l", "app=web", "--field-selector", "x=y"}, asked{Spec: target.Spec{Namespace: "shop", Names: []target.Name{}, Labels: "app=web", Fields: "x=y"}, List: true}},
		"names":      {[]string{"pod", "a", "deploy/b"}, asked{Spec: target.Spec{Namespace: "shop", Names: []target.Name{{Name: "a"}, {Resource: "deploy", Name: "b"}}}, List: true}},
		"-w":         {[]string{"-w"}, asked{Spec: shop, List: true, Watch: true}},
		"watch only": {[]string{"--watch-only"}, asked{Spec: shop, Watch: true}},
		"unhealthy":  {[]string{"--unhealthy"}, asked{Spec: shop, List: true, Unhealthy: true}},
		"wide":       {[]string{"-o", "wide"}, asked{Spec: shop, List: true, Table: printers.PrintOptions{Wide: true}}},
		"json":       {[]string{"-o", "json"}, asked{Spec: shop, List: true, Untouched: true}},
		"template":   {[]string{"--template", "{{.kind}}"}, asked{Spec: shop, List: true, Untouched: true}},
		"columns":    {[]string{"--no-headers", "--show-labels", "-L", "a,b"}, asked{Spec: shop, List: true, Table: printers.PrintOptions{NoHeaders: true, ShowLabels: true, ColumnLabels: []string{"a", "b"}}}},
		"-f":         {[]string{"-f", manifest}, asked{Spec: target.Spec{Namespace: "shop", Names: inFile("shop")}, List: true}},
		"-f and -A":  {[]string{"-f", manifest, "-A"}, asked{Spec: target.Spec{Names: inFile("shop")}, List: true, Table: printers.PrintOptions{WithNamespace: true}}},
		"-f and -n":  {[]string{"-f", manifest, "-n", "x"}, asked{Spec: target.Spec{Namespace: "x", Names: inFile("x")}, List: true}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o, err := options(t, test.argv...)
			if err != nil {
				t.Fatal(err)
			}
			got := asked{Spec: o.Spec, Unhealthy: o.Unhealthy, List: o.List, Watch: o.Watch, Untouched: o.Printer != nil, Table: o.table}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("options (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCommandLinesThatAreRefused(t *testing.T) {
	tests := map[string][]string{
		"error.target-syntax": {"deploy/"},
		"error.printer":       {"-o", "nonsense"},
		"error.filename":      {"-f", "/nowhere/at/all.yaml"},
		"error.no-context":    {"--context", "other"},
	}
	for id, argv := range tests {
		_, err := options(t, argv...)
		told, ok := err.(*message.Error) //nolint:errorlint // The sentence itself is wanted, wrapped in nothing.
		if !ok || told.ID != id {
			t.Errorf("%v: got %v, want %s", argv, err, id)
		}
	}
	if _, err := options(t, "--lang", "fr"); err == nil {
		t.Error("--lang fr was taken")
	}
}
