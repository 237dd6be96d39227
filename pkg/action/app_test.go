package action

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// serving returns a pod whose container declares port 8080, named http.
func serving() *corev1.Pod {
	p := pod("app")
	p.Spec.Containers[0].Ports = []corev1.ContainerPort{{ContainerPort: 8080, Name: "http"}}
	return p
}

func TestAskReachesTheApp(t *testing.T) {
	const base = "/api/v1/namespaces/shop/pods/"
	tests := map[string]struct {
		request Request
		want    string
	}{
		"the declared port":  {Request{}, base + "web-0:8080/proxy/"},
		"a number":           {Request{Port: "9090", Path: "/metrics"}, base + "web-0:9090/proxy/metrics"},
		"a name":             {Request{Port: "http", Path: "healthz"}, base + "web-0:8080/proxy/healthz"},
		"https":              {Request{Scheme: "https", Path: "/"}, base + "https:web-0:8080/proxy/"},
		"a query":            {Request{Path: "/find?q=a+b&q=%2F"}, base + "web-0:8080/proxy/find?q=a+b&q=%2F"},
		"a query alone":      {Request{Path: "?q=1"}, base + "web-0:8080/proxy/?q=1"},
		"an escaped path":    {Request{Path: "/a%2Fb"}, base + "web-0:8080/proxy/a%2Fb"},
		"a space":            {Request{Path: "/a b"}, base + "web-0:8080/proxy/a%20b"},
		"a trailing slash":   {Request{Path: "/a/"}, base + "web-0:8080/proxy/a/"},
		"dots of a query":    {Request{Path: "/a?b=/../c"}, base + "web-0:8080/proxy/a?b=/../c"},
		"two leading slashs": {Request{Path: "//example.com/x"}, base + "web-0:8080/proxy/example.com/x"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var asked string
			client := connect(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked = r.RequestURI }))
			test.request.Pod = serving()
			answer, err := client.Ask(t.Context(), test.request)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if asked != test.want || answer.Path != test.want {
				t.Errorf("asked %s, told %s, want %s", asked, answer.Path, test.want)
			}
		})
	}
}

// A path that could reach another one of the API's is not asked for, of a pod or of a Service.
func TestDotSegmentsAreNotSent(t *testing.T) {
	client := connect(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("asked %s", r.RequestURI) }))
	for _, path := range []string{"/../../../secrets", "/%2e%2e/%2e%2e/secrets", "/%252e%252e/x", "/..%2f..%2fsecrets", `/\..\..`, "/a/./b"} {
		_, ofPod := client.Fetch(t.Context(), serving(), "", path)
		_, ofService := client.FetchService(t.Context(), "shop", "web", "80", path)
		for _, err := range []error{ofPod, ofService} {
			var told *message.Error
			if !errors.As(err, &told) || told.ID != "curl.dots" {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
}

func TestAskPassesOnWhatItIsGiven(t *testing.T) {
	type seen struct{ Method, Host, Accept, Encoding, Body string }
	var got seen
	client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got = seen{r.Method, r.Host, r.Header.Get("Accept"), r.Header.Get("Accept-Encoding"), string(body)}
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(http.StatusFound)
	}))
	answer, err := client.Ask(t.Context(), Request{
		Pod: serving(), Method: "PUT", Body: strings.NewReader("data"),
		Header: http.Header{"Accept": {"text/plain"}, "Host": {"shop.example"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if diff := cmp.Diff(seen{"PUT", "shop.example", "text/plain", "identity", "data"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if answer.StatusCode != http.StatusFound || answer.Header.Get("Location") != "/elsewhere" {
		t.Errorf("the redirect was followed: %s", answer.Status)
	}
}

func TestAskHandsOutTheBytesAsTheyAre(t *testing.T) {
	client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		packed := gzip.NewWriter(w)
		io.WriteString(packed, "hello")
		packed.Close()
	}))
	response, err := client.Fetch(t.Context(), serving(), "", "/")
	if err != nil {
		t.Fatal(err)
	}
	if string(response.Body) == "hello" || response.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("the body was unpacked: %q", response.Body)
	}
}

func TestFetch(t *testing.T) {
	client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusTeapot)
		io.WriteString(w, strings.Repeat("x", bodyLimit+1))
	}))
	response, err := client.Fetch(t.Context(), serving(), "http", "/pot")
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusTeapot || response.Status != "418 I'm a teapot" || len(response.Body) != bodyLimit || response.Duration <= 0 {
		t.Errorf("got %s, %d bytes, %s", response.Status, len(response.Body), response.Duration)
	}
	if want := "/api/v1/namespaces/shop/pods/web-0:8080/proxy/pot"; response.Path != want {
		t.Errorf("path %s, want %s", response.Path, want)
	}
}

func TestFetchIsBoundedByTheRequestTimeout(t *testing.T) {
	client := connect(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	client.timeout = time.Millisecond
	_, err := client.Fetch(t.Context(), serving(), "", "/")
	if err == nil || !strings.Contains(err.Error(), "did not answer in time") {
		t.Errorf("got %v", err)
	}
}

func TestAskDoesNotAskForAPodThatCannotAnswer(t *testing.T) {
	client := connect(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the server was asked") }))
	pending, done := serving(), serving()
	pending.Status = corev1.PodStatus{Phase: corev1.PodPending}
	done.Status.Phase = corev1.PodSucceeded
	undeclared := pod("app")
	tests := map[string]struct {
		request Request
		want    string
	}{
		"no address yet":  {Request{Pod: pending}, `pod "web-0" cannot be reached: Pending; more about it: kubectl podkit describe web-0 -n shop`},
		"it has ended":    {Request{Pod: done}, `pod "web-0" cannot be reached: Succeeded; more about it: kubectl podkit describe web-0 -n shop`},
		"no port":         {Request{Pod: undeclared}, `pod "web-0" declares no port; give the one that the app listens on: kubectl podkit curl web-0:PORT -n shop`},
		"no such port":    {Request{Pod: serving(), Port: "admin"}, `pod "web-0" has no port "admin"; its ports are: 8080 (http)`},
		"no such method":  {Request{Pod: serving(), Method: "GE T"}, `no such request can be made: net/http: invalid method "GE T"; see kubectl podkit curl --help`},
		"port out of use": {Request{Pod: serving(), Port: "70000"}, `pod "web-0" has no port "70000"; its ports are: 8080 (http)`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := client.Ask(t.Context(), test.request)
			if text(err) != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestTheServersAnswerIsToldFromTheApps(t *testing.T) {
	const tcp = "error trying to reach service: dial tcp 10.0.0.7:8080: connect: "
	down := crashed(serving(), 0)
	tests := map[string]struct {
		pod             *corev1.Pod
		request         Request
		code            int
		reason, message string
		kind, name      string
		want            string // Empty when the answer is the app's.
	}{
		"nobody listens": {
			code: 503, reason: "ServiceUnavailable", message: tcp + "connection refused",
			want: `nothing listens on port 8080 of pod "web-0" (the API server said: dial tcp 10.0.0.7:8080: connect: connection refused; declared ports: 8080 (http)); does the app listen on 127.0.0.1 only? try: kubectl port-forward web-0 -n shop 8080`,
		},
		"the container is down": {
			pod: down, code: 503, reason: "ServiceUnavailable", message: tcp + "connection refused",
			want: `nothing listens on port 8080 of pod "web-0", as its container "app" does not run: Waiting (CrashLoopBackOff); what it said last: kubectl podkit logs web-0 -n shop -c app`,
		},
		"no way there": {
			code: 503, reason: "ServiceUnavailable", message: tcp + "no route to host",
			want: `the API server cannot reach port 8080 of pod "web-0" on node node1 (dial tcp 10.0.0.7:8080: connect: no route to host); a NetworkPolicy, or a lost node: kubectl podkit nodes`,
		},
		"HTTPS to plain HTTP": {
			request: Request{Scheme: "https"}, code: 503, reason: "ServiceUnavailable",
			message: "error trying to reach service: tls: first record does not look like a TLS handshake",
			want:    `port 8080 of pod "web-0" speaks plain HTTP, not HTTPS; leave out https: and try again: kubectl podkit curl web-0:8080 -n shop`,
		},
		"no HTTP": {
			code: 503, reason: "ServiceUnavailable", message: "error trying to reach service: EOF",
			want: `port 8080 of pod "web-0" answered no HTTP (EOF); if it speaks HTTPS: kubectl podkit curl https:web-0:8080 -n shop`,
		},
		"something else": {
			code: 503, reason: "ServiceUnavailable", message: "error trying to reach service: surprise",
			want: `the API server could not pass the request on to port 8080 of pod "web-0": surprise; its state: kubectl podkit describe web-0 -n shop`,
		},
		"forbidden": {
			request: Request{Method: "POST"}, code: 403, reason: "Forbidden", message: "no", kind: "pods", name: "web-0:8080",
			want: `not allowed to create pods/proxy in namespace "shop": no; to check: kubectl auth can-i create pods/proxy -n shop`,
		},
		"gone": {
			code: 404, reason: "NotFound", message: "no", kind: "pods", name: "web-0",
			want: `pod "web-0" not found in namespace "shop"; to see what is there: kubectl podkit get -n shop`,
		},
		"not an address for proxies": {
			code: 400, reason: "BadRequest", message: "address not allowed",
			want: `the API server does not pass requests on to 10.0.0.7, the address of pod "web-0"; use a tunnel instead: kubectl port-forward web-0 -n shop 8080`,
		},
		"an API server in a pod says 403":      {code: 403, reason: "Forbidden", message: "no", kind: "nodes", name: "web-0"},
		"an API server in a pod says 503":      {code: 503, reason: "ServiceUnavailable", message: "not ready"},
		"an API server in a pod says 404":      {code: 404, reason: "NotFound", message: "no", kind: "pods", name: "db-0"},
		"an API server in a pod says bad call": {code: 400, reason: "BadRequest", message: "what?"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				status(w, test.code, test.reason, test.message, test.kind, test.name)
			}))
			test.request.Pod = test.pod
			if test.pod == nil {
				test.request.Pod = serving()
			}
			answer, err := client.Ask(t.Context(), test.request)
			if text(err) != test.want {
				t.Fatalf("got  %v\nwant %s", err, test.want)
			}
			if err != nil {
				return
			}
			defer answer.Body.Close()
			body, err := io.ReadAll(answer.Body)
			if err != nil || !strings.Contains(string(body), `"kind":"Status"`) {
				t.Errorf("the app's body is not whole: %q, %v", body, err)
			}
		})
	}
}

func TestCredentialsThatTheServerRefuses(t *testing.T) {
	for flow, wantErr := range map[string]bool{"": true, "f00": false} {
		client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if flow != "" {
				w.Header().Set("X-Kubernetes-Pf-Flowschema-Uid", flow)
			}
			status(w, 401, "Unauthorized", "Unauthorized", "", "")
		}))
		answer, err := client.Ask(t.Context(), Request{Pod: serving()})
		if (err != nil) != wantErr {
			t.Errorf("flow %q: got %v, want an error: %v", flow, err, wantErr)
		}
		if err == nil {
			answer.Body.Close()
		}
	}
}

func TestABigAnswerThatLooksLikeAStatusIsWhole(t *testing.T) {
	big := `{"kind":"Status","message":"` + strings.Repeat("x", 2*statusLimit) + `"}`
	client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusInternalServerError)
		io.WriteString(w, big)
	}))
	response, err := client.Fetch(t.Context(), serving(), "", "/")
	if err != nil || string(response.Body) != big {
		t.Errorf("got %d of %d bytes, %v", len(response.Body), len(big), err)
	}
}

func TestACutAnswerIsAnError(t *testing.T) {
	client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		io.WriteString(w, "short")
	}))
	_, err := client.Fetch(t.Context(), serving(), "", "/")
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v", err)
	}
}
