package rights

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli"
)

// TestProxyAsksForWhatIsAskedOfIt: by itself it asks for nothing, and what reaches an app through it is a GET of
// pods/proxy.
func TestProxyAsksForWhatIsAskedOfIt(t *testing.T) {
	s := serve(t, made())
	s.kubeconfig(t, namespace)
	ctx, cancel := context.WithCancel(t.Context())
	out, printed := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		streams := genericiooptions.IOStreams{In: strings.NewReader(""), Out: printed, ErrOut: io.Discard}
		ended <- cli.Run(ctx, []string{"proxy", "--port=0"}, streams, func(string) string { return "" })
		_ = printed.Close()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	at := strings.TrimSpace(line[strings.LastIndex(line, " ")+1:])
	if err != nil || at == "" {
		t.Fatalf("the proxy printed %q, %v", line, err)
	}
	if len(s.asked) != 0 {
		t.Errorf("it asked for %v before it was asked", s.asked)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+at+"/api/v1/namespaces/shop/pods/pod-of-job-a:8080/proxy/", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	cancel()
	go func() { _, _ = io.Copy(io.Discard, out) }()
	<-ended
	compare(t, "proxy", s.asked)
}
