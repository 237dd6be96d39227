package curl

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// app is a double of the app: it keeps what it was asked.
type app struct {
	asked  action.Request
	status int
	err    error
}

func (a *app) Ask(_ context.Context, request action.Request) (action.Answer, error) {
	a.asked = request
	if a.err != nil {
		return action.Answer{}, a.err
	}
	response := &http.Response{
		StatusCode: a.status, Status: http.StatusText(a.status), Proto: "HTTP/1.1",
		Header: http.Header{"X-B": {"2"}, "X-A": {"1", "\x1b[31m"}}, Body: io.NopCloser(strings.NewReader("body\x1b[2J")),
		Request: &http.Request{URL: &url.URL{Scheme: "https", Host: "api", Path: "/proxy/"}},
	}
	return action.Answer{Response: response, Duration: 12345 * time.Microsecond}, nil
}

// shop is a double of a cluster: a Service with two pods, the second of them ready.
type shop struct{}

func (shop) Pods(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Pod] {
	all := []corev1.Pod{{ObjectMeta: metav1.ObjectMeta{Name: "web-0"}}, {ObjectMeta: metav1.ObjectMeta{Name: "web-1"}}}
	all[1].Status.Conditions = []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue}}
	if len(query.Names) == 1 && query.Names[0] == "web-0" {
		return casefile.Answered(all[:1])
	}
	if query.Labels != "app=web" {
		return casefile.Answered([]corev1.Pod(nil))
	}
	return casefile.Answered(all)
}

func (shop) Objects(_ context.Context, resource string, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	kinds := map[string]string{"svc": "Service", "services": "Service"}
	object := map[string]any{
		"apiVersion": "v1", "kind": kinds[resource], "metadata": map[string]any{"name": query.Names[0], "namespace": query.Namespace},
		"spec": map[string]any{
			"selector": map[string]any{"app": query.Names[0]},
			"ports":    []any{map[string]any{"name": "http", "port": int64(80), "targetPort": int64(8080)}},
		},
	}
	return casefile.Answered([]unstructured.Unstructured{{Object: object}})
}

// late is a cluster whose answers come too late.
type late struct{ shop }

func (late) Pods(ctx context.Context, _ casefile.Query) casefile.Answer[[]corev1.Pod] {
	<-ctx.Done()
	return casefile.Unanswered[[]corev1.Pod](casefile.Failed, ctx.Err())
}

func (shop) IsType(string) bool { return false }

// run runs curl on an address, and returns what it wrote.
func run(t *testing.T, a *app, change func(*Options), text string) (out, errOut string, err error) {
	t.Helper()
	address, err := ParseAddress(text)
	if err != nil {
		t.Fatal(err)
	}
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	options := &Options{
		Address: address, Namespace: "shop", Method: "GET", Cluster: shop{}, App: a, Messages: messages,
		Streams: genericiooptions.IOStreams{Out: &stdout, ErrOut: &stderr},
	}
	change(options)
	err = options.Run(t.Context())
	return stdout.String(), stderr.String(), err
}

func TestRun(t *testing.T) {
	const status, head = "HTTP/1.1 OK · 12ms\n", "HTTP/1.1 OK\r\nX-A: 1\r\nX-A: \x1b[31m\r\nX-B: 2\r\n\r\n"
	tests := map[string]struct {
		address     string
		change      func(*Options)
		out, errOut string
		pod, port   string
	}{
		"the bytes as they are": {"web-0:8080", func(*Options) {}, "body\x1b[2J", status, "web-0", "8080"},
		"with headers":          {"web-0:8080", func(o *Options) { o.Include = true }, head + "body\x1b[2J", status, "web-0", "8080"},
		"verbose":               {"web-0", func(o *Options) { o.Verbose = true }, "body\x1b[2J", "GET https://api/proxy/\n" + status, "web-0", ""},
		"silent":                {"web-0", func(o *Options) { o.Silent = true }, "body\x1b[2J", "", "web-0", ""},
		"a ready pod of a Service, on the pod's own port": {
			"svc/web:http", func(*Options) {}, "body\x1b[2J", "svc/web has 2 pods, using pod web-1\n" + status, "web-1", "8080",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			double := &app{status: http.StatusOK}
			out, errOut, err := run(t, double, test.change, test.address)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.out, out); diff != "" {
				t.Errorf("stdout (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.errOut, errOut); diff != "" {
				t.Errorf("stderr (-want +got):\n%s", diff)
			}
			if double.asked.Pod.Name != test.pod || double.asked.Port != test.port {
				t.Errorf("asked %s:%s, want %s:%s", double.asked.Pod.Name, double.asked.Port, test.pod, test.port)
			}
		})
	}
}

func TestExitCode(t *testing.T) {
	tests := map[string]struct {
		status int
		fail   bool
		want   int
	}{
		"an error of the app":             {404, false, 0},
		"an error of the app with --fail": {404, true, 22},
		"all is well with --fail":         {399, true, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			out, _, err := run(t, &app{status: test.status}, func(o *Options) { o.Fail = test.fail }, "web-0")
			code, _ := action.ExitStatus(err)
			if code != test.want || (err != nil) != (test.want != 0) {
				t.Errorf("got %d, %v; want %d", code, err, test.want)
			}
			if out != "body\x1b[2J" {
				t.Errorf("the body was not printed: %q", out)
			}
		})
	}
}

func TestRunErrors(t *testing.T) {
	refused := errors.New("refused")
	if out, _, err := run(t, &app{err: refused}, func(*Options) {}, "web-0"); !errors.Is(err, refused) || out != "" {
		t.Errorf("got %q, %v", out, err)
	}
	_, _, err := run(t, &app{err: context.DeadlineExceeded}, func(o *Options) { o.MaxTime = time.Second }, "web-0")
	if want := "no whole answer from web-0 within 1s; give it longer with --max-time, in seconds"; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	// Where the server is late, the app is not blamed.
	_, _, err = run(t, &app{}, func(o *Options) { o.MaxTime = time.Nanosecond; o.Cluster = late{} }, "web-0")
	if want := "the API server did not say within 1ns where web-0 is, so that the app was not asked; give it longer with --max-time, in seconds"; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	_, _, err = run(t, &app{}, func(*Options) {}, "svc/empty")
	if want := `svc/empty has no pods in namespace "shop"; to see why: kubectl describe svc/empty -n shop`; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}
