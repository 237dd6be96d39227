package action

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// noEndpoints is in the message with which the API server says that a Service has nobody to pass a request to
// (kubernetes pkg/registry/core/service/storage, ResourceLocation).
const noEndpoints = "no endpoints available for service"

// FetchService sends a GET to a Service, through the API server's services/proxy, and reads the answer. The API server
// chooses a ready endpoint from the Service's EndpointSlices and sends the request to its port, so that neither kube-proxy
// nor the cluster's DNS has a part in it. port is the number or the name of a port of the Service. An answer of any status
// is no error; one that the API server gave in the app's stead is. It is bounded by --request-timeout.
func (c *Client) FetchService(ctx context.Context, namespace, service, port, path string) (Response, error) {
	ctx, cancel := c.bounded(ctx)
	defer cancel()
	at, err := c.serviceURL(namespace, service, port, path)
	if err != nil {
		return Response{}, err
	}
	asked, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return Response{}, badRequest(err)
	}
	setHeader(asked, nil)
	begun := time.Now()
	response, err := c.app.Do(asked)
	if err != nil {
		return Response{}, cluster.Explain(err, "get", "services/proxy", namespace, service)
	}
	took := time.Since(begun)
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, bodyLimit))
	if err != nil {
		return Response{}, cluster.Explain(err, "get", "services/proxy", namespace, service)
	}
	if err := serviceRefusal(response, body, namespace, service, port); err != nil {
		return Response{}, err
	}
	return Response{
		Path: at.RequestURI(), Status: response.Status, StatusCode: response.StatusCode, Header: response.Header, Body: body, Duration: took,
	}, nil
}

func (c *Client) serviceURL(namespace, service, port, path string) (*url.URL, error) {
	inside, err := insideApp(path)
	if err != nil {
		return nil, err
	}
	base := c.core.Get().Namespace(namespace).Resource("services").Name(service + ":" + port).SubResource("proxy").URL()
	at, err := url.Parse(base.String() + inside.EscapedPath())
	if err != nil {
		return nil, badRequest(err)
	}
	at.RawQuery = inside.RawQuery
	return at, nil
}

// failureIn reads a Status that tells of a failure; ok is false when the body is anything else.
func failureIn(body []byte) (status metav1.Status, ok bool) {
	err := json.Unmarshal(body, &status)
	return status, err == nil && status.Kind == "Status" && status.Status == metav1.StatusFailure
}

// serviceRefusal returns the error that the API server answered in the app's stead; nil means that the answer is the app's.
func serviceRefusal(response *http.Response, body []byte, namespace, service, port string) error {
	status, refused := failureIn(body)
	if !refused || response.StatusCode < 400 || !strings.HasPrefix(response.Header.Get("Content-Type"), "application/json") {
		return nil
	}
	err := &apierrors.StatusError{ErrStatus: status}
	cause, unreachedPod := strings.CutPrefix(status.Message, unreached)
	args := message.Args{"Service": service, "Namespace": namespace, "Port": port, "Cause": cause}
	switch {
	case strings.Contains(status.Message, noEndpoints):
		return message.Errorf(err, "curl.service-empty", args)
	case unreachedPod && strings.Contains(cause, "connection refused"):
		return message.Errorf(err, "curl.service-refused", args)
	case unreachedPod, response.StatusCode == http.StatusServiceUnavailable:
		return message.Errorf(err, "curl.service-failed", args)
	case status.Details != nil && status.Details.Kind == "services" && strings.Contains(status.Details.Name, service):
		return cluster.Explain(err, "get", "services/proxy", namespace, service)
	}
	return nil
}
