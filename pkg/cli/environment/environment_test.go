package environment_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// environ returns the environment of a process with these variables and flags.
func environ(t *testing.T, variables map[string]string, flags string) *environment.Environment {
	t.Helper()
	env := environment.New(genericiooptions.NewTestIOStreamsDiscard(), func(name string) string { return variables[name] })
	set := pflag.NewFlagSet("podkit", pflag.ContinueOnError)
	env.AddFlags(set)
	if err := set.Parse(strings.Fields(flags)); err != nil {
		t.Fatal(err)
	}
	return env
}

func TestMessages(t *testing.T) {
	tests := []struct {
		variables map[string]string
		flags     string
		want      message.Language
	}{
		{nil, "", message.English},
		{map[string]string{"LANG": "zh_CN.UTF-8"}, "", message.Chinese},
		{map[string]string{"LANG": "zh_CN.UTF-8"}, "--lang en", message.English},
		{nil, "--lang=zh", message.Chinese},
	}
	for _, test := range tests {
		messages, err := environ(t, test.variables, test.flags).Messages()
		if err != nil || messages.Language() != test.want {
			t.Errorf("%v %q: got %v, want %s", test.variables, test.flags, err, test.want)
		}
	}
	if _, err := environ(t, nil, "--lang fr").Messages(); err == nil {
		t.Error("--lang fr was taken")
	}
}

func TestScriptsReadEnglishUnlessTheyAskOtherwise(t *testing.T) {
	for flags, want := range map[string]message.Language{"": message.English, "--lang zh": message.Chinese, "--lang en": message.English} {
		messages, err := environ(t, map[string]string{"LANG": "zh_CN.UTF-8"}, flags).ScriptMessages()
		if err != nil || messages.Language() != want {
			t.Errorf("%q: got %v, want %s", flags, err, want)
		}
	}
}

func TestKubectl(t *testing.T) {
	for path, want := range map[string]string{"": "kubectl", "/opt/bin/kubectl-1.36": "kubectl-1.36"} {
		if got := environ(t, map[string]string{"KUBECTL_PATH": path}, "").Kubectl(); got != want {
			t.Errorf("KUBECTL_PATH=%q: got %q, want %q", path, got, want)
		}
	}
}

func TestClusterIsMadeOnceAndOnFirstUse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kubeconfig")
	t.Setenv("KUBECONFIG", path)
	env := environ(t, nil, "-n mine") // No file yet, and no error either.
	config := `{apiVersion: v1, kind: Config, current-context: c, contexts: [{name: c, context: {cluster: c}}], clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]}`
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	first, err := env.Cluster()
	if err != nil {
		t.Fatal(err)
	}
	if second, err := env.Cluster(); err != nil || second != first {
		t.Errorf("asked again: another cluster, %v", err)
	}
	if namespace, err := env.Namespace(); namespace != "mine" || err != nil {
		t.Errorf("namespace %q, %v", namespace, err)
	}
}

func TestClusterThatIsNotConfigured(t *testing.T) {
	t.Setenv("KUBECONFIG", filepath.Join(t.TempDir(), "none"))
	var told *message.Error
	if reader, err := environ(t, nil, "").Cluster(); !errors.As(err, &told) || told.ID != "error.no-kubeconfig" || reader != nil {
		t.Errorf("got %v, %v; want error.no-kubeconfig", reader, err)
	}
}
