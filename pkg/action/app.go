package action

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/rest"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// Request is one HTTP request to the app in a pod.
type Request struct {
	Pod *corev1.Pod
	// Scheme is what the app speaks: "https", else plain HTTP.
	Scheme string
	// Port is a number, or the name of a container's port. Empty means the port that Port finds.
	Port string
	// Path is the path and the query, as the app is to see them; "/" when empty.
	Path string
	// Method is GET when empty.
	Method string
	Header http.Header
	// Body is sent with the request; nil sends none.
	Body io.Reader
}

// Answer is the app's answer, whose Body the caller must close. Its headers hold those that the API server adds, too.
type Answer struct {
	*http.Response
	// Path is the path on the API server under which the app was reached.
	Path string
	// Duration is the time until the answer's headers were there.
	Duration time.Duration
}

// Response is an answer that was read to its end.
type Response struct {
	// Path is the path on the API server under which the app was reached: what `kubectl proxy` serves, too.
	Path string
	// Status is the app's, for example "200 OK".
	Status     string
	StatusCode int
	Header     http.Header
	// Body holds at most 1 MiB; it must be neutralised before it reaches a terminal.
	Body     []byte
	Duration time.Duration
}

// bodyLimit bounds the body that Fetch keeps.
const bodyLimit = 1 << 20

// appClient returns an HTTP client that hands out the app's redirects instead of following them.
func appClient(config *rest.Config) (*http.Client, error) {
	client, err := rest.HTTPClientFor(config)
	if err != nil {
		return nil, err
	}
	// HTTPClientFor may return http.DefaultClient, which is not ours to change.
	return &http.Client{
		Transport:     client.Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, nil
}

// Fetch sends a GET to the app in a pod, through the API server's pods/proxy, and reads the answer. An empty port means
// the one that the pod declares. An answer of any status is no error; one that the API server gave in the app's stead
// is. It is bounded by --request-timeout.
func (c *Client) Fetch(ctx context.Context, pod *corev1.Pod, port, path string) (Response, error) {
	ctx, cancel := c.bounded(ctx)
	defer cancel()
	answer, err := c.Ask(ctx, Request{Pod: pod, Port: port, Path: path})
	if err != nil {
		return Response{}, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, bodyLimit))
	if err != nil {
		return Response{}, explainAsk(err, pod, http.MethodGet)
	}
	return Response{
		Path: answer.Path, Status: answer.Status, StatusCode: answer.StatusCode, Header: answer.Header,
		Body: body, Duration: answer.Duration,
	}, nil
}

// Ask sends one request to the app in a pod and returns as soon as the answer's headers are there. What the API server
// answered in the app's stead (nobody listens, no right to pods/proxy) is an error with the next step.
func (c *Client) Ask(ctx context.Context, request Request) (Answer, error) {
	pod := request.Pod
	if err := reachable(pod); err != nil {
		return Answer{}, err
	}
	port, err := Port(pod, request.Port)
	if err != nil {
		return Answer{}, err
	}
	at, err := c.appURL(pod, request.Scheme, port, request.Path)
	if err != nil {
		return Answer{}, err
	}
	asked, err := http.NewRequestWithContext(ctx, request.Method, at.String(), request.Body)
	if err != nil {
		return Answer{}, badRequest(err)
	}
	setHeader(asked, request.Header)
	begun := time.Now()
	response, err := c.app.Do(asked)
	if err != nil {
		return Answer{}, explainAsk(err, pod, asked.Method)
	}
	took := time.Since(begun)
	if err := refusal(response, pod, port, request.Scheme); err != nil {
		return Answer{}, err
	}
	return Answer{Response: response, Path: at.RequestURI(), Duration: took}, nil
}

// setHeader puts the caller's headers on a request. Host is no header for Go's client; curl's users expect it to be one.
// Unless an encoding is asked for, none is wanted: Go's client would ask for gzip, and unpack it.
func setHeader(request *http.Request, header http.Header) {
	request.Header.Set("Accept-Encoding", "identity")
	for name, values := range header {
		if http.CanonicalHeaderKey(name) == "Host" && len(values) > 0 {
			request.Host = values[0]
			continue
		}
		request.Header[name] = values
	}
}

// appURL returns the URL of the app under the API server.
func (c *Client) appURL(pod *corev1.Pod, scheme, port, path string) (*url.URL, error) {
	inside, err := insideApp(path)
	if err != nil {
		return nil, err
	}
	name := pod.Name + ":" + port
	if scheme == "https" {
		name = "https:" + name
	}
	base := c.core.Get().Namespace(pod.Namespace).Resource("pods").Name(name).SubResource("proxy").URL()
	at, err := url.Parse(base.String() + inside.EscapedPath())
	if err != nil {
		return nil, badRequest(err)
	}
	at.RawQuery = inside.RawQuery
	return at, nil
}

// insideApp reads a path and its query. One with dot segments is refused: whatever resolves them on the way, the API server
// among others, would send the request to another path of the API.
func insideApp(path string) (*url.URL, error) {
	if shellword.HasDotSegments(path) {
		return nil, message.Errorf(nil, "curl.dots", message.Args{"Path": path})
	}
	inside, err := url.Parse("/" + strings.TrimLeft(path, "/"))
	if err != nil {
		return nil, badRequest(err)
	}
	return inside, nil
}

// explainAsk says why a request got no answer, or only the beginning of one.
func explainAsk(err error, pod *corev1.Pod, method string) error {
	return cluster.Explain(err, proxyVerb(method), "pods/proxy", pod.Namespace, pod.Name)
}

// proxyVerb is the verb of RBAC that a request through pods/proxy needs (apiserver pkg/endpoints/request/requestinfo.go,
// NewRequestInfo).
func proxyVerb(method string) string {
	switch method {
	case http.MethodPost:
		return "create"
	case http.MethodPut:
		return "update"
	case http.MethodPatch:
		return "patch"
	case http.MethodDelete:
		return "delete"
	}
	return "get"
}
