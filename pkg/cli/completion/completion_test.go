package completion

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
)

// testEnvironment is one with a server of its own, and what reached its standard error.
func testEnvironment(t *testing.T, handler http.HandlerFunc) (env *environment.Environment, errOut *bytes.Buffer) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	path := filepath.Join(t.TempDir(), "kubeconfig")
	config := "apiVersion: v1\nkind: Config\ncurrent-context: c\nusers: [{name: jane, user: {}}]\n" +
		"contexts: [{name: c, context: {cluster: near, namespace: shop}}, {name: b, context: {cluster: near}}]\n" +
		`clusters: [{name: near, cluster: {server: "` + server.URL + `"}}, {name: far, cluster: {server: "https://127.0.0.1:1"}}]`
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	errOut = &bytes.Buffer{}
	env = environment.New(genericiooptions.IOStreams{Out: io.Discard, ErrOut: errOut}, func(string) string { return "" })
	env.Config.KubeConfig = &path
	return env, errOut
}

// complete asks a completion function; what the flags are of no concern to is an empty command.
func complete(t *testing.T, function cobra.CompletionFunc, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	t.Helper()
	cmd := &cobra.Command{}
	cmd.SetContext(t.Context())
	names, directive := function(cmd, args, typed)
	if directive&cobra.ShellCompDirectiveNoFileComp == 0 {
		t.Errorf("directive %v: file names would be offered", directive)
	}
	return names, directive
}

// shop serves the pods web-0 (app, proxy), web-1 (app) and db-0 and what is around them, with a warning that must not
// reach the shell. Lists are asked for as metadata alone.
func shop(w http.ResponseWriter, r *http.Request) {
	list := func(names ...string) string {
		items := ""
		for i, name := range names {
			items += map[bool]string{true: ","}[i > 0] + `{"metadata": {"name": "` + name + `"}}`
		}
		return `{"kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1", "items": [` + items + `]}`
	}
	pod := `{"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "%s", "namespace": "shop"}, "spec": {"containers": [%s]}}`
	web0, web1 := fmt.Sprintf(pod, "web-0", `{"name": "app"}, {"name": "proxy"}`), fmt.Sprintf(pod, "web-1", `{"name": "app"}`)
	pods := list("web-1", "db-0", "web-0", `web-\u202e2`, `web-\u200b1`, `web-\u001b[2J`, `web-\nx`)
	if !strings.Contains(r.Header.Get("Accept"), "PartialObjectMetadataList") {
		pods = `{"kind": "PodList", "apiVersion": "v1", "items": [` + web0 + "," + web1 + `]}`
	}
	body, known := map[string]string{
		"/api/v1/namespaces/shop/pods":              pods,
		"/api/v1/namespaces/shop/pods/web-0":        web0,
		"/api/v1/namespaces/shop/pods/web-1":        web1,
		"/api/v1/namespaces":                        list("shop", "default"),
		"/api/v1/nodes":                             list("node1"),
		"/api/v1/namespaces/shop/services":          list("web"),
		"/apis/apps/v1/namespaces/shop/deployments": list("web", "db"),
	}[r.URL.Path]
	w.Header().Set("Warning", `299 - "old API"`)
	w.Header().Set("Content-Type", "application/json")
	if !known {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	_, _ = io.WriteString(w, body)
}

func TestCompletion(t *testing.T) {
	types := []cobra.Completion{"cronjob/", "deploy/", "ds/", "job/", "node/", "rs/", "sts/", "svc/"}
	tests := map[string]struct {
		function func(*environment.Environment) cobra.CompletionFunc
		args     []string
		typed    string
		want     []cobra.Completion
		open     bool
	}{
		"pods and types of owners":   {Pods, nil, "", append([]cobra.Completion{"db-0", "web-0", "web-1"}, types...), false},
		"pods that begin so":         {Pods, nil, "web", []cobra.Completion{"web-0", "web-1"}, false},
		"pods after their type":      {Pods, []string{"pods"}, "web", []cobra.Completion{"web-0", "web-1"}, false},
		"no pod twice":               {Pods, []string{"web-0"}, "web", []cobra.Completion{"web-1"}, false},
		"a type, and on behind it":   {Pods, nil, "dep", []cobra.Completion{"deploy/"}, true},
		"owners":                     {Pods, nil, "deploy/", []cobra.Completion{"deploy/db", "deploy/web"}, false},
		"owners as they are spelt":   {Pods, nil, "deployments/w", []cobra.Completion{"deployments/web"}, false},
		"no owner twice":             {Pods, []string{"deploy/web"}, "deploy/", []cobra.Completion{"deploy/db"}, false},
		"services":                   {Pods, nil, "svc/", []cobra.Completion{"svc/web"}, false},
		"nodes":                      {Pods, nil, "node/", []cobra.Completion{"node/node1"}, false},
		"pods under their type":      {Pods, nil, "po/d", []cobra.Completion{"po/db-0"}, false},
		"a type that does not exist": {Pods, nil, "gadgets/", nil, false},
		"the first pod":              {FirstPod, nil, "db", []cobra.Completion{"db-0"}, false},
		"no second pod":              {FirstPod, []string{"web-0"}, "", nil, false},
		"containers":                 {Containers, []string{"web-0"}, "", []cobra.Completion{"app", "proxy"}, false},
		"containers that begin so":   {Containers, []string{"web-0"}, "p", []cobra.Completion{"proxy"}, false},
		"containers of several pods": {Containers, []string{"web-0", "web-1"}, "", []cobra.Completion{"app", "proxy"}, false},
		"containers of nobody":       {Containers, nil, "", nil, false},
		"containers of a typo":       {Containers, []string{"wbe-0"}, "", nil, false},
		"namespaces":                 {namespaces, nil, "", []cobra.Completion{"default", "shop"}, false},
		"namespaces that begin so":   {namespaces, nil, "sh", []cobra.Completion{"shop"}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			env, errOut := testEnvironment(t, shop)
			got, directive := complete(t, test.function(env), test.args, test.typed)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if open := directive&cobra.ShellCompDirectiveNoSpace != 0; open != test.open {
				t.Errorf("a blank follows: %v", !open)
			}
			if errOut.String() != "" {
				t.Errorf("the shell's line was disturbed by %q", errOut)
			}
		})
	}
}

func TestCompletionIsSilentAboutErrors(t *testing.T) {
	forbidden := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }
	for name, function := range map[string]func(*environment.Environment) cobra.CompletionFunc{"pods": FirstPod, "namespaces": namespaces} {
		env, errOut := testEnvironment(t, forbidden)
		if got, _ := complete(t, function(env), nil, "w"); len(got) > 0 || errOut.String() != "" {
			t.Errorf("%s: got %q, stderr %q", name, got, errOut)
		}
	}
	env, errOut := testEnvironment(t, shop)
	missing := filepath.Join(t.TempDir(), "missing")
	env.Config.KubeConfig = &missing
	if got, _ := complete(t, Pods(env), nil, "w"); len(got) > 0 || errOut.String() != "" {
		t.Errorf("without a kubeconfig: got %q, stderr %q", got, errOut)
	}
}

// TestSlowServer: who waits for the shell does not wait for the server, not even for its list of types, which takes no
// deadline.
func TestSlowServer(t *testing.T) {
	over := make(chan struct{})
	slow := func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-over:
		}
	}
	env, _ := testEnvironment(t, slow)
	t.Cleanup(func() { close(over) })
	for _, typed := range []string{"web", "gadgets/"} {
		// The server answers nobody before the test is over, so that to come back from it at all is to have given up.
		if got, _ := complete(t, Pods(env), nil, typed); len(got) > 0 {
			t.Errorf("got %q from nobody", got)
		}
	}
}

func TestFlags(t *testing.T) {
	env, _ := testEnvironment(t, shop)
	root := &cobra.Command{Use: "podkit"}
	env.AddFlags(root.PersistentFlags())
	get := &cobra.Command{Use: "get", Run: func(*cobra.Command, []string) {}}
	get.Flags().StringP("output", "o", "", "Output format. One of: (json, yaml, go-template, jsonpath-as-json). Or wide, by name.")
	get.Flags().String("own", "", "")
	get.Flags().Int("tail", 0, "")
	own := Values("mine")
	if err := get.RegisterFlagCompletionFunc("own", own); err != nil {
		t.Fatal(err)
	}
	root.AddCommand(get)
	Flags(root, env)
	tests := map[string][]cobra.Completion{
		"context": {"b", "c"}, "cluster": {"far", "near"}, "user": {"jane"}, "namespace": {"default", "shop"}, "lang": {"en", "zh"},
		"output": {"json", "yaml", "go-template", "jsonpath-as-json", "wide", "name"}, "own": {"mine"}, "tail": nil,
	}
	for flag, want := range tests {
		function, ok := get.GetFlagCompletionFunc(flag)
		if !ok {
			t.Errorf("--%s is not completed", flag)
			continue
		}
		got, _ := complete(t, function, nil, "")
		if !slices.Equal(got, want) {
			t.Errorf("--%s: got %q, want %q", flag, got, want)
		}
	}
	if _, ok := get.GetFlagCompletionFunc("kubeconfig"); ok {
		t.Error("a file is not completed by the shell any more")
	}
}
