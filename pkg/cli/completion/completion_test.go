package completion

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
)

// complete asks a completion function with a server that has the pods web-0 (app, proxy), web-1 (app) and db-0.
func complete(t *testing.T, handler http.HandlerFunc, function func(*environment.Environment) cobra.CompletionFunc, args []string, typed string) ([]cobra.Completion, string) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	path := filepath.Join(t.TempDir(), "kubeconfig")
	config := "apiVersion: v1\nkind: Config\ncurrent-context: c\ncontexts: [{name: c, context: {cluster: c, namespace: shop}}]\n" +
		`clusters: [{name: c, cluster: {server: "` + server.URL + `"}}]`
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	var errOut bytes.Buffer
	env := environment.New(genericiooptions.IOStreams{Out: &bytes.Buffer{}, ErrOut: &errOut}, func(string) string { return "" })
	env.Config.KubeConfig = &path
	cmd := &cobra.Command{}
	cmd.SetContext(t.Context())
	names, directive := function(env)(cmd, args, typed)
	if directive != cobra.ShellCompDirectiveNoFileComp {
		t.Errorf("directive %v: file names would be offered", directive)
	}
	return names, errOut.String()
}

// shop serves the pods, with a warning that must not reach the shell.
func shop(w http.ResponseWriter, r *http.Request) {
	pod := func(name string, containers ...string) corev1.Pod {
		p := corev1.Pod{TypeMeta: metav1.TypeMeta{Kind: "Pod", APIVersion: "v1"}, ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: "shop"}}
		for _, container := range containers {
			p.Spec.Containers = append(p.Spec.Containers, corev1.Container{Name: container})
		}
		return p
	}
	pods := []corev1.Pod{pod("db-0", "db"), pod("web-0", "app", "proxy"), pod("web-1", "app")}
	w.Header().Set("Warning", `299 - "old API"`)
	w.Header().Set("Content-Type", "application/json")
	switch r.URL.Path {
	case "/api/v1/namespaces/shop/pods":
		_ = json.NewEncoder(w).Encode(corev1.PodList{TypeMeta: metav1.TypeMeta{Kind: "PodList", APIVersion: "v1"}, Items: pods})
	case "/api/v1/namespaces/shop/pods/web-0":
		_ = json.NewEncoder(w).Encode(pods[1])
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func TestCompletion(t *testing.T) {
	tests := map[string]struct {
		function func(*environment.Environment) cobra.CompletionFunc
		args     []string
		typed    string
		want     []cobra.Completion
	}{
		"all pods":                   {Pods, nil, "", []cobra.Completion{"db-0", "web-0", "web-1"}},
		"pods that begin so":         {Pods, nil, "web", []cobra.Completion{"web-0", "web-1"}},
		"no pod twice":               {Pods, []string{"web-0"}, "web", []cobra.Completion{"web-1"}},
		"the first pod":              {FirstPod, nil, "db", []cobra.Completion{"db-0"}},
		"no second pod":              {FirstPod, []string{"web-0"}, "", nil},
		"containers":                 {Containers, []string{"web-0"}, "", []cobra.Completion{"app", "proxy"}},
		"containers that begin so":   {Containers, []string{"web-0"}, "p", []cobra.Completion{"proxy"}},
		"containers of several pods": {Containers, []string{"web-0", "web-1"}, "", []cobra.Completion{"app", "proxy"}},
		"containers of nobody":       {Containers, nil, "", nil},
		"containers of a typo":       {Containers, []string{"wbe-0"}, "", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, errOut := complete(t, shop, test.function, test.args, test.typed)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if errOut != "" {
				t.Errorf("the shell's line was disturbed by %q", errOut)
			}
		})
	}
}

func TestCompletionIsSilentAboutErrors(t *testing.T) {
	forbidden := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }
	if got, errOut := complete(t, forbidden, Pods, nil, ""); len(got) > 0 || errOut != "" {
		t.Errorf("got %q, stderr %q", got, errOut)
	}
}
