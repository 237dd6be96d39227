package debug

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug/repertoire"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

const kubeconfig = `
apiVersion: v1
kind: Config
current-context: lab
clusters: [{name: lab, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: me, user: {token: hidden}}]
contexts:
- {name: lab, context: {cluster: lab, user: me, namespace: shop}}
- {name: other, context: {cluster: lab, user: me}}
`

// parse parses a command line as the real command does, and returns the options it would run with.
func parse(t *testing.T, args ...string) (*Options, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(path, []byte(kubeconfig), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("KUBECONFIG", path)
	streams, _, _, _ := genericiooptions.NewTestIOStreams()
	env := environment.New(streams, func(name string) string { return map[string]string{"TERM": "dumb"}[name] })
	flags, root := &Flags{}, &cobra.Command{}
	flags.AddFlags(root.Flags())
	env.AddFlags(root.Flags())
	if err := root.ParseFlags(args); err != nil {
		t.Fatal(err)
	}
	return flags.ToOptions(env, root.Flags().Args())
}

func TestToOptions(t *testing.T) {
	inShop := repertoire.Kubectl{Name: "kubectl", Home: "shop"}
	tests := map[string]struct {
		args        []string
		wantSpec    target.Spec
		wantKubectl repertoire.Kubectl
		wantContext string
	}{
		"nothing": {
			wantSpec: target.Spec{Namespace: "shop", Names: []target.Name{}}, wantKubectl: inShop, wantContext: "lab",
		},
		"an owner": {
			args:        []string{"deploy/web"},
			wantSpec:    target.Spec{Namespace: "shop", Names: []target.Name{{Resource: "deploy", Name: "web"}}},
			wantKubectl: inShop, wantContext: "lab",
		},
		"a namespace is always named": {
			args:        []string{"-n", "shop", "-l", "app=web"},
			wantSpec:    target.Spec{Namespace: "shop", Labels: "app=web", Names: []target.Name{}},
			wantKubectl: repertoire.Kubectl{Name: "kubectl"}, wantContext: "lab",
		},
		"all namespaces": {
			args:     []string{"-A"},
			wantSpec: target.Spec{Names: []target.Name{}}, wantKubectl: inShop, wantContext: "lab",
		},
		"the connection is repeated, but no secret": {
			args:        []string{"--context", "other", "--as", "jane", "--token", "hush"},
			wantSpec:    target.Spec{Namespace: "default", Names: []target.Name{}},
			wantKubectl: repertoire.Kubectl{Name: "kubectl", Home: "default", Flags: []string{"--context=other", "--as=jane"}},
			wantContext: "other",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := parse(t, test.args...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.wantSpec, got.Spec); diff != "" {
				t.Errorf("spec (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.wantKubectl, got.Kubectl); diff != "" {
				t.Errorf("kubectl (-want +got):\n%s", diff)
			}
			if got.Context != test.wantContext || got.Workflow.Workflow != nil || len(got.Candidates) == 0 || !got.Plain {
				t.Errorf("context %q, workflow %q, plain %v", got.Context, got.Workflow.Path, got.Plain)
			}
		})
	}
}

func TestToOptionsRefuses(t *testing.T) {
	tests := map[string]struct {
		args []string
		want string
	}{
		"an unknown workflow": {[]string{"--workflow", "nope"}, `no workflow "nope"; there are: config, crash, explore`},
		"no target":           {[]string{"deploy/"}, "neither a pod nor TYPE/NAME"},
		"an unknown context":  {[]string{"--context", "nope"}, "nope"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := parse(t, test.args...); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

// The list asks no cluster, so it works without a kubeconfig.
func TestList(t *testing.T) {
	t.Setenv("KUBECONFIG", filepath.Join(t.TempDir(), "none"))
	for _, language := range []string{"en", "zh"} {
		out := &bytes.Buffer{}
		env := environment.New(genericiooptions.IOStreams{Out: out}, func(name string) string {
			return map[string]string{"PODKIT_LANG": language}[name]
		})
		command := NewCommand(env)
		command.SetArgs([]string{"--list"})
		if err := command.Execute(); err != nil {
			t.Fatal(err)
		}
		golden(t, "list."+language+".txt", out.String())
	}
}
