package cluster_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

func startsWith(err error, prefix string) bool {
	return err != nil && strings.HasPrefix(err.Error(), prefix)
}

// checkFailure compares the state of an answer and its sentence, which must begin so and never be a raw error.
func checkFailure(t *testing.T, answer casefile.Answer[string], state casefile.State, id, sentence string) {
	t.Helper()
	var told *message.Error
	if !errors.As(answer.Err, &told) {
		t.Fatalf("got %v, want a sentence of the catalogue", answer.Err)
	}
	if answer.State != state || told.ID != id || !strings.HasPrefix(told.Error(), sentence) {
		t.Errorf("got  %v %s %q\nwant %v %s %q", answer.State, told.ID, told.Error(), state, id, sentence)
	}
	if strings.Contains(told.Error(), "<no value>") {
		t.Errorf("the sentence lacks an argument: %q", told.Error())
	}
}

// asString keeps the state and the error of an answer.
func asString[T any](answer casefile.Answer[T]) casefile.Answer[string] {
	return casefile.Unanswered[string](answer.State, answer.Err)
}

func TestRefusalsAreSentences(t *testing.T) {
	shop, everywhere := casefile.Query{Namespace: "shop"}, casefile.Query{}
	tests := map[string]struct {
		query    casefile.Query
		path     string
		reply    reply
		state    casefile.State
		id       string
		sentence string
	}{
		"403 in a namespace": {shop, shopPods, forbidden, casefile.Denied, "error.forbidden", `not allowed to list pods in namespace "shop": pods is forbidden`},
		"403 everywhere":     {everywhere, "/api/v1/pods", forbidden, casefile.Denied, "error.forbidden-cluster", `not allowed to list pods in the whole cluster: `},
		"401":                {shop, shopPods, refuse(http.StatusUnauthorized, metav1.StatusReasonUnauthorized, "Unauthorized"), casefile.Denied, "error.unauthorized", "the server does not accept these credentials (Unauthorized)"},
		"500":                {shop, shopPods, broken, casefile.Failed, "error.server", "could not list pods: etcdserver: request timed out"},
		"not recorded":       {shop, shopPods, refuse(http.StatusForbidden, recording.NotRecorded, "pods are not in the recording"), casefile.Denied, "recording.not-recorded", "pods are not in the recording; capture it as well"},
		"not answered": {shop, shopPods, refuseAs(metav1.Status{
			Code: http.StatusMethodNotAllowed, Reason: recording.NotRecorded,
			Details: &metav1.StatusDetails{Causes: []metav1.StatusCause{{Type: recording.LiveLine, Message: recording.LiveWords(shellword.New("kubectl get --raw /x"))}}},
		}), casefile.Failed, "recording.no-answer", "a recording has no running containers, and no answer to this was recorded (capture --allow active records what the probes ask); on the live cluster: kubectl get --raw /x"},
		"403 recorded": {shop, shopPods, asRecorded(http.StatusForbidden, metav1.StatusReasonForbidden, "pods is forbidden"), casefile.Denied, "recording.forbidden", `whoever took the recording was not allowed to list pods in namespace "shop": pods is forbidden; capture again`},
		"401 recorded": {shop, shopPods, asRecorded(http.StatusUnauthorized, metav1.StatusReasonUnauthorized, "Unauthorized"), casefile.Denied, "recording.failed", "the server could not list pods when the recording was taken: Unauthorized; capture again"},
		"500 recorded": {everywhere, "/api/v1/pods", asRecorded(http.StatusInternalServerError, metav1.StatusReasonInternalError, "etcd"), casefile.Failed, "recording.failed", "the server could not list pods when"},
		"404 of another": {
			casefile.Query{Namespace: "shop", Names: []string{"x"}},
			shopPods + "/x",
			refuseAs(metav1.Status{Code: 404, Reason: metav1.StatusReasonNotFound, Message: `namespaces "shop" not found`, Details: &metav1.StatusDetails{Name: "shop", Kind: "namespaces"}}),
			casefile.Failed, "error.server", `could not get pods: namespaces "shop" not found`,
		},
		"404 of a path": {
			casefile.Query{Namespace: "shop", Names: []string{"x"}},
			shopPods + "/x", refuse(http.StatusNotFound, metav1.StatusReasonNotFound, "the server could not find the requested resource"),
			casefile.Failed, "error.no-such-resource", "the server has no such resource as pods: ",
		},
		"500 that says not found": {
			casefile.Query{Namespace: "shop", Names: []string{"x"}},
			shopPods + "/x",
			refuseAs(metav1.Status{Code: 500, Reason: metav1.StatusReasonNotFound, Message: `pods "x" not found`, Details: &metav1.StatusDetails{Name: "x"}}),
			casefile.Failed, "error.no-such-resource", "the server has no such resource as pods: ",
		},
		"no reason":      {shop, shopPods, refuseAs(metav1.Status{Code: 200}), casefile.Failed, "error.server", "could not list pods: the server gave no reason"},
		"no items":       {shop, shopPods, stream(nil, `{"kind":"PodList","apiVersion":"v1","metadata":{}}`), casefile.Failed, "error.other-kind", ""},
		"nameless items": {shop, shopPods, stream(nil, `{"kind":"PodList","apiVersion":"v1","items":[null]}`), casefile.Failed, "error.other-object", `the server was to list pods in namespace "shop" and sent an object without a name`},
		"another object": {
			casefile.Query{Namespace: "shop", Names: []string{"x"}},
			shopPods + "/x", stream(nil, `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"y","namespace":"kube-system"}}`),
			casefile.Failed, "error.other-object", `the server was to get pods "x" in namespace "shop" and sent "kube-system/y"`,
		},
		"404 of one": {
			casefile.Query{Namespace: "shop", Names: []string{"x"}},
			shopPods + "/x", notFound,
			casefile.Absent, "error.not-found", `pod "x" not found in namespace "shop"`,
		},
		"403 of one": {
			casefile.Query{Namespace: "shop", Names: []string{"x"}},
			shopPods + "/x", forbidden,
			casefile.Denied, "error.forbidden", `not allowed to get pods in namespace "shop"`,
		},
		"nonsense": {shop, shopPods, text(`]`), casefile.Failed, "error.server", "could not list pods: "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := serve(t)
			s.expect(test.path, test.reply)
			answer := s.connect().Pods(t.Context(), test.query)
			checkFailure(t, asString(answer), test.state, test.id, test.sentence)
		})
	}
}

// asRecorded refuses as a served recording does what the recorded server refused.
func asRecorded(code int, reason metav1.StatusReason, text string) reply {
	return refuseAs(metav1.Status{
		Code: int32(code), Reason: reason, Message: text,
		Details: &metav1.StatusDetails{Causes: []metav1.StatusCause{{Type: recording.Recorded}}},
	})
}

func TestTimeouts(t *testing.T) {
	s := serve(t)
	s.expect(shopPods, hang, hang)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	answer := s.connect().Pods(ctx, casefile.Query{Namespace: "shop"})
	checkFailure(t, asString(answer), casefile.Failed, "error.timeout", "the server "+s.http.URL+" did not answer in time")

	config := flags(t, s.http.URL)
	*config.Timeout = "50ms"
	reader, err := cluster.New(config, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if got := reader.Timeout(); got != 50*time.Millisecond {
		t.Errorf("--request-timeout is %v", got)
	}
	if got := reader.Config().Timeout; got != 0 {
		t.Errorf("streams time out after %v, but they must never", got)
	}
	answer = reader.Pods(t.Context(), casefile.Query{Namespace: "shop"})
	checkFailure(t, asString(answer), casefile.Failed, "error.timeout", "the server "+s.http.URL+" did not answer in time")
}

func TestInterruptionIsNoSentence(t *testing.T) {
	s := serve(t)
	ctx, cancel := context.WithCancel(t.Context())
	s.expect(shopPods, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		hang(w, r)
	})
	answer := s.connect().Pods(ctx, casefile.Query{Namespace: "shop"})
	if !errors.Is(answer.Err, context.Canceled) || answer.State != casefile.Failed {
		t.Errorf("got %v %v, want the cancelled context", answer.State, answer.Err)
	}
}

func TestUnreachableServer(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "https://" + listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	reader, err := cluster.New(flags(t, address), io.Discard)
	if err != nil {
		t.Fatalf("a cluster is not contacted before it is read: %v", err)
	}
	answer := reader.Pods(t.Context(), casefile.Query{Namespace: "shop"})
	checkFailure(t, asString(answer), casefile.Failed, "error.unreachable", "cannot reach the server "+address+": connection refused")
	// The way through discovery ends in the same words.
	objects := reader.Objects(t.Context(), "deploy", casefile.Query{Namespace: "shop"})
	checkFailure(t, asString(objects), casefile.Failed, "error.unreachable", "cannot reach the server "+address+": connection refused")
}

func TestServerOfUnknownAuthority(t *testing.T) {
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // It would tell of the handshake that the test is about.
	s.StartTLS()
	defer s.Close()
	reader, err := cluster.New(flags(t, s.URL), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	answer := reader.Pods(t.Context(), casefile.Query{Namespace: "shop"})
	checkFailure(t, asString(answer), casefile.Failed, "error.tls", "cannot trust the server "+s.URL+": x509: certificate signed by unknown authority")
}

func TestExplainIsForOthersToo(t *testing.T) {
	denied := apierrors.NewForbidden(schema.GroupResource{Resource: "pods"}, "a", errors.New("no"))
	told := message.Errorf(nil, "error.no-kubeconfig", nil)
	tests := []struct {
		err  error
		want string
	}{
		{denied, `not allowed to create pods/exec in namespace "shop": pods "a" is forbidden: no; to check: kubectl auth can-i create pods/exec -n shop`},
		{fmt.Errorf("upgrading: %w", denied), `not allowed to create pods/exec in namespace "shop": `},
		{errors.New("stream cut"), "could not create pods/exec: stream cut"},
		{told, told.Error()},
		{&net.DNSError{Err: "no such host", Name: "api"}, "cannot reach the server ?: "},
	}
	for _, test := range tests {
		if got := cluster.Explain(test.err, "create", "pods/exec", "shop", "a"); !startsWith(got, test.want) || !errors.Is(got, test.err) {
			t.Errorf("%v\ngot  %q\nwant %q, with its cause", test.err, got, test.want)
		}
	}
}
