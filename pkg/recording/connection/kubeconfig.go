package connection

import (
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// Kubeconfig is a kubeconfig for a recording that is served at a URL.
func Kubeconfig(r *recording.Recording, url string) ([]byte, error) {
	return clientcmd.Write(*kubeconfig(url, r.Header.Namespace))
}

// kubeconfig has one context, which names a recording.
func kubeconfig(url, namespace string) *api.Config {
	config := api.NewConfig()
	config.Clusters[Name] = &api.Cluster{Server: url}
	config.AuthInfos[Name] = &api.AuthInfo{}
	config.Contexts[Name] = &api.Context{Cluster: Name, AuthInfo: Name, Namespace: namespace}
	config.CurrentContext = Name
	return config
}
