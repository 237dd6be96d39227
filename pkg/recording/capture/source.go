package capture

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/version"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// Source is an API server, raw. Client is one.
type Source interface {
	// Version is what the server says of itself.
	Version(ctx context.Context) (version.Info, error)
	// Resources are those that the server has, sorted; an error may come with those that are known all the same.
	Resources(ctx context.Context) ([]recording.Resource, error)
	// Open asks for a path and returns the body, which the caller closes. What the server refused is an error that holds
	// its Status.
	Open(ctx context.Context, path string, query url.Values, accept string) (io.ReadCloser, error)
	// Ask asks for a path and returns whatever came, of any status.
	Ask(ctx context.Context, path string, query string) (*http.Response, error)
}

// Client is the server of a kubeconfig.
type Client struct {
	rest      rest.Interface
	http      *http.Client
	discovery *discovery.DiscoveryClient
}

// NewClient prepares reading; config comes from cluster.Cluster, so that requests are counted and bounded there.
func NewClient(config *rest.Config) (*Client, error) {
	config = rest.CopyConfig(config)
	config.NegotiatedSerializer = scheme.Codecs.WithoutConversion()
	client, err := rest.HTTPClientFor(config)
	if err != nil {
		return nil, err
	}
	raw, err := rest.UnversionedRESTClientForConfigAndClient(config, client)
	if err != nil {
		return nil, err
	}
	found, err := discovery.NewDiscoveryClientForConfigAndClient(config, client)
	if err != nil {
		return nil, err
	}
	// The redirects of an app lead anywhere; they are an answer, and not followed. The client may be http.DefaultClient,
	// which is not ours to change.
	apps := &http.Client{Transport: client.Transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &Client{rest: raw, http: apps, discovery: found}, nil
}

// Version asks for /version.
func (c *Client) Version(ctx context.Context) (version.Info, error) {
	var info version.Info
	body, err := c.Open(ctx, "/version", nil, "application/json")
	if err != nil {
		return info, err
	}
	defer body.Close()
	if err := json.NewDecoder(body).Decode(&info); err != nil {
		return version.Info{}, fmt.Errorf("reading the version: %w", err)
	}
	if info.GitVersion == "" {
		return version.Info{}, cluster.OtherKind("", "version")
	}
	return info, nil
}

// Open asks for a path.
func (c *Client) Open(ctx context.Context, path string, query url.Values, accept string) (io.ReadCloser, error) {
	return c.rest.Get().RequestURI(path+"?"+query.Encode()).SetHeader("Accept", accept).Stream(ctx)
}

// Ask asks an app, through the API server.
func (c *Client) Ask(ctx context.Context, path, query string) (*http.Response, error) {
	at := c.rest.Get().AbsPath("/").URL()
	inside, err := url.Parse(path)
	if err != nil {
		return nil, err
	}
	at = at.ResolveReference(inside)
	at.RawQuery = query
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, err
	}
	return c.http.Do(request)
}

// statusOf is what the server said of a request that it did not fulfil; of one that never reached it, what the network did.
func statusOf(err error) metav1.Status {
	var told apierrors.APIStatus
	if errors.As(err, &told) {
		status := told.Status()
		status.TypeMeta = metav1.TypeMeta{APIVersion: "v1", Kind: "Status"}
		if _, all := err.(apierrors.APIStatus); !all { // It says how far a list was read before.
			status.Message = cluster.Cause(err)
			details := metav1.StatusDetails{}
			if status.Details != nil {
				details = *status.Details
			}
			details.Causes = append(slices.Clip(details.Causes), metav1.StatusCause{Type: recording.HalfRead})
			status.Details = &details
		}
		return status
	}
	status := metav1.Status{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Status"},
		Status:   metav1.StatusFailure, Code: http.StatusServiceUnavailable, Reason: metav1.StatusReasonServiceUnavailable, Message: cluster.Cause(err),
	}
	if errors.Is(err, context.DeadlineExceeded) {
		status.Code, status.Reason = http.StatusGatewayTimeout, metav1.StatusReasonTimeout
	}
	return status
}
