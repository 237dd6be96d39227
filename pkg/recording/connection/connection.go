// Package connection lets clients that expect a kubeconfig read a recording instead: it hands out a configuration whose
// transport asks the recording in this process. Nothing is sent anywhere. Start reading at New.
package connection

import (
	"net/http"
	"net/url"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/server"
)

// Name is how the recording is called where a cluster, a context or a user has a name.
const Name = "recording"

// host is the host of URLs that never leave the process. The top-level domain is one that does not exist (RFC 6761).
const host = "http://recording.invalid"

// Connection is the access to a recording.
type Connection struct {
	transport http.RoundTripper
	namespace string
}

// New returns the access to a recording. namespace is where names are looked for; empty means that of the captor.
func New(r *recording.Recording, namespace string) *Connection {
	if namespace == "" {
		namespace = r.Header.Namespace
	}
	return &Connection{transport: server.Transport(r), namespace: namespace}
}

// ToRESTConfig returns the configuration of clients. Streams such as exec do not go through its transport; they are stopped
// where they look for a proxy.
func (c *Connection) ToRESTConfig() (*rest.Config, error) {
	return &rest.Config{
		Host: host, Transport: c.transport,
		Proxy: func(*http.Request) (*url.URL, error) { return nil, message.Errorf(nil, "recording.no-streams", nil) },
	}, nil
}

// ToDiscoveryClient returns a client of the recorded discovery, which is kept in memory: on disk it would stand for that of
// every recording.
func (c *Connection) ToDiscoveryClient() (discovery.CachedDiscoveryInterface, error) {
	config, err := c.ToRESTConfig()
	if err != nil {
		return nil, err
	}
	client, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return nil, err
	}
	return memory.NewMemCacheClient(client), nil
}

// ToRESTMapper returns the mapper of what users type, short names included.
func (c *Connection) ToRESTMapper() (meta.RESTMapper, error) {
	client, err := c.ToDiscoveryClient()
	if err != nil {
		return nil, err
	}
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(client)
	return restmapper.NewShortcutExpander(mapper, client, func(string) {}), nil
}

// ToRawKubeConfigLoader returns a kubeconfig that names the recording.
func (c *Connection) ToRawKubeConfigLoader() clientcmd.ClientConfig {
	config := api.NewConfig()
	config.Clusters[Name] = &api.Cluster{Server: host}
	config.AuthInfos[Name] = &api.AuthInfo{}
	config.Contexts[Name] = &api.Context{Cluster: Name, AuthInfo: Name, Namespace: c.namespace}
	config.CurrentContext = Name
	return clientcmd.NewDefaultClientConfig(*config, &clientcmd.ConfigOverrides{})
}

var _ genericclioptions.RESTClientGetter = (*Connection)(nil)
