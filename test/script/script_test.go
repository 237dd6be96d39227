package script

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/go-logr/logr"
	"github.com/rogpeppe/go-internal/testscript"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/klog/v2"

	"github.com/kubectl-podkit/podkit/pkg/cli"
)

var update = flag.Bool("update", false, "write what was printed to the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"kubectl-podkit": podkit})
}

// podkit is main.
func podkit() {
	klog.SetLogger(logr.Discard())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	streams := genericiooptions.IOStreams{In: os.Stdin, Out: os.Stdout, ErrOut: os.Stderr}
	code := cli.Run(ctx, cli.Arguments(os.Args), streams, os.Getenv)
	stop()
	os.Exit(code)
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 ".",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"onterminal": onTerminal, "exitcode": exitCode, "interrupted": interrupted, "fifo": fifo, "hostile": hostile, "within": within},
		Setup:               setup,
	})
}

// setup gives each script an API server of its own, a kubeconfig for it, and a home without one.
func setup(env *testscript.Env) error {
	server := httptest.NewServer(api())
	env.Defer(server.Close)
	config := filepath.Join(env.WorkDir, "kubeconfig")
	text := fmt.Sprintf(`{apiVersion: v1, kind: Config, current-context: here,
		contexts: [{name: here, context: {cluster: here, namespace: shop}}, {name: nowhere, context: {cluster: nowhere, namespace: shop}}],
		clusters: [{name: here, cluster: {server: %q}}, {name: nowhere, cluster: {server: "https://127.0.0.1:1"}}]}`, server.URL)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		return err
	}
	env.Setenv("HOME", env.WorkDir)
	env.Setenv("KUBECONFIG", config)
	env.Setenv("TERM", "xterm-256color")
	return nil
}

// exitCode is the scripts' command `exitcode N PROGRAM ARGUMENT...`: it runs a program that must end with that exit code.
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exitcode N PROGRAM ARGUMENT...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if want := args[0]; fmt.Sprint(code) != want {
		ts.Fatalf("exit code %d, want %s", code, want)
	}
}
