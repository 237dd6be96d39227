package faults

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// podkit is the real program, built once.
type podkit string

var ready = flag.String("binary", "", "a kubectl-podkit to run; one is built when it is empty")

func build(t *testing.T) podkit {
	t.Helper()
	if *ready != "" {
		return podkit(*ready)
	}
	binary := filepath.Join(t.TempDir(), "kubectl-podkit")
	// -s -w spares most of the time of linking.
	made := exec.CommandContext(t.Context(), "go", "build", "-ldflags", "-s -w", "-o", binary, "../../cmd/kubectl-podkit")
	if out, err := made.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return podkit(binary)
}

// row is one run that is to be: a command, a fault, and how.
type row struct {
	command command
	fault   fault
	// timeout is --request-timeout; 0 is podkit's own bound.
	timeout time.Duration
	// lang is --lang.
	lang string
}

func (r row) String() string {
	name := r.fault.folder() + "/" + strings.ReplaceAll(r.command.name, " ", "_")
	if r.timeout == 0 {
		name += "/default"
	}
	if r.lang != "en" {
		name += "/" + r.lang
	}
	return name
}

// outcome is what came of a row.
type outcome struct {
	row
	stdout, stderr string
	code           int
	took           time.Duration
	// hung is true when the run had to be ended.
	hung bool
}

// ownBound is how long podkit waits for a server that does not go on, when no flag says.
const ownBound = 30 * time.Second

// slack is what a run may take beside waiting, on a machine that is busy with others.
const slack = 30 * time.Second

// limit is how long a run may take. Of a server that does not answer at all nothing more is asked than twice.
func (r row) limit() time.Duration {
	bound := r.timeout
	if bound == 0 {
		bound = ownBound
	}
	reads := 2
	if !r.fault.everything {
		reads = r.command.reads
	}
	return time.Duration(reads)*bound + slack
}

// run runs a row against a server of its own.
func (p podkit) run(t *testing.T, address string, r row) outcome {
	t.Helper()
	folder := t.TempDir()
	var line []string
	for _, word := range r.command.line {
		line = append(line, strings.ReplaceAll(word, "FOLDER", folder))
	}
	flags := []string{"--lang", r.lang}
	if r.timeout > 0 {
		flags = append(flags, "--request-timeout", r.timeout.String())
	}
	line = append(append(line[:1:1], flags...), line[1:]...)
	env := environment(t, folder, address)
	ctx, cancel := context.WithTimeout(t.Context(), r.limit())
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, string(p), line...)
	cmd.Stdout, cmd.Stderr, cmd.Dir, cmd.Env = &stdout, &stderr, folder, env
	began := time.Now()
	err := cmd.Run()
	result := outcome{
		row: r, took: time.Since(began), hung: ctx.Err() != nil,
		stdout: normal(stdout.String(), address, folder), stderr: normal(stderr.String(), address, folder),
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) && !result.hung {
		t.Fatal(err)
	}
	result.code = cmd.ProcessState.ExitCode()
	return result
}

// environment gives a run a home, a cache and a kubeconfig of its own.
func environment(t *testing.T, folder, address string) []string {
	t.Helper()
	config := filepath.Join(folder, "kubeconfig")
	text := fmt.Sprintf(`{apiVersion: v1, kind: Config, current-context: c, contexts: [{name: c, context: {cluster: c, namespace: shop, user: jane}}],
		users: [{name: jane, user: {token: t}}], clusters: [{name: c, cluster: {server: "http://%s"}}]}`, address)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"HOME=" + folder, "KUBECONFIG=" + config, "KUBECACHEDIR=" + filepath.Join(folder, "cache"), "PATH=/nowhere", "TERM=dumb"}
}
