package rights

import (
	"bufio"
	"context"
	"io"
	"strings"
	"testing"

	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli"
)

// TestReplayAsksNoCluster: it serves a file, whatever kubeconfig there is.
func TestReplayAsksNoCluster(t *testing.T) {
	s := serve(t, made())
	s.kubeconfig(t, namespace)
	ctx, cancel := context.WithCancel(t.Context())
	out, printed := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		streams := genericiooptions.IOStreams{In: strings.NewReader(""), Out: printed, ErrOut: io.Discard}
		ended <- cli.Run(ctx, []string{"replay", demo}, streams, func(string) string { return "" })
		_ = printed.Close()
	}()
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("replay printed %q, %v", line, err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	cancel()
	<-ended
	compare(t, "replay", s.asked)
}
