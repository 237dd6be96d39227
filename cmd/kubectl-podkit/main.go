// Command kubectl-podkit is the kubectl plugin podkit, called as `kubectl podkit`.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/go-logr/logr"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	_ "k8s.io/client-go/plugin/pkg/client/auth" // Kubeconfigs name these login plugins.
	"k8s.io/klog/v2"

	"github.com/kubectl-podkit/podkit/pkg/cli"
)

func main() {
	// Libraries log what podkit tells in its own words.
	klog.SetLogger(logr.Discard())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	streams := genericiooptions.IOStreams{In: os.Stdin, Out: os.Stdout, ErrOut: os.Stderr}
	code := cli.Run(ctx, cli.Arguments(os.Args), streams, os.Getenv)
	stop()
	os.Exit(code)
}
