// Command kubectl-podkit is the kubectl plugin podkit, called as `kubectl podkit`.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"k8s.io/cli-runtime/pkg/genericiooptions"
	_ "k8s.io/client-go/plugin/pkg/client/auth" // Kubeconfigs name these login plugins.

	"github.com/kubectl-podkit/podkit/pkg/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	streams := genericiooptions.IOStreams{In: os.Stdin, Out: os.Stdout, ErrOut: os.Stderr}
	code := cli.Run(ctx, os.Args[1:], streams, os.Getenv)
	stop()
	os.Exit(code)
}
