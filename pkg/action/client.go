package action

import (
	"context"
	"fmt"
	"net/http"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Client acts on the pods of one cluster as one user. It is safe for concurrent use.
type Client struct {
	config   *rest.Config
	core     rest.Interface
	app      *http.Client
	timeout  time.Duration
	executor Executor
}

// Note is something that a user should know beside the output: a message of the catalogue, meant for stderr.
type Note struct {
	ID   string
	Args message.Args
}

// New returns the client of a cluster; it contacts nobody.
func New(c *cluster.Cluster) (*Client, error) {
	config := c.Config()
	config.GroupVersion = &corev1.SchemeGroupVersion
	config.APIPath = "/api"
	config.NegotiatedSerializer = scheme.Codecs.WithoutConversion()
	core, err := rest.RESTClientFor(config)
	if err != nil {
		return nil, fmt.Errorf("preparing the client for logs: %w", err)
	}
	app, err := appClient(config)
	if err != nil {
		return nil, fmt.Errorf("preparing the client for requests to apps: %w", err)
	}
	return &Client{config: config, core: core, app: app, timeout: c.Timeout(), executor: remote{}}, nil
}

// grace is how much longer a request may take than the transport lets it: the transport's own error, which says which server
// did not answer, comes first.
const grace = time.Second

// bounded gives one short request the time that --request-timeout allows, also where no transport bounds it, as in a session.
// Streams must not be bounded so: a followed log would be cut (kubernetes#52482).
func (c *Client) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if c.timeout <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, c.timeout+grace)
}
