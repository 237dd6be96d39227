package cluster_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"k8s.io/cli-runtime/pkg/genericclioptions"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// kubeconfig returns kubectl's flags for a file with this text; no text means that there is no file.
func kubeconfig(t *testing.T, text string) *genericclioptions.ConfigFlags {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kubeconfig")
	flags := genericclioptions.NewConfigFlags(true)
	// Without --kubeconfig a missing file is none at all; with it, it is an error.
	t.Setenv("KUBECONFIG", path)
	if text == "" {
		return flags
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return flags
}

const twoContexts = `{apiVersion: v1, kind: Config, current-context: a,
	contexts: [{name: a, context: {cluster: c, namespace: shop}}, {name: b, context: {cluster: c}}, {name: lost, context: {cluster: gone}}],
	clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]}`

func TestConfigurationsThatCannotBeUsed(t *testing.T) {
	missing := func(flags *genericclioptions.ConfigFlags) {
		path := filepath.Join(t.TempDir(), "nowhere")
		flags.KubeConfig = &path
	}
	context := func(name string) func(*genericclioptions.ConfigFlags) {
		return func(flags *genericclioptions.ConfigFlags) { flags.Context = &name }
	}
	tests := map[string]struct {
		text         string
		change       func(*genericclioptions.ConfigFlags)
		id, sentence string
	}{
		"no file":       {"", nil, "error.no-kubeconfig", "no cluster is configured; "},
		"empty file":    {"{apiVersion: v1, kind: Config}", nil, "error.no-kubeconfig", "no cluster is configured; "},
		"not YAML":      {"]", nil, "error.kubeconfig", "the kubeconfig cannot be used: "},
		"wrong path":    {twoContexts, missing, "error.kubeconfig", "the kubeconfig cannot be used: stat "},
		"wrong context": {twoContexts, context("prod"), "error.no-context", `there is no context "prod"; the contexts there are: kubectl config get-contexts`},
		"wrong current context": {
			`{apiVersion: v1, kind: Config, current-context: prod, clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]}`,
			nil, "error.no-context", `there is no context "prod"; the contexts there are: kubectl config get-contexts`,
		},
		"missing cluster": {twoContexts, context("lost"), "error.no-cluster", "the kubeconfig names no cluster to use: "},
		"no context chosen": {
			`{apiVersion: v1, kind: Config, clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]}`,
			nil, "error.no-cluster", "the kubeconfig names no cluster to use: ",
		},
		"bad CA": {
			`{apiVersion: v1, kind: Config, current-context: a, contexts: [{name: a, context: {cluster: c}}], clusters: [{name: c, cluster: {server: "https://127.0.0.1:1", certificate-authority: /nowhere/ca}}]}`,
			nil, "error.kubeconfig", "the kubeconfig cannot be used: ",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			flags := kubeconfig(t, test.text)
			if test.change != nil {
				test.change(flags)
			}
			_, err := cluster.New(flags, io.Discard)
			var told *message.Error
			if !errors.As(err, &told) || told.ID != test.id || !startsWith(err, test.sentence) {
				t.Errorf("got %v, want %s %q", err, test.id, test.sentence)
			}
		})
	}
}

// TestServerOnTheDefaultAddress: kubectl's fallback is a usable address when the kubeconfig or --server names it, as it
// does for `kubectl proxy --port=8080`.
func TestServerOnTheDefaultAddress(t *testing.T) {
	flags := kubeconfig(t, "")
	address := "http://localhost:8080"
	flags.APIServer = &address
	if _, err := cluster.New(flags, io.Discard); err != nil {
		t.Error(err)
	}
	flags = kubeconfig(t, `{apiVersion: v1, kind: Config, current-context: a, contexts: [{name: a, context: {cluster: c}}], clusters: [{name: c, cluster: {server: "http://localhost:8080"}}]}`)
	if _, err := cluster.New(flags, io.Discard); err != nil {
		t.Error(err)
	}
}

func TestNamespace(t *testing.T) {
	b, mine := "b", "mine"
	tests := map[string]struct {
		text   string
		change func(*genericclioptions.ConfigFlags)
		want   string
	}{
		"of the context":   {twoContexts, func(*genericclioptions.ConfigFlags) {}, "shop"},
		"of a context":     {twoContexts, func(f *genericclioptions.ConfigFlags) { f.Context = &b }, "default"},
		"of the flag":      {twoContexts, func(f *genericclioptions.ConfigFlags) { f.Namespace = &mine }, "mine"},
		"without a config": {"", func(*genericclioptions.ConfigFlags) {}, "default"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			flags := kubeconfig(t, test.text)
			test.change(flags)
			if got, err := cluster.Namespace(flags); got != test.want || err != nil {
				t.Errorf("got %q, %v; want %q", got, err, test.want)
			}
		})
	}
	flags := kubeconfig(t, "]")
	var told *message.Error
	if _, err := cluster.Namespace(flags); !errors.As(err, &told) || told.ID != "error.kubeconfig" {
		t.Errorf("a broken kubeconfig gave %v", err)
	}
}
