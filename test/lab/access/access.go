package access

import (
	"fmt"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"github.com/kubectl-podkit/podkit/test/lab/file"
	"github.com/kubectl-podkit/podkit/test/lab/pki"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// Write writes a kubeconfig that holds all it needs, with the lab's one context, and returns its content.
func Write(path string, authority []byte, user pki.Pair) ([]byte, error) {
	config := clientcmdapi.NewConfig()
	config.Clusters[topology.Context] = &clientcmdapi.Cluster{
		Server:                   topology.APIServer(),
		CertificateAuthorityData: authority,
	}
	config.AuthInfos[topology.Context] = &clientcmdapi.AuthInfo{
		ClientCertificateData: user.Cert,
		ClientKeyData:         user.Key,
	}
	config.Contexts[topology.Context] = &clientcmdapi.Context{
		Cluster: topology.Context, AuthInfo: topology.Context, Namespace: "default",
	}
	config.CurrentContext = topology.Context
	data, err := clientcmd.Write(*config)
	if err != nil {
		return nil, fmt.Errorf("writing kubeconfig: %w", err)
	}
	return data, file.Write(path, data, 0o600)
}

// Client returns a client for a kubeconfig file. A proxy that the environment names is not used: the API server is on
// this machine.
func Client(kubeconfig string) (*kubernetes.Clientset, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w; is the lab up?", kubeconfig, err)
	}
	const limit = 5 * time.Second
	config.Timeout = limit
	config.Proxy = direct
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", kubeconfig, err)
	}
	return client, nil
}
