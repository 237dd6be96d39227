package cluster

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/transport"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// The client's own rate limit. client-go's defaults (5 and 10 a second) would make a handful of concurrent reads wait
// for nothing; API priority and fairness protects the server.
const (
	queriesPerSecond = 50
	burst            = 100
)

// Cluster reads from one API server as one user. It is safe for concurrent use.
type Cluster struct {
	getter genericclioptions.RESTClientGetter
	config *rest.Config
	http   *http.Client
	core   rest.Interface
	stats  *Stats
}

// New prepares reading the cluster that the kubeconfig flags name; it does not contact it. Warnings that the server
// sends along go to warnings, each once.
func New(getter genericclioptions.RESTClientGetter, warnings io.Writer) (*Cluster, error) {
	config, err := getter.ToRESTConfig()
	if err != nil {
		return nil, explainConfig(err)
	}
	if err := configured(getter, config); err != nil {
		return nil, err
	}
	config = rest.CopyConfig(config)
	config.QPS, config.Burst = queriesPerSecond, burst
	config.WarningHandler = rest.NewWarningWriter(warnings, rest.WarningWriterOptions{Deduplicate: true})
	stats := &Stats{}
	// Next to the network: what is sent again counts again.
	config.WrapTransport = transport.Wrappers(stats.wrap, config.WrapTransport)
	client, err := httpClient(config)
	if err != nil {
		return nil, explainConfig(err)
	}
	core, err := coreClient(config, client)
	if err != nil {
		return nil, explainConfig(err)
	}
	return &Cluster{getter: getter, config: config, http: client, core: core, stats: stats}, nil
}

// grace is how much longer than --request-timeout the HTTP client waits: its own error, in the middle of an answer, would
// not tell which server it was. Bounds are exact, and come first.
const grace = 500 * time.Millisecond

// httpClient returns the client of all short requests.
func httpClient(config *rest.Config) (*http.Client, error) {
	config = rest.CopyConfig(config)
	if config.Timeout > 0 {
		config.Timeout += grace
	}
	return rest.HTTPClientFor(config)
}

// defaultHost is what kubectl's flags fall back to when nothing names a server (cli-runtime pkg/genericclioptions,
// ErrEmptyConfig and the defaults of clientcmd).
const defaultHost = "http://localhost:8080"

// configured refuses that fallback: who has no kubeconfig, or has chosen no context in it, is better served by hearing so
// than by a refused connection.
func configured(getter genericclioptions.RESTClientGetter, config *rest.Config) error {
	if config.Host != defaultHost {
		return nil
	}
	if flags, ok := getter.(*genericclioptions.ConfigFlags); ok && flags.APIServer != nil && *flags.APIServer != "" {
		return nil // --server names it.
	}
	raw, err := getter.ToRawKubeConfigLoader().RawConfig()
	if err != nil {
		return explainConfig(err)
	}
	if len(raw.Clusters) == 0 {
		return message.Errorf(nil, "error.no-kubeconfig", nil)
	}
	for _, named := range raw.Clusters {
		if named.Server == defaultHost {
			return nil
		}
	}
	return message.Errorf(nil, "error.no-cluster", nil)
}

// coreClient returns a client of core/v1 that speaks protobuf: half the bytes and a third of the decoding of JSON,
// which is what counts when thousands of pods are listed.
func coreClient(config *rest.Config, client *http.Client) (rest.Interface, error) {
	typed := rest.CopyConfig(config)
	typed.GroupVersion = &corev1.SchemeGroupVersion
	typed.APIPath = "/api"
	typed.NegotiatedSerializer = scheme.Codecs.WithoutConversion()
	typed.ContentType = runtime.ContentTypeProtobuf
	typed.AcceptContentTypes = runtime.ContentTypeProtobuf + "," + runtime.ContentTypeJSON
	return rest.RESTClientForConfigAndClient(typed, client)
}

// Config returns a copy of the connection's configuration for streams and uploads, which have no time-out of their own.
func (c *Cluster) Config() *rest.Config {
	config := rest.CopyConfig(c.config)
	config.Timeout = 0
	return config
}

// Timeout is the time that --request-timeout allows one request; 0 means any.
func (c *Cluster) Timeout() time.Duration { return c.config.Timeout }

// Stats returns what has been asked of the server so far.
func (c *Cluster) Stats() Count { return c.stats.count() }

// untyped returns a client whose objects keep every field as the server sent it.
func (c *Cluster) untyped() (dynamic.Interface, error) {
	return dynamic.NewForConfigAndClient(c.config, c.http)
}

// mapping finds the resource that a user or an owner reference names. It reads the server's list of resources, which
// cli-runtime keeps on disk for six hours. Where that cannot be had, the kinds that every server has are known all the same.
func (c *Cluster) mapping(kind resourceName) (*meta.RESTMapping, error) {
	mapper, err := c.getter.ToRESTMapper()
	if err != nil {
		return nil, fmt.Errorf("listing the server's resources: %w", err)
	}
	found, err := kind.find(mapper)
	if err == nil {
		return found, nil
	}
	if known, knownErr := kind.find(builtIn()); knownErr == nil {
		return known, nil
	}
	if meta.IsNoMatchError(err) {
		return nil, err
	}
	return nil, explain(c.at(err), request{verb: "get", resource: "/apis"})
}

// at gives an error of the transport the URL of the server, where it was lost.
func (c *Cluster) at(err error) error {
	var status apierrors.APIStatus
	var told *url.Error
	var sentence *message.Error
	if errors.As(err, &status) || errors.As(err, &told) || errors.As(err, &sentence) {
		return err
	}
	return &url.Error{Op: "Get", URL: c.config.Host, Err: err}
}

// listOptions translates a query to the options of a LIST or WATCH.
func listOptions(labels, fields string) metav1.ListOptions {
	return metav1.ListOptions{LabelSelector: labels, FieldSelector: fields}
}
