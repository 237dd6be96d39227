package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"k8s.io/cli-runtime/pkg/genericiooptions"
	utilexec "k8s.io/client-go/util/exec"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// invoke runs a command line with these variables and returns the exit code and what was printed.
func invoke(ctx context.Context, variables map[string]string, args ...string) (code int, out, errOut string) {
	var stdout, stderr bytes.Buffer
	streams := genericiooptions.IOStreams{In: strings.NewReader(""), Out: &stdout, ErrOut: &stderr}
	code = Run(ctx, args, streams, func(name string) string { return variables[name] })
	return code, stdout.String(), stderr.String()
}

func TestBadInputIsOneSentenceAndExitCode1(t *testing.T) {
	t.Setenv("KUBECONFIG", filepath.Join(t.TempDir(), "none"))
	chinese := map[string]string{"LC_ALL": "zh_CN.UTF-8"}
	const noCluster = "error: no cluster is configured; point KUBECONFIG or --kubeconfig at a kubeconfig file"
	tests := map[string]struct {
		variables map[string]string
		args      string
		want      string
	}{
		"unknown command":           {nil, "gte", `error: unknown command "gte"; did you mean: get?`},
		"nothing like it":           {nil, "frobnicate", `error: unknown command "frobnicate"; see kubectl podkit --help`},
		"unknown command, zh":       {chinese, "frobnicate", "错误\uff1a没有命令 \"frobnicate\"\uff1b参见 kubectl podkit --help"},
		"unknown flag":              {nil, "--frob", "error: unknown flag: --frob; see kubectl podkit --help"},
		"unknown flag of a command": {nil, "get --frob", "error: unknown flag: --frob; see kubectl podkit get --help"},
		"flag without its value":    {nil, "get -l", "error: flag needs an argument: 'l' in -l; see kubectl podkit get --help"},
		"unknown language":          {nil, "get --lang fr", `error: --lang "fr" is not one of en, zh`},
		"no cluster":                {nil, "get", noCluster},
		"no cluster, --lang":        {nil, "get --lang zh", "错误\uff1a尚未配置集群\uff1b请用 KUBECONFIG 或 --kubeconfig 指定 kubeconfig 文件"},
		"no cluster for describe":   {nil, "describe web", noCluster},
		"no cluster for nodes":      {nil, "nodes", noCluster},
		"no cluster for logs":       {nil, "logs web", noCluster},
		"no cluster for debug":      {nil, "debug --yes", noCluster},
		"no pod and no type":        {nil, "get deploy/", `error: "deploy/" is neither a pod nor TYPE/NAME; write for example web-0 or deploy/web`},
		"unknown printer":           {nil, "get -o frob", `error: unable to match a printer suitable for the output format "frob", allowed formats are: `},
		"words after version":       {nil, "version now", `error: unknown command "now" for "kubectl podkit version"; see kubectl podkit version --help`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			code, out, errOut := invoke(t.Context(), test.variables, strings.Fields(test.args)...)
			if code != 1 || out != "" {
				t.Errorf("exit code %d, stdout %q; want 1 and nothing", code, out)
			}
			if !strings.HasPrefix(errOut, test.want) || strings.Count(errOut, "\n") != 1 || !strings.HasSuffix(errOut, "\n") {
				t.Errorf("stderr\n%q\nis not the one line\n%q", errOut, test.want)
			}
			if strings.Contains(errOut, "<no value>") || strings.Contains(errOut, "goroutine") {
				t.Errorf("stderr %q", errOut)
			}
		})
	}
}

func TestHelpIsNoError(t *testing.T) {
	t.Setenv("KUBECONFIG", filepath.Join(t.TempDir(), "none"))
	for _, line := range []string{"", "--help", "help", "help get", "get -h", "help exit-codes", "version --client"} {
		code, out, errOut := invoke(t.Context(), nil, strings.Fields(line)...)
		if code != 0 || out == "" || errOut != "" {
			t.Errorf("%q: exit code %d, stderr %q, %d bytes on stdout", line, code, errOut, len(out))
		}
	}
}

func TestInterruptionIsExitCode130(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}))
	defer server.Close()
	config := filepath.Join(t.TempDir(), "kubeconfig")
	text := fmt.Sprintf("{apiVersion: v1, kind: Config, current-context: c, contexts: [{name: c, context: {cluster: c}}], clusters: [{name: c, cluster: {server: %q}}]}", server.URL)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errOut := invoke(ctx, nil, "get", "pods", "--kubeconfig", config)
	if code != 130 || out != "" || errOut != "" {
		t.Errorf("exit code %d, stdout %q, stderr %q; want 130 without words", code, out, errOut)
	}
}

func TestConclude(t *testing.T) {
	remote := utilexec.CodeExitError{Err: errors.New("command terminated with exit code 42"), Code: 42}
	told := message.Errorf(errors.New("cause"), "error.type-alone", message.Args{"Type": "deploy"})
	tests := map[string]struct {
		err  error
		code int
		want string
	}{
		"no error":                 {nil, 0, ""},
		"a remote command's":       {remote, 42, ""},
		"a remote command's, told": {fmt.Errorf("running: %w", remote), 42, ""},
		"a sentence":               {told, 1, "error: \"deploy\" is a resource type, not a pod; write deploy/NAME for the pods of one, or leave it out for all pods\n"},
		"a wrapped sentence":       {fmt.Errorf("reading: %w", told), 1, "error: \"deploy\" is a resource type, not a pod; write deploy/NAME for the pods of one, or leave it out for all pods\n"},
		"any other":                {errors.New("disk\nfull \x1b[2J"), 1, "error: disk full ^[[2J\n"},
	}
	for name, test := range tests {
		var stderr bytes.Buffer
		env := environment.New(genericiooptions.IOStreams{ErrOut: &stderr}, func(string) string { return "" })
		if code := conclude(env, test.err); code != test.code || stderr.String() != test.want {
			t.Errorf("%s: exit code %d, stderr %q; want %d, %q", name, code, stderr.String(), test.code, test.want)
		}
	}
}
